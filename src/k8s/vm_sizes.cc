#include "k8s/vm_sizes.h"

#include <algorithm>

namespace tidewaiter::k8s {
namespace {

constexpr std::int64_t kMi = std::int64_t{1} << 20;
constexpr std::int64_t kGi = std::int64_t{1} << 30;
constexpr std::uint32_t kPodsCountFrom = 29;  // the minor from which memory depends on pods

struct CpuRow {
  std::int64_t cores;
  std::int64_t milli;
};
constexpr CpuRow kCpu[] = {{1, 60},   {2, 100},  {4, 140}, {8, 180},
                           {16, 260}, {32, 420}, {64, 740}};

/// A part of the memory and what of it was reserved before 1.29.
struct MemoryRow {
  std::int64_t size;
  std::int64_t percent;
};
constexpr MemoryRow kMemory[] = {{4 * kGi, 25}, {4 * kGi, 20}, {8 * kGi, 10}, {112 * kGi, 6}};
constexpr std::int64_t kPercentAbove = 2;
constexpr std::int64_t kEvictionBefore = 750 * kMi;
constexpr std::int64_t kEviction = 100 * kMi;

std::int64_t percent_of(std::int64_t amount, std::int64_t percent) {
  return amount / 100 * percent + amount % 100 * percent / 100;
}

}  // namespace

const VmSize* find_vm_size(std::string_view name) {
  const auto it = std::ranges::lower_bound(vm_sizes(), name, {}, &VmSize::name);
  return it != vm_sizes().end() && it->name == name ? &*it : nullptr;
}

std::int64_t reserved_cpu_milli(std::int64_t cores) {
  std::int64_t milli = kCpu[0].milli;
  for (const CpuRow& row : kCpu) {
    if (cores >= row.cores) milli = row.milli;
  }
  return milli;
}

std::int64_t reserved_memory(std::int64_t memory, std::int64_t max_pods,
                             std::uint32_t kubernetes_minor) {
  if (kubernetes_minor >= kPodsCountFrom) {
    return std::min(20 * kMi * max_pods + 50 * kMi, percent_of(memory, 25)) + kEviction;
  }
  std::int64_t reserved = kEvictionBefore;
  for (const MemoryRow& row : kMemory) {
    const std::int64_t part = std::min(memory, row.size);
    reserved += percent_of(part, row.percent);
    memory -= part;
  }
  return reserved + percent_of(memory, kPercentAbove);
}

}  // namespace tidewaiter::k8s
