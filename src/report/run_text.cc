#include "report/run_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "report/rule_prose.h"
#include "report/shown_text.h"

namespace tidewaiter::report {
namespace {

constexpr std::size_t kMaxHelp = 200;

/// "a", "a and b", "a, b and c".
std::string enumerated(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text;
}

}  // namespace

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string position_text(const FileName& file, Position start) {
  return fmt::format("{}:{}:{}:", shown_path(file.shown), start.line, start.column);
}

std::string rule_text(const RuleInfo& rule) {
  return rule.name == rule.id ? fmt::format("[{}]", rule.name)
                              : fmt::format("[{} {}]", rule.name, rule.id);
}

std::string help_sentence(const RuleInfo& rule) {
  return shown_text(first_sentence(rule.remediation, kMaxHelp));
}

bool is_also_finding(const Notification& notification, const RunInfo& info) {
  return std::ranges::any_of(info.rules,
                             [&](const RuleInfo& rule) { return rule.id == notification.id; });
}

void FileCounter::add(const std::shared_ptr<const FileName>& file) {
  if (last_ == nullptr || last_->uri != file->uri || last_->shown != file->shown) ++count_;
  last_ = file;
}

std::string findings_sentence(const RunSummary& summary, std::uint64_t files,
                              const Paint& paint) {
  std::vector<std::string> parts;
  const auto part = [&](std::uint64_t count, Severity severity) {
    if (count > 0) parts.push_back(paint(severity, counted(count, name_of(severity))));
  };
  part(summary.errors, Severity::kError);
  part(summary.warnings, Severity::kWarning);
  part(summary.notes, Severity::kNote);
  std::string sentence =
      parts.empty() ? paint(std::nullopt, "No findings")
                    : fmt::format("Found {} in {}", enumerated(parts), counted(files, "file"));
  if (summary.suppressed > 0) sentence += fmt::format(" ({} suppressed)", summary.suppressed);
  return sentence + ".";
}

std::string documents_sentence(const RunSummary& summary) {
  const DocumentCounts& counts = summary.documents;
  std::vector<std::string> parts;
  const auto part = [&](std::uint64_t count, std::string_view text) {
    if (count > 0) parts.push_back(fmt::format("{} {}", count, text));
  };
  part(counts.rejected, "rejected");
  part(counts.templates, counts.templates == 1 ? "template" : "templates");
  part(counts.without_rules,
       counts.without_rules == 1 ? "of a kind without rules" : "of kinds without rules");
  part(counts.partial,
       counts.partial == 1 ? "patch of a kustomization" : "patches of kustomizations");
  part(counts.not_kubernetes, "not Kubernetes");
  part(counts.empty, "empty");
  std::string sentence = fmt::format("Linted {} in {}.", counted(counts.linted, "document"),
                                     counted(summary.files, "file"));
  if (!parts.empty()) sentence += fmt::format(" Not linted: {}.", enumerated(parts));
  return sentence;
}

}  // namespace tidewaiter::report
