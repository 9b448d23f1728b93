#ifndef TIDEWAITER_RULES_PEER_ID_H_
#define TIDEWAITER_RULES_PEER_ID_H_

#include <string_view>

// The ids of other linters that rules name under `equivalents`: "checkov/CKV_K8S_10".
namespace tidewaiter::rules {

/// The linter of an equivalent, "checkov", and its id there, "CKV_K8S_10"; the whole is the id
/// when there is no '/'.
std::string_view linter_of(std::string_view equivalent);
std::string_view peer_id_of(std::string_view equivalent);

/// Whether `word` is what people write for `equivalent`: its id, or linter/id, in any case.
/// Trivy shows one id as AVD-KSV-0017, KSV-0017 and KSV017: all three are it. An equivalent
/// that ends with `*` is every id that begins so.
bool means_equivalent(std::string_view word, std::string_view equivalent);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_PEER_ID_H_
