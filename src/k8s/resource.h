#ifndef TIDEWAITER_K8S_RESOURCE_H_
#define TIDEWAITER_K8S_RESOURCE_H_

#include <string>
#include <string_view>

#include "base/source.h"
#include "yaml/file.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// One Kubernetes object of a manifest: a document's root, or an item of a List. Borrows from
/// its source and document. All names are views of the text; empty when absent, null or not a
/// string.
struct Resource {
  const Source* source = nullptr;
  const yaml::Document* document = nullptr;
  const yaml::Node* object = nullptr;  ///< The mapping with apiVersion and kind.

  std::string_view group;  ///< Of the apiVersion; "" for the core group ("v1").
  std::string_view version;
  std::string_view kind;
  std::string_view namespace_;
  std::string_view name;

  // The views of DESIGN 4; null where the kind has none or the manifest leaves it out.
  const yaml::Node* pod = nullptr;       ///< The pod spec.
  const yaml::Node* pod_meta = nullptr;  ///< metadata of the pod (template).
  const yaml::Node* job = nullptr;       ///< The job spec: spec of a Job, jobTemplate.spec.

  bool is_pod_kind = false;  ///< The kind carries a pod template (RULES, Common readings).
  bool is_workload = false;  ///< RULES, Common readings.
};

/// "apps/v1", "v1".
std::string api_version_of(const Resource& resource);
/// metadata.generateName; empty when absent or not a string.
std::string_view generate_name_of(const Resource& resource);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_RESOURCE_H_
