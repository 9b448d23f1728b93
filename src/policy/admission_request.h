#ifndef TIDEWAITER_POLICY_ADMISSION_REQUEST_H_
#define TIDEWAITER_POLICY_ADMISSION_REQUEST_H_

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::policy {

class Cluster;

/// Who asks; every part may be empty, and is then absent in CEL.
struct UserInfo {
  std::string username = {};
  std::string uid = {};
  std::vector<std::string> groups = {};
  std::vector<std::pair<std::string, std::vector<std::string>>> extra = {};
};

/// What the API server would be asked to do with one object (k8s.io/api/admission/v1
/// AdmissionRequest). Borrows everything.
struct AdmissionRequest {
  const yaml::Node* object = nullptr;      ///< Null for DELETE.
  const yaml::Node* old_object = nullptr;  ///< Null for CREATE.
  std::string_view group = {};             ///< "" for the core group.
  std::string_view version = {};
  std::string_view kind = {};
  std::string_view resource = {};  ///< The plural: "pods".
  /// A second plural that a rule may name, when `resource` is a guess; else empty.
  std::string_view other_resource = {};
  std::string_view sub_resource = {};  ///< Empty: the object itself.
  std::string_view name = {};          ///< Empty when the object has generateName only.
  /// Of a namespaced object, "default" when it states none; of a Namespace its name; else "".
  std::string_view namespace_ = {};
  bool namespaced = false;  ///< The object lives in a namespace.
  std::string_view operation = "CREATE";
  const UserInfo* user = nullptr;  ///< Null: nothing is known.
  /// The versions that serve the resource, as its CustomResourceDefinition says; empty without.
  std::span<const std::string_view> served_versions = {};
};

/// The creation of a resource: what the API server would be asked when the manifest is applied
/// to an empty cluster. The resource is one of the cluster's. Borrows from both.
AdmissionRequest admission_request(const k8s::Resource& resource, const Cluster& cluster);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_ADMISSION_REQUEST_H_
