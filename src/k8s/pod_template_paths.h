#ifndef TIDEWAITER_K8S_POD_TEMPLATE_PATHS_H_
#define TIDEWAITER_K8S_POD_TEMPLATE_PATHS_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tidewaiter/result.h"

namespace tidewaiter::k8s {

/// Where kinds of the user's own keep their pod template: the config's `podTemplatePaths`, as
/// in `argoproj.io/Rollout: spec.template`.
class PodTemplatePaths {
 public:
  /// `kind` is group/Kind (Kind alone: the core group), `path` field names joined by dots. The
  /// Error of a malformed one has `where` inside the faulty one of the two texts. Adding a kind
  /// again replaces its path.
  Result<void> add(std::string_view kind, std::string_view path);

  /// The field names that lead from the object to its pod template; null for other kinds.
  const std::vector<std::string>* find(std::string_view group, std::string_view kind) const;

  bool empty() const { return paths_.empty(); }

 private:
  using ByKind = std::map<std::string, std::vector<std::string>, std::less<>>;
  std::map<std::string, ByKind, std::less<>> paths_;  // by group
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_POD_TEMPLATE_PATHS_H_
