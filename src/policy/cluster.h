#ifndef TIDEWAITER_POLICY_CLUSTER_H_
#define TIDEWAITER_POLICY_CLUSTER_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::policy {

/// A kind as the API serves it.
struct ApiResource {
  std::string_view plural;  ///< "pods"
  bool namespaced = true;
};

/// What is known of the cluster that the manifests are meant for: the namespaces among them,
/// what the CustomResourceDefinitions among them say, and the objects that policies may take as
/// params. Borrows the resources; immutable, so shared by all threads.
class Cluster {
 public:
  explicit Cluster(std::span<const k8s::Resource* const> resources);

  /// The plural and scope of a kind: from its CustomResourceDefinition, else built in, else the
  /// kind in lower case with s, es or ies, namespaced.
  ApiResource resource_of(std::string_view group, std::string_view kind) const;

  /// The Namespace of that name; null when no manifest has it.
  const k8s::Resource* namespace_named(std::string_view name) const;

  /// The objects of a param's kind in a namespace ("" for cluster-scoped kinds), in order. An
  /// object that states no namespace lies in "default".
  std::span<const k8s::Resource* const> params(std::string_view api_version,
                                               std::string_view kind,
                                               std::string_view namespace_) const;
  // (members: the implementer's)
};

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_CLUSTER_H_
