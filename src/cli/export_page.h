#ifndef TIDEWAITER_CLI_EXPORT_PAGE_H_
#define TIDEWAITER_CLI_EXPORT_PAGE_H_

#include <span>
#include <string>

#include "rules/rule.h"

namespace tidewaiter::cli {

/// docs/exported-policies.md: the rules that `policy export` writes as policies, with the
/// Kubernetes that takes them, and why the others have none.
std::string export_page(std::span<const rules::Rule> rules);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_EXPORT_PAGE_H_
