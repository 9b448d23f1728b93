#ifndef TIDEWAITER_RULES_RULE_CONTEXT_H_
#define TIDEWAITER_RULES_RULE_CONTEXT_H_

#include <cstdint>
#include <string_view>

#include "k8s/resource.h"

namespace tidewaiter::k8s {
class Scope;
}  // namespace tidewaiter::k8s

namespace tidewaiter::rules {

class ClusterSettings;
class EmbeddedDocuments;

/// What a context function may read: cel::CallContext::context points to one of these while a
/// rule is evaluated on a resource.
struct RuleContext {
  const k8s::Resource* resource = nullptr;  ///< The resource that is judged; never null.
  const k8s::Scope* scope = nullptr;        ///< The resources it is deployed with; never null.
  std::uint32_t kubernetes_minor = 34;      ///< The target version, 1.N.
  /// The YAML within its strings; null: there is none to be read.
  EmbeddedDocuments* embedded = nullptr;
  /// What the config says of the cluster; null: only what is built in.
  const ClusterSettings* cluster = nullptr;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_RULE_CONTEXT_H_
