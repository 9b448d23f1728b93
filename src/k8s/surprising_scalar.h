#ifndef TIDEWAITER_K8S_SURPRISING_SCALAR_H_
#define TIDEWAITER_K8S_SURPRISING_SCALAR_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// What YAML made of a scalar that Kubernetes needs as a string.
enum class Surprise : std::uint8_t {
  kBool,
  kNumber,
  kNull,  ///< The API server takes it for "".
  kKey,   ///< A key that became other text: `on:` is "true".
};

struct SurprisingScalar {
  const yaml::Node* node = nullptr;  ///< The value, or the key of kKey.
  Surprise surprise = Surprise::kNumber;
  std::string_view what;     ///< "label", "annotation", "selector", "env", "data" ...
  std::string_view name;     ///< The key, or the name of the variable or container.
  std::string_view written;  ///< As it stands in the text.
};

/// Every scalar of the resource that stands where Kubernetes needs a string and that YAML reads
/// as something else (TW008 of RULES lists the places): labels, annotations and selectors;
/// ConfigMap data, Secret data and stringData, StorageClass parameters, CSI volumeAttributes;
/// command, args and env values of all containers. What an alias shares is given once for each
/// place that needs a string. Linear.
std::vector<SurprisingScalar> surprising_scalars(const Resource& resource);

/// `bool`, `number`, `null` or `key`.
std::string_view name_of(Surprise surprise);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SURPRISING_SCALAR_H_
