#ifndef TIDEWAITER_K8S_VM_SIZES_H_
#define TIDEWAITER_K8S_VM_SIZES_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace tidewaiter::k8s {

/// A size of virtual machines of Azure.
struct VmSize {
  std::string_view name;  ///< "Standard_D4s_v3"
  std::uint32_t cores = 0;
  std::uint32_t memory_gib = 0;
};

/// The sizes that the cluster autoscaler knows, by name in byte order.
std::span<const VmSize> vm_sizes();
/// Null for an unknown size. O(log n).
const VmSize* find_vm_size(std::string_view name);

/// What a node of AKS keeps for itself. Source: "Resource reservations" of the AKS
/// documentation; the amounts of CPU between two of its rows are those of the lower.
std::int64_t reserved_cpu_milli(std::int64_t cores);
/// In bytes. From Kubernetes 1.29 on it depends on the pods that a node may run, before on its
/// memory only.
std::int64_t reserved_memory(std::int64_t memory, std::int64_t max_pods,
                             std::uint32_t kubernetes_minor);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_VM_SIZES_H_
