#ifndef TIDEWAITER_K8S_POD_H_
#define TIDEWAITER_K8S_POD_H_

#include <vector>

#include "yaml/node.h"

namespace tidewaiter::k8s {

/// The containers of a pod by what they are for (RULES, Common readings), each in the order of
/// the text. Items that are no mappings are left out.
struct Containers {
  std::vector<const yaml::Node*> main;      ///< `containers`.
  std::vector<const yaml::Node*> init;      ///< `initContainers` that run to their end.
  std::vector<const yaml::Node*> sidecars;  ///< `initContainers` with restartPolicy Always.
  std::vector<const yaml::Node*> ephemeral;
  std::vector<const yaml::Node*> all;  ///< main, init and sidecars, in this order.
};

/// The containers of a pod spec; none when `pod` is null or no mapping.
Containers containers_of(const yaml::Node* pod);

/// An item of `initContainers` that keeps running beside the main containers.
bool is_native_sidecar(const yaml::Node& init_container);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_POD_H_
