#ifndef TIDEWAITER_POLICY_API_RESOURCE_H_
#define TIDEWAITER_POLICY_API_RESOURCE_H_

#include <string>
#include <string_view>

#include "k8s/builtin_kinds.h"

namespace tidewaiter::policy {

struct PluralGuess {
  std::string plural;
  /// What apimachinery's meta.UnsafeGuessKindToResource, and with it tools that generate
  /// policies, make of a kind that they do not know, where that differs: "meshs", "gatewaies".
  std::string mechanical = {};
};

/// The plural of a kind, for which no manifest has a definition, as its API most likely serves
/// it: "Ingress" -> "ingresses", "NetworkPolicy" -> "networkpolicies", "Endpoints" ->
/// "endpoints", "Gateway" -> "gateways". Exact for the kinds of Kubernetes itself.
PluralGuess plural_of_kind(std::string_view group, std::string_view kind);

/// The scope of a kind of Kubernetes itself or of a widely used project; kUnknown for others.
k8s::KindScope well_known_scope(std::string_view group, std::string_view kind);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_API_RESOURCE_H_
