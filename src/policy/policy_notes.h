#ifndef TIDEWAITER_POLICY_POLICY_NOTES_H_
#define TIDEWAITER_POLICY_POLICY_NOTES_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/policy_set.h"
#include "tidewaiter/reporter.h"

namespace tidewaiter::policy {

/// What a run learns about policies without a place of its own in a manifest: where a cluster
/// would know more. Collected resource by resource, told once. The same whatever the order.
class PolicyNotes {
 public:
  /// A binding whose params, or a policy whose selector, cannot be used; `error` is a sentence.
  void misconfigured(std::string_view policy, std::string_view binding, std::string_view error);
  /// A namespace selector was asked about a namespace that no manifest shows.
  void guessed_namespace(std::string_view policy, std::string_view name);
  /// A binding without params here, to which that means that all may pass; `absent` is a
  /// sentence.
  void no_params(std::string_view policy, std::string_view binding, std::string_view absent);
  /// Expressions asked about a namespace that no manifest shows.
  void lacks_namespace(std::string_view policy, std::string_view name);
  /// The API server would convert `from` to `to` before the policy sees it.
  void unconverted(std::string_view policy, std::string_view from, std::string_view to);
  /// Only a cluster can answer what the policy asks its authorizer.
  void asks_authorizer(std::string_view policy);

  void merge(const PolicyNotes& other);

  std::vector<Notification> notifications() const;

 private:
  using Names = std::set<std::string, std::less<>>;

  std::map<std::string, std::uint64_t, std::less<>> misconfigured_;   // by sentence: resources
  std::map<std::string, std::uint64_t, std::less<>> no_params_;       // likewise
  std::map<std::string, Names, std::less<>> guessed_;                 // namespace: policies
  std::map<std::string, Names, std::less<>> lacking_;                 // likewise
  std::map<std::pair<std::string, std::string>, Names> unconverted_;  // from, to: policies
  Names authorizer_;                                                  // policies
};

/// What can be said of the policies before any resource is judged: those without binding,
/// bindings without policy, policies without a name, names that are taken.
std::vector<Notification> notes_on(const PolicySet& policies);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_POLICY_NOTES_H_
