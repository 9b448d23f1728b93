#ifndef TIDEWAITER_POLICY_POLICY_SET_H_
#define TIDEWAITER_POLICY_POLICY_SET_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "k8s/resource.h"
#include "policy/admission_request.h"
#include "policy/policy.h"

namespace tidewaiter::policy {

/// A policy with the bindings that name it, in the order of the resources.
struct BoundPolicy {
  Policy policy;
  /// Empty: does nothing in a cluster; to be evaluated as if bound with Deny.
  std::vector<Binding> bindings = {};

  /// Without a binding nothing says which ConfigMap (or other object of the core group) holds
  /// the params; of a kind made for the policy every object does.
  bool has_clear_params() const {
    return !bindings.empty() || !policy.param_kind ||
           policy.param_kind->api_version.find('/') != std::string_view::npos;
  }
};

/// A policy or binding whose name an earlier one has.
struct DuplicatePolicy {
  const k8s::Resource* resource = nullptr;
  const k8s::Resource* first = nullptr;  ///< The one that counts.
};

/// All ValidatingAdmissionPolicies and bindings among some resources, whatever their version.
/// Borrows the resources; immutable, so shared by all threads. Building is linear.
class PolicySet {
 public:
  PolicySet() = default;
  /// `resources` in the order in which the policies are to be evaluated and reported.
  explicit PolicySet(std::span<const k8s::Resource* const> resources);

  std::span<const BoundPolicy> policies() const { return policies_; }
  /// Bindings whose policy is nowhere among the resources.
  std::span<const Binding> stray_bindings() const { return stray_bindings_; }
  /// Bindings without a name are nobody's duplicates.
  std::span<const DuplicatePolicy> duplicates() const { return duplicates_; }
  /// Policies whose name is missing or no string. They are not among policies(): the API server
  /// refuses them, no binding can name them, and no report.
  std::span<const k8s::Resource* const> nameless() const { return nameless_; }

  /// Fills `indices` (emptied first) with the policies, ascending, whose rules name the
  /// request's resource or "*": all that can match, and few that cannot.
  void candidates(const AdmissionRequest& request, std::vector<std::uint32_t>& indices) const;

 private:
  void bind(std::span<const k8s::Resource* const> bindings);
  void index(std::uint32_t policy);

  std::vector<BoundPolicy> policies_;
  std::vector<Binding> stray_bindings_;
  std::vector<DuplicatePolicy> duplicates_;
  std::vector<const k8s::Resource*> nameless_;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> by_resource_;
  std::vector<std::uint32_t> any_resource_;
};

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_POLICY_SET_H_
