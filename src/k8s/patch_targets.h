#ifndef TIDEWAITER_K8S_PATCH_TARGETS_H_
#define TIDEWAITER_K8S_PATCH_TARGETS_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/kustomization.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// Which resources the patches, replacements and transformers of kustomizations change, as far
/// as kind and name tell it: where they leave it open, more than they do. Owns what it knows.
class PatchTargets {
 public:
  /// The documents of a file that a kustomization names; no value when it was not read.
  using Documents =
      std::function<std::optional<std::vector<const yaml::Node*>>(std::string_view path)>;

  /// Adds what a kustomization changes by itself.
  void add(const Kustomization& kustomization, const Documents& documents);
  /// Adds the workloads that `replicas` of a kustomization names.
  void add_scaled(const Kustomization& kustomization);

  bool empty() const { return !all_ && kinds_.empty() && names_.empty() && both_.empty(); }
  bool holds(std::string_view kind, std::string_view name) const;

 private:
  void add_everything() { all_ = true; }
  void add(std::string_view kind, std::string_view name);
  void add_selector(const yaml::Node* selector);
  void add_object(const yaml::Node& object);
  void add_text(std::string_view patch);
  void add_files(std::string_view path, const Documents& documents);
  void add_patch(const yaml::Node& patch, const Documents& documents);
  void add_replacement(const yaml::Node& replacement, const Documents& documents);
  void add_targets(const yaml::Node& replacement);

  bool all_ = false;
  std::size_t inline_bytes_ = 0;
  std::set<std::string, std::less<>> kinds_;
  std::set<std::string, std::less<>> names_;
  std::set<std::string, std::less<>> both_;  // kind, a slash, name
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_PATCH_TARGETS_H_
