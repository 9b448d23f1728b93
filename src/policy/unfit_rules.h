#ifndef TIDEWAITER_POLICY_UNFIT_RULES_H_
#define TIDEWAITER_POLICY_UNFIT_RULES_H_

#include <string_view>

namespace tidewaiter::policy {

/// Why a built-in rule that a policy could say would say something false in a cluster, or
/// nothing: policies see objects after the API server has filled them in. "it ..."; empty for
/// all other rules.
std::string_view why_unfit(std::string_view rule);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_UNFIT_RULES_H_
