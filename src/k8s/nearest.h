#ifndef TIDEWAITER_K8S_NEAREST_H_
#define TIDEWAITER_K8S_NEAREST_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ranges>
#include <span>
#include <string_view>

#include "k8s/resource.h"

// Folders such as dev/ and prod/ often hold copies of one identity that never meet in a
// cluster. What refers to such a name means the copy beside it.

namespace tidewaiter::k8s {

/// How near two resources lie to each other: the length of the path of the smallest folder that
/// holds both; more than any path in one file.
inline std::size_t nearness(const Resource& left, const Resource& right) {
  if (left.source == right.source) return std::numeric_limits<std::size_t>::max();
  const std::string_view a = left.source->name()->shown;
  const std::string_view b = right.source->name()->shown;
  const auto differ = std::ranges::mismatch(a, b).in1;
  const std::string_view common = a.substr(0, static_cast<std::size_t>(differ - a.begin()));
  const auto slash = common.rfind('/');
  return slash == std::string_view::npos ? 0 : slash + 1;
}

/// The position, among `count` resources of `all` (at least one; `number_at` gives the number
/// of each, ascending), of the first of those nearest to the resource `from`. `all` in the
/// order of path. O(log n).
template <class NumberAt>
std::uint32_t nearest(std::span<const Resource* const> all, std::uint32_t from,
                      std::uint32_t count, NumberAt number_at) {
  const auto positions = std::views::iota(std::uint32_t{0}, count);
  const auto near = [&](std::uint32_t i) { return nearness(*all[number_at(i)], *all[from]); };
  const std::uint32_t later = *std::ranges::partition_point(
      positions, [&](std::uint32_t i) { return number_at(i) < from; });
  if (later == 0) return 0;
  const std::size_t before = near(later - 1);
  if (later < count && near(later) > before) return later;
  return *std::ranges::partition_point(positions.begin(), positions.begin() + later,
                                       [&](std::uint32_t i) { return near(i) < before; });
}

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_NEAREST_H_
