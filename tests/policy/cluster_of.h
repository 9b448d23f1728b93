#ifndef TIDEWAITER_TESTS_POLICY_CLUSTER_OF_H_
#define TIDEWAITER_TESTS_POLICY_CLUSTER_OF_H_

#include <string>
#include <utility>
#include <vector>

#include "k8s/manifest.h"
#include "policy/cluster.h"

namespace tidewaiter::testing {

inline std::vector<const k8s::Resource*> resources_of(const Manifest& manifest) {
  std::vector<const k8s::Resource*> resources;
  for (const k8s::Resource& resource : manifest.found().resources) {
    resources.push_back(&resource);
  }
  return resources;
}

/// A cluster that knows the manifests of a text.
class ClusterOf {
 public:
  explicit ClusterOf(std::string text)
      : manifest_(std::move(text)), cluster_(resources_of(manifest_)) {}

  const k8s::Resource& resource(std::size_t i) const { return manifest_.resource(i); }
  const policy::Cluster& cluster() const { return cluster_; }

 private:
  Manifest manifest_;
  policy::Cluster cluster_;
};

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_POLICY_CLUSTER_OF_H_
