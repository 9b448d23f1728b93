#include "policy/unfit_rules.h"

namespace tidewaiter::policy {
namespace {

struct UnfitRule {
  std::string_view name;
  std::string_view reason;
};

// What the API server does before it asks policies: SetDefaults and conversion in
// kubernetes/pkg/apis/{core,batch}, and Job's PrepareForCreate, which come before validating
// admission.
constexpr UnfitRule kUnfitRules[] = {
    {"job-backoff-limit",
     "it asks for backoffLimit, which the API server fills in, so that nothing would be found"},
    {"job-pattern-parallel",
     "it asks for parallelism, which the API server fills in, so that nothing would be found"},
    {"job-selector-set",
     "it finds selectors of Jobs, and the API server gives one to every Job"},
    {"secret-in-manifest",
     "it is about Secrets that lie in files, and in a cluster every Secret holds its values"},
    {"service-account-field",
     "it finds serviceAccount, which the API server writes wherever there is a "
     "serviceAccountName"},
};

}  // namespace

std::string_view why_unfit(std::string_view rule) {
  for (const UnfitRule& row : kUnfitRules) {
    if (row.name == rule) return row.reason;
  }
  return {};
}

}  // namespace tidewaiter::policy
