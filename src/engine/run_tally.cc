#include "engine/run_tally.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "engine/resource_values.h"

namespace tidewaiter::engine {

RunTally::RunTally(std::span<const SelectedRule> rules) : rules_(rules) {
  for (const SelectedRule& selected : rules) {
    result_.rule_ids.emplace_back(selected.rule->id);
  }
}

void RunTally::count(const Finding& finding) {
  RunSummary& summary = result_.summary;
  if (!finding.suppressions.empty()) {
    ++summary.suppressed;
  } else if (finding.severity == Severity::kError) {
    ++summary.errors;
  } else if (finding.severity == Severity::kWarning) {
    ++summary.warnings;
  } else {
    ++summary.notes;
  }
}

void RunTally::count(k8s::Content content, bool is_linted) {
  DocumentCounts& counts = result_.summary.documents;
  switch (content) {
    case k8s::Content::kResources: ++(is_linted ? counts.linted : counts.without_rules); break;
    case k8s::Content::kPartial: ++counts.partial; break;
    case k8s::Content::kNotKubernetes: ++counts.not_kubernetes; break;
    case k8s::Content::kEmpty: ++counts.empty; break;
    case k8s::Content::kTemplate:
      ++counts.templates;
      ++result_.not_understood;
      break;
    case k8s::Content::kNotAResource:
    case k8s::Content::kRejected:
      ++counts.rejected;
      ++result_.not_understood;
      break;
  }
}

void RunTally::add_file(FileRecord file) {
  ++result_.summary.files;
  result_.summary.inputs.push_back(std::move(file));
}

void RunTally::notify(std::size_t position, Notification notification) {
  notifications_.push_back({.position = position, .notification = std::move(notification)});
}

void RunTally::silence(std::size_t position, const RuleFailure& failure) {
  PlacedSilence& placed = silences_[failure.rule];
  Silence& silence = placed.silence;
  const bool is_first = silence.resources == 0;
  const bool is_new = placed.last != failure.resource || placed.last_position != position;
  if (is_new) ++silence.resources;
  placed.last = failure.resource;
  placed.last_position = position;
  if (is_first || position < placed.first) {
    placed.first = position;
    silence.rule = rules_[failure.rule].rule->name;
    silence.reason = fmt::format(
        "{} '{}' in {}: {} (in '{}')", failure.resource->kind, display_name(*failure.resource),
        failure.resource->source->name()->shown, failure.reason, failure.expression);
  }
  silence.excused = silence.excused && (failure.wrong_type || failure.too_much);
}

RunResult RunTally::result() && {
  RunSummary& summary = result_.summary;
  std::ranges::stable_sort(notifications_, {}, &Placed::position);
  for (Placed& placed : notifications_) {
    summary.notifications.push_back(std::move(placed.notification));
  }
  std::ranges::sort(summary.inputs, {}, [](const FileRecord& r) { return r.file->uri; });
  summary.unjudged.resize(rules_.size(), 0);
  for (auto& [rule, placed] : silences_) {
    summary.unjudged[rule] = placed.silence.resources;
    result_.silences.push_back(std::move(placed.silence));
  }
  return std::move(result_);
}

}  // namespace tidewaiter::engine
