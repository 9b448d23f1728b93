#include "policy/policy_findings.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <utility>

#include "engine/resource_values.h"
#include "policy/policy_faults.h"
#include "yaml/place.h"
#include "yaml/scalar_offsets.h"

namespace tidewaiter::policy {
namespace {

constexpr std::size_t kMaxShownExpression = 120;

/// On one line, white space folded.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

/// An expression as a message shows it: on one line, and not all of a long one.
std::string shown(std::string_view expression) {
  std::string line = one_line(expression);
  if (line.size() <= kMaxShownExpression) return line;
  std::size_t end = kMaxShownExpression;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
  return line.substr(0, end) + "…";
}

std::string_view verb_of(Action action) {
  switch (action) {
    case Action::kDeny: return "denies";
    case Action::kWarn: return "warns about";
    case Action::kAudit: return "records";
  }
  return "denies";
}

std::string with_full_stop(std::string text) {
  if (!text.empty() && !text.ends_with('.') && !text.ends_with('!') && !text.ends_with('?')) {
    text += '.';
  }
  return text;
}

std::string message_of(const Ruling& ruling, const Decision& decision) {
  const std::string bound =
      ruling.binding.empty() ? std::string() : fmt::format(" (binding '{}')", ruling.binding);
  const std::string head = fmt::format("Policy '{}'{} {} {} '{}'", ruling.policy->name, bound,
                                       verb_of(ruling.action), ruling.resource->kind,
                                       engine::display_name(*ruling.resource));
  if (decision.verdict == Verdict::kError) {
    return fmt::format("{} because its expression '{}' fails: {}", head,
                       shown(decision.source->text), with_full_stop(one_line(decision.error)));
  }
  return fmt::format("{}: {}", head, with_full_stop(one_line(decision.message)));
}

const yaml::Node* root_of(const yaml::Node* node) {
  while (node->parent() != nullptr) node = node->parent();
  return node;
}

bool lies_in(const yaml::Node* node, const k8s::Resource& resource) {
  return root_of(node) == root_of(resource.object);
}

/// What kind of expression it is, for messages about its faults.
struct Part {
  std::string_view what;  ///< "The expression of validation"
  std::string_view name;  ///< "1", or the name of a variable.
  bool matters = true;    ///< False: the API server passes over its faults.
};

void add_fault(const CompiledExpression& expression, const Part& part, const Policy& policy,
               std::uint32_t rule, std::vector<engine::RuleFailure>& failures) {
  if (!expression.error || expression.source->node == nullptr) return;
  const yaml::Node& node = *expression.source->node;
  // The API server refuses what is no text (add_refusals), and that is said once.
  const bool is_text = node.is_string() &&
                       node.as_string().find_first_not_of(" \t\r\n") != std::string_view::npos;
  if (part.matters && !is_text) return;
  const Source& source = *policy.resource->source;
  engine::RuleFailure failure{.rule = rule,
                              .resource = policy.resource,
                              .expression = std::string(expression.source->text),
                              .reason = expression.error->message,
                              .node = &node};
  failure.message = fmt::format(
      "{} '{}' of policy '{}' does not compile{}: {}", part.what, part.name, policy.name,
      part.matters ? "" : ", so the API server leaves it out", expression.error->message);
  if (part.matters) failure.severity = Severity::kError;
  if (expression.error->where && node.is_string()) {
    failure.at = {.source = &source,
                  .span = yaml::written_span(source.text(), node, *expression.error->where)};
  }
  failures.push_back(std::move(failure));
}

void add_named_faults(std::span<const CompiledExpression> compiled,
                      std::span<const NamedExpression> named, std::string_view what,
                      const Policy& policy, std::uint32_t rule,
                      std::vector<engine::RuleFailure>& failures) {
  for (std::size_t i = 0; i < compiled.size(); ++i) {
    add_fault(compiled[i], {.what = what, .name = named[i].name}, policy, rule, failures);
  }
}

}  // namespace

engine::RawFinding finding_of(const Ruling& ruling, const Decision& decision,
                              const engine::SourceMap& sources) {
  const k8s::Resource& resource = *ruling.resource;
  const bool inside = decision.node != nullptr && lies_in(decision.node, resource);
  const yaml::Node* node = inside ? decision.node : resource.object;
  engine::RawFinding finding{.rule = ruling.rule,
                             .severity = ruling.severity,
                             .message = message_of(ruling, decision),
                             .place = sources.place_of(*node),
                             .node = node,
                             .resource = &resource};
  if (decision.node != nullptr && ruling.params != nullptr &&
      lies_in(decision.node, *ruling.params)) {
    finding.related.push_back(
        {.place = sources.place_of(*decision.node), .message = "This param decided."});
  }
  if (decision.source != nullptr && decision.source->node != nullptr) {
    finding.related.push_back({.place = sources.place_of(*decision.source->node),
                               .message = "The policy asks for this."});
  }
  return finding;
}

engine::RuleFailure failure_of(const Ruling& ruling, const Decision& decision) {
  engine::RuleFailure failure{.rule = ruling.rule,
                              .resource = ruling.resource,
                              .expression = std::string(decision.source->text),
                              .reason = decision.error};
  if (decision.node != nullptr && lies_in(decision.node, *ruling.resource)) {
    failure.node = decision.node;
  }
  failure.message = fmt::format(
      "Policy '{}' could not judge {} '{}', and its failurePolicy Ignore lets it pass: {} (in "
      "'{}')",
      ruling.policy->name, ruling.resource->kind, engine::display_name(*ruling.resource),
      with_full_stop(one_line(decision.error)), shown(decision.source->text));
  return failure;
}

void add_faults(const CompiledPolicy& compiled, std::uint32_t rule,
                std::vector<engine::RuleFailure>& failures) {
  const Policy& policy = *compiled.policy;
  add_named_faults(compiled.match_conditions, policy.match_conditions, "Match condition",
                   policy, rule, failures);
  add_named_faults(compiled.variables, policy.variables, "Variable", policy, rule, failures);
  for (std::size_t i = 0; i < compiled.validations.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const CompiledValidation& validation = compiled.validations[i];
    add_fault(validation.expression, {.what = "Validation", .name = number}, policy, rule,
              failures);
    if (!validation.message_expression) continue;
    add_fault(*validation.message_expression,
              {.what = "The messageExpression of validation", .name = number, .matters = false},
              policy, rule, failures);
  }
  add_named_faults(compiled.audit_annotations, policy.audit_annotations, "Audit annotation",
                   policy, rule, failures);
}

void add_refusals(const k8s::Resource& resource, std::uint32_t rule,
                  std::vector<engine::RuleFailure>& failures) {
  const bool of_policy = is_policy(resource);
  for (PolicyFault& fault :
       of_policy ? faults_of_policy(resource) : faults_of_binding(resource)) {
    engine::RuleFailure failure{.rule = rule,
                                .resource = &resource,
                                .expression = {},
                                .reason = std::move(fault.message),
                                .node = fault.node,
                                .severity = Severity::kError};
    failure.message =
        fmt::format("The API server refuses {} '{}': {}", of_policy ? "policy" : "binding",
                    resource.name, failure.reason);
    failures.push_back(std::move(failure));
  }
}

}  // namespace tidewaiter::policy
