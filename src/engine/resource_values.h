#ifndef TIDEWAITER_ENGINE_RESOURCE_VALUES_H_
#define TIDEWAITER_ENGINE_RESOURCE_VALUES_H_

#include <array>
#include <bitset>
#include <span>
#include <string_view>

#include "cel/arena.h"
#include "cel/value.h"
#include "engine/folder_names.h"
#include "k8s/resource.h"
#include "rules/compiled_rule.h"

namespace tidewaiter::engine {

/// The values of the standard variables for one resource, made when first asked for and shared
/// by all rules that judge it. Borrows the resource and the arena, which must not be reset
/// before this is done with.
class ResourceValues {
 public:
  ResourceValues(const k8s::Resource& resource, const FolderNames& folders, cel::Arena& arena)
      : resource_(resource), folders_(folders), arena_(arena) {}

  const k8s::Resource& resource() const { return resource_; }
  cel::Value value(rules::Slot slot);
  /// Of pod, podMeta or job that the resource leaves out: the keys to it from the nearest node
  /// that is there (the origin of its value); empty where its place is not known.
  std::span<const std::string_view> missing_path(rules::Slot slot) const;

 private:
  cel::Value make(rules::Slot slot);

  const k8s::Resource& resource_;
  const FolderNames& folders_;
  cel::Arena& arena_;
  std::array<cel::Value, static_cast<std::size_t>(rules::Slot::kCount)> values_;
  std::bitset<static_cast<std::size_t>(rules::Slot::kCount)> known_;
};

/// metadata.name, else generateName + '*', else "(unnamed)".
std::string display_name(const k8s::Resource& resource);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_RESOURCE_VALUES_H_
