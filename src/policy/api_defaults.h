#ifndef TIDEWAITER_POLICY_API_DEFAULTS_H_
#define TIDEWAITER_POLICY_API_DEFAULTS_H_

#include <string_view>

#include "cel/value.h"
#include "policy/admission_request.h"
#include "yaml/node.h"

namespace tidewaiter::policy {

/// What the API server writes into an object where its manifest says nothing, for the fields
/// that policies ask for most (docs/policies.md lists them): SetDefaults functions of
/// pkg/apis/{core,apps,batch,storage}/v1 in kubernetes. Borrows the request's object.
class ApiDefaults {
 public:
  explicit ApiDefaults(const AdmissionRequest& request);

  /// The default of the entry `key` that `map`, a mapping of the object, lacks; of kind kAbsent
  /// when there is none. The value borrows the document; it has no origin.
  cel::Value find(const yaml::Node& map, std::string_view key) const;

 private:
  std::string_view group_;
  std::string_view kind_;
  const yaml::Node* object_ = nullptr;
  const yaml::Node* spec_ = nullptr;      // object.spec; null if it is no mapping
  const yaml::Node* pod_spec_ = nullptr;  // likewise
};

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_API_DEFAULTS_H_
