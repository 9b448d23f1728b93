#ifndef TIDEWAITER_ENGINE_KIND_INDEX_H_
#define TIDEWAITER_ENGINE_KIND_INDEX_H_

#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "engine/selection.h"
#include "k8s/resource.h"

namespace tidewaiter::engine {

/// Which of the selected rules judge a kind, so that a rule costs nothing where no kind
/// matches. Filled with every resource of the run before rules run; then read-only.
class KindIndex {
 public:
  /// Borrows `rules`.
  explicit KindIndex(std::span<const SelectedRule> rules) : rules_(rules) {}

  void add(const k8s::Resource& resource);
  /// The indexes of the rules that judge the resource, ascending; it must have been added.
  std::span<const std::uint32_t> rules_for(const k8s::Resource& resource) const;
  /// Whether some rule is about this kind, not just about every kind there is.
  bool has_own_rules(const k8s::Resource& resource) const;
  /// The indexes of all rules that judge something that was added, ascending.
  std::vector<std::uint32_t> needed() const;

 private:
  struct Rules {
    std::vector<std::uint32_t> indexes;
    bool own = false;
  };
  using Key = std::tuple<std::string_view, std::string_view, bool, bool>;

  static Key key_of(const k8s::Resource& resource) {
    return {resource.group, resource.kind, resource.is_pod_kind, resource.is_workload};
  }

  std::span<const SelectedRule> rules_;
  std::map<Key, Rules> by_kind_;
};

/// Whether a rule judges resources of this kind.
bool matches(const rules::Match& match, const k8s::Resource& resource);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_KIND_INDEX_H_
