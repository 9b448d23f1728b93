#include "policy/api_resource.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tidewaiter::policy {

namespace {

using k8s::KindScope;

/// A custom kind that manifests often hold without its definition. The kind "*" is every kind
/// of the group.
struct CustomKind {
  std::string_view group;
  std::string_view kind;
  KindScope scope;
  std::string_view plural = {};  ///< Where it is not the regular one; "=": the kind itself.
};

constexpr CustomKind kCustomKinds[] = {
    {"authorization.openshift.io", "ClusterRole", KindScope::kCluster},
    {"authorization.openshift.io", "ClusterRoleBinding", KindScope::kCluster},
    {"cert-manager.io", "ClusterIssuer", KindScope::kCluster},
    {"cilium.io", "CiliumClusterwideNetworkPolicy", KindScope::kCluster},
    {"config.openshift.io", "*", KindScope::kCluster},
    {"constraints.gatekeeper.sh", "*", KindScope::kCluster, "="},
    {"expansion.gatekeeper.sh", "ExpansionTemplate", KindScope::kCluster, "="},
    {"external-secrets.io", "ClusterExternalSecret", KindScope::kCluster},
    {"external-secrets.io", "ClusterSecretStore", KindScope::kCluster},
    {"gateway.networking.k8s.io", "GatewayClass", KindScope::kCluster},
    {"k8s.cni.cncf.io", "NetworkAttachmentDefinition", KindScope::kNamespaced,
     "network-attachment-definitions"},
    {"karpenter.k8s.aws", "EC2NodeClass", KindScope::kCluster},
    {"karpenter.sh", "NodeClaim", KindScope::kCluster},
    {"karpenter.sh", "NodePool", KindScope::kCluster},
    {"kubescape.io", "ControlConfiguration", KindScope::kCluster},
    {"kyverno.io", "ClusterCleanupPolicy", KindScope::kCluster},
    {"kyverno.io", "ClusterPolicy", KindScope::kCluster},
    {"machineconfiguration.openshift.io", "*", KindScope::kCluster},
    {"policies.kyverno.io", "ImageValidatingPolicy", KindScope::kCluster},
    {"policies.kyverno.io", "MutatingPolicy", KindScope::kCluster},
    {"policies.kyverno.io", "ValidatingPolicy", KindScope::kCluster},
    {"policy.networking.k8s.io", "AdminNetworkPolicy", KindScope::kCluster},
    {"policy.networking.k8s.io", "BaselineAdminNetworkPolicy", KindScope::kCluster},
    {"project.openshift.io", "Project", KindScope::kCluster},
    {"project.openshift.io", "ProjectRequest", KindScope::kCluster},
    {"security.openshift.io", "SecurityContextConstraints", KindScope::kCluster, "="},
    {"snapshot.storage.k8s.io", "VolumeSnapshotClass", KindScope::kCluster},
    {"snapshot.storage.k8s.io", "VolumeSnapshotContent", KindScope::kCluster},
    {"templates.gatekeeper.sh", "ConstraintTemplate", KindScope::kCluster},
};

const CustomKind* custom_kind(std::string_view group, std::string_view kind) {
  const auto* const found = std::ranges::find_if(kCustomKinds, [&](const CustomKind& custom) {
    return custom.group == group && (custom.kind == kind || custom.kind == "*");
  });
  return found == std::end(kCustomKinds) ? nullptr : found;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool is_vowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

bool has_no_plural(std::string_view word) {
  return word.ends_with("endpoints") || word.ends_with("chaos");
}

std::string with_ies(std::string word) {
  word.back() = 'i';
  return word + "es";
}

/// The English plural of a word in lower case, as generators of definitions form it.
std::string regular_plural(std::string word) {
  if (has_no_plural(word)) return word;
  if (word.size() > 1 && word.ends_with('y') && !is_vowel(word[word.size() - 2])) {
    return with_ies(std::move(word));
  }
  const bool hisses = word.ends_with('s') || word.ends_with('x') || word.ends_with('z') ||
                      word.ends_with("ch") || word.ends_with("sh");
  return word + (hisses ? "es" : "s");
}

/// meta.UnsafeGuessKindToResource.
std::string mechanical_plural(std::string word) {
  if (has_no_plural(word)) return word;
  if (word.ends_with('y')) return with_ies(std::move(word));
  return word + (word.ends_with('s') ? "es" : "s");
}

}  // namespace

PluralGuess plural_of_kind(std::string_view group, std::string_view kind) {
  const std::string word = lower_case(kind);
  const CustomKind* const custom = custom_kind(group, kind);
  if (custom != nullptr && !custom->plural.empty()) {
    return {.plural = custom->plural == "=" ? word : std::string(custom->plural)};
  }
  PluralGuess guess{.plural = regular_plural(word)};
  if (k8s::scope_of_kind(group, kind) == KindScope::kUnknown) {
    guess.mechanical = mechanical_plural(word);
    if (guess.mechanical == guess.plural) guess.mechanical.clear();
  }
  return guess;
}

KindScope well_known_scope(std::string_view group, std::string_view kind) {
  const KindScope builtin = k8s::scope_of_kind(group, kind);
  if (builtin != KindScope::kUnknown) return builtin;
  const CustomKind* const custom = custom_kind(group, kind);
  return custom == nullptr ? KindScope::kUnknown : custom->scope;
}

}  // namespace tidewaiter::policy
