#include "engine/reading_findings.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "yaml/place.h"

namespace tidewaiter::engine {
namespace {

std::string_view rule_of(yaml::ProblemKind kind) {
  switch (kind) {
    case yaml::ProblemKind::kSyntax: return "TW001";
    case yaml::ProblemKind::kDuplicateKey: return "TW002";
    case yaml::ProblemKind::kTemplate: return "TW010";
    case yaml::ProblemKind::kLimit: return "TW011";
    case yaml::ProblemKind::kEncoding: return "TW012";
    case yaml::ProblemKind::kIgnoredContent: return "TW013";
  }
  return {};
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

/// A comment and the blanks before it; with its line when nothing else stands there.
ByteSpan removed_with(std::string_view text, ByteSpan comment) {
  ByteSpan span = comment;
  while (span.begin > 0 && is_blank(text[span.begin - 1])) --span.begin;
  if (span.begin > 0 && !is_line_end(text[span.begin - 1])) return span;
  if (text.substr(span.end).starts_with('\r')) ++span.end;
  if (text.substr(span.end).starts_with('\n')) ++span.end;
  return span;
}

/// Where comments stand, once for each name in them.
std::multiset<ByteSpan> comments_of(const Suppressions& suppressions) {
  std::multiset<ByteSpan> places;
  for (const SuppressionEntry& entry : suppressions.entries()) {
    if (entry.resource == nullptr) places.insert(entry.place);
  }
  return places;
}

/// Takes an unused comment out, unless it says something else as well.
std::optional<RawFix> removal_of(const SuppressionEntry& entry, const Source& source,
                                 const std::multiset<ByteSpan>& comments) {
  const bool says_more = source.text(entry.place).find('#', 1) != std::string_view::npos;
  if (comments.count(entry.place) != 1 || says_more) return std::nullopt;
  return RawFix{
      .description = "Remove the suppression.",
      .safe = true,
      .edits = {
          {.source = &source, .span = removed_with(source.text(), entry.place), .text = {}}}};
}

std::string chart_message(std::string_view chart) {
  return fmt::format(
      "The templates of chart '{0}' are not linted; render them first: 'helm template {0} | "
      "tidewaiter check -'.",
      chart);
}

}  // namespace

std::optional<RawFinding> ReadingFindings::make(std::string_view id, const Source& source,
                                                ByteSpan at, std::string message) const {
  const auto it =
      std::ranges::find(rules_, id, [](const SelectedRule& s) { return s.rule->id; });
  if (it == rules_.end()) return std::nullopt;
  return RawFinding{.rule = static_cast<std::uint32_t>(it - rules_.begin()),
                    .severity = it->severity.value_or(it->rule->severity),
                    .message = std::move(message),
                    .place = {.source = &source, .span = at}};
}

bool ReadingFindings::is_selected(const rules::Rule& rule) const {
  return std::ranges::any_of(rules_, [&](const SelectedRule& s) { return s.rule == &rule; });
}

std::vector<RawFinding> ReadingFindings::of_file(const LoadedFile& file) {
  std::vector<RawFinding> findings;
  const Source& source = *file.source;
  const std::string& chart = file.input->chart;
  bool template_seen = false;  // one TW010 for a file
  for (const yaml::Problem& problem : file.yaml.problems) {
    const bool is_template = problem.kind == yaml::ProblemKind::kTemplate;
    if (is_template && template_seen) continue;
    if (is_template && !chart.empty() && !seen_charts_.insert(chart).second) continue;
    template_seen = template_seen || is_template;
    auto finding = make(rule_of(problem.kind), source, problem.at,
                        is_template && !chart.empty() ? chart_message(chart) : problem.message);
    if (!finding) continue;
    if (problem.related) {
      finding->related.push_back({.place = {.source = &source, .span = *problem.related},
                                  .message = problem.related_message});
    }
    findings.push_back(*std::move(finding));
  }
  for (const k8s::Fault& fault : file.extraction.faults) {
    const bool too_many = fault.kind == k8s::Fault::Kind::kTooManyItems;
    auto finding =
        make(too_many ? "TW011" : "TW003", source, yaml::place_of(*fault.at), fault.message);
    if (!finding) continue;
    finding->node = fault.at;
    findings.push_back(*std::move(finding));
  }
  return findings;
}

std::vector<RawFinding> ReadingFindings::of_suppressions(const Source& source,
                                                         const Suppressions& suppressions,
                                                         bool require_reason) const {
  std::vector<RawFinding> findings;
  const std::multiset<ByteSpan> comments = comments_of(suppressions);
  for (const SuppressionEntry& entry : suppressions.entries()) {
    std::string message;
    std::optional<RawFix> fix;
    if (entry.name.empty()) {
      message = "This suppression names no rule; write for example 'ignore job-ttl -- reason'.";
    } else if (entry.rule == nullptr) {
      message = suppressions.names().unknown_own(entry.name);
    } else if (require_reason && entry.reason.empty() && is_selected(*entry.rule)) {
      message = fmt::format(
          "The suppression of '{}' states no reason, so it does not count; add '-- reason'.",
          entry.name);
    } else if (!entry.used && entry.judged && is_selected(*entry.rule)) {
      message =
          fmt::format("The suppression of '{}' suppresses nothing; remove it.", entry.name);
      fix = removal_of(entry, source, comments);
    } else {
      continue;
    }
    if (auto finding = make("TW009", source, entry.place, std::move(message))) {
      finding->resource = entry.resource;
      if (fix) finding->fixes.push_back(*std::move(fix));
      findings.push_back(*std::move(finding));
    }
  }
  return findings;
}

std::optional<RawFinding> ReadingFindings::of_failure(const RuleFailure& failure,
                                                      const SourceMap& sources) const {
  const yaml::Node& node = failure.node != nullptr ? *failure.node : *failure.resource->object;
  const RawPlace place = failure.at ? *failure.at : sources.place_of(node);
  if (place.source == nullptr) return std::nullopt;
  auto finding = make("TW014", *place.source, place.span, message_of(failure));
  if (finding) {
    if (failure.severity && !rules_[finding->rule].severity) {
      finding->severity = *failure.severity;
    }
    finding->node = &node;
    finding->resource = failure.resource;
  }
  return finding;
}

std::string ReadingFindings::message_of(const RuleFailure& failure) const {
  if (!failure.message.empty()) return failure.message;
  return fmt::format("Rule '{}' could not judge {} '{}': {} (in '{}')",
                     rules_[failure.rule].rule->name, failure.resource->kind,
                     display_name(*failure.resource), failure.reason, failure.expression);
}

}  // namespace tidewaiter::engine
