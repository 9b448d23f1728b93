#ifndef TIDEWAITER_K8S_BUILTIN_KINDS_H_
#define TIDEWAITER_K8S_BUILTIN_KINDS_H_

#include <cstdint>
#include <string_view>

namespace tidewaiter::k8s {

/// Where the objects of a kind live.
enum class KindScope : std::uint8_t { kUnknown, kNamespaced, kCluster };

/// The scope of a kind that Kubernetes serves itself, now or in an earlier release; `group` is
/// "" for the core group. kUnknown for custom kinds: only their definition, which is seldom
/// among the manifests, could tell. Source: the Go types of k8s.io/api 1.8 to 1.37 (markers
/// genclient:nonNamespaced), apiextensions-apiserver and kube-aggregator.
KindScope scope_of_kind(std::string_view group, std::string_view kind);

/// Whether references find objects of a kind from any namespace: a built-in kind that lives in
/// none, and of the custom kinds that references name (DESIGN 5) ClusterSecretStore. Source of
/// that: https://external-secrets.io/latest/api/clustersecretstore/
bool is_found_from_anywhere(std::string_view group, std::string_view kind);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_BUILTIN_KINDS_H_
