#ifndef TIDEWAITER_REPORT_RULE_PROSE_H_
#define TIDEWAITER_REPORT_RULE_PROSE_H_

#include <string>
#include <string_view>

#include "tidewaiter/reporter.h"

namespace tidewaiter::report {

/// The page about a rule: HOME/blob/v<version>/docs/rules/<name>.md. Of a rule that is not
/// built in its first reference, else the page about rules of that origin.
std::string documentation_url(const RuleInfo& rule);

/// The first sentence of a text, its white space folded, cut at a word when it is longer than
/// `max_bytes`.
std::string first_sentence(std::string_view text, std::size_t max_bytes);

/// `text` as a sentence: with a full stop unless it has one.
std::string with_full_stop(std::string_view text);

/// At most `max_bytes` of `text`, with an ellipsis and a full stop where more was left out.
std::string clipped(std::string_view text, std::size_t max_bytes);

/// A kebab-case name in PascalCase as SARIF wants it: "job-ttl" is "JobTtl". A word of one
/// letter joins the one before it ("run-as-a-user": "RunAsaUser").
std::string pascal_case(std::string_view kebab);

/// What the rule means and what to do, for SARIF's help: plain, and as Markdown.
std::string help_text(const RuleInfo& rule);
std::string help_markdown(const RuleInfo& rule);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_RULE_PROSE_H_
