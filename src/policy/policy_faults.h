#ifndef TIDEWAITER_POLICY_POLICY_FAULTS_H_
#define TIDEWAITER_POLICY_POLICY_FAULTS_H_

#include <string>
#include <vector>

#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::policy {

/// Why the API server would not store a policy or binding.
struct PolicyFault {
  const yaml::Node* node = nullptr;  ///< At fault, or that which lacks something.
  std::string message;               ///< A sentence.
};

/// What the API server refuses in a ValidatingAdmissionPolicy (is_policy), expressions apart,
/// in the order of its fields: above all what would keep it from ever matching anything.
/// Source: kubernetes/pkg/apis/admissionregistration/validation. Linear in the manifest.
std::vector<PolicyFault> faults_of_policy(const k8s::Resource& resource);
/// Likewise in a ValidatingAdmissionPolicyBinding (is_binding).
std::vector<PolicyFault> faults_of_binding(const k8s::Resource& resource);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_POLICY_FAULTS_H_
