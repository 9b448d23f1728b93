#ifndef TIDEWAITER_CLI_EXPORT_POLICIES_H_
#define TIDEWAITER_CLI_EXPORT_POLICIES_H_

#include "cli/options.h"
#include "cli/world.h"

namespace tidewaiter::cli {

/// `tidewaiter policy export`: prints the chosen rules as ValidatingAdmissionPolicies with
/// their bindings, in the order of the rules' ids, and on standard error each rule that has
/// none, with the reason. kFindings when --rule names one of those; the others are printed all
/// the same.
ExitCode run_policy_export(const PolicyExportOptions& options, const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_EXPORT_POLICIES_H_
