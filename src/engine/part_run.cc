#include "engine/part_run.h"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/place_completer.h"
#include "engine/parallel.h"
#include "engine/resource_values.h"
#include "yaml/place.h"

namespace tidewaiter::engine {

PartRun::PartRun(std::vector<LoadedFile> files, const Shared& shared)
    : settings_(shared.settings),
      shared_(shared),
      files_(std::move(files)),
      kinds_(settings_.rules),
      folders_(shared.disk),
      reading_(settings_.rules),
      names_(settings_.all_rules) {}

Result<void> PartRun::run() {
  if (auto readable = check_readable(); !readable) return readable;
  index_resources();
  if (auto compiled = shared_.rules.compile(kinds_.needed()); !compiled) return compiled;
  judge();
  collect();
  leave_out_unreported();
  sort();
  scopes_ = Scopes();  // what has been found knows of them all that it needs
  sources_ = SourceMap();
  return {};
}

Result<void> PartRun::check_readable() {
  for (const LoadedFile& file : files_) {
    if (!file.error) continue;
    if (file.input->named) return *file.error;
    if (!file.input->reported) continue;
    shared_.tally.notify(file.position, {.level = Severity::kError,
                                         .id = "unreadable-file",
                                         .message = file.error->message,
                                         .file = file.input->name});
    shared_.tally.add_not_understood();
  }
  std::erase_if(files_, [](const LoadedFile& file) { return file.error.has_value(); });
  return {};
}

void PartRun::index_resources() {
  for (const LoadedFile& file : files_) {
    if (!file.input->text) folders_.add(*file.source, file.input->path, file.input->below);
    for (const k8s::Resource& resource : file.extraction.resources) {
      resources_.push_back({.resource = &resource, .linted = file.input->linted});
      if (file.input->linted) kinds_.add(resource);
    }
  }
  sources_ = SourceMap(documents_of(files_));
  scopes_ = Scopes(files_);
}

void PartRun::judge() {
  const EvaluationContext context{.rules = settings_.rules,
                                  .compiled = shared_.rules.rules(),
                                  .sources = &sources_,
                                  .folders = &folders_,
                                  .kubernetes_minor = settings_.kubernetes_minor,
                                  .cluster = settings_.cluster.get(),
                                  .with_fixes = settings_.with_fixes};
  judgments_.resize(resources_.size());
  parallel_for<Judges>(resources_.size(), settings_.threads,
                       [&](Judges& judges, std::size_t i) {
                         if (!judges.rules) judges.rules.emplace(context);
                         if (settings_.policies != nullptr && !judges.policies) {
                           judges.policies = settings_.policies->worker(sources_);
                         }
                         judgments_[i] = judge(resources_[i], judges);
                       });
}

std::unique_ptr<Judgment> PartRun::judge(const PartResource& judged, Judges& judges) const {
  Judgment judgment;
  const k8s::Resource& resource = *judged.resource;
  if (judged.linted) {
    judgment = judges.rules->judge(resource, scopes_.of(resource), kinds_.rules_for(resource));
  }
  if (judges.policies != nullptr) {
    judges.policies->inspect(resource, judgment);
    if (judged.linted) judges.policies->judge(resource, judgment);
  }
  if (judgment.findings.empty() && judgment.failures.empty()) return nullptr;
  judgment.findings.shrink_to_fit();  // they stay until the last is reported
  return std::make_unique<Judgment>(std::move(judgment));
}

/// Brings all findings together and applies the suppressions.
void PartRun::collect() {
  for (const LoadedFile& file : files_) {
    indexes_.emplace(file.source.get(), indexes_.size());
    suppressions_.emplace_back(*file.source, file.yaml, file.extraction.resources, names_);
  }
  std::size_t next_resource = 0;
  for (const LoadedFile& file : files_) {
    for (RawFinding& raw : reading_.of_file(file)) {
      add(file, other_findings_.emplace_back(std::move(raw)));
    }
    for (std::size_t i = 0; i < file.extraction.resources.size(); ++i) {
      const Judgment* const judgment = judgments_[next_resource++].get();
      if (judgment == nullptr) continue;
      for (const RawFinding& raw : judgment->findings) add(file, raw);
      for (const RuleFailure& failure : judgment->failures) note(file, failure);
    }
    if (file.input->linted && file.input->reported) count(file);
  }
  add_findings_of_suppressions();
}

/// `file` holds what was judged; the finding may lie in another.
void PartRun::add(const LoadedFile& file, const RawFinding& raw) {
  const rules::Rule& rule = *settings_.rules[raw.rule].rule;
  const auto apply = [&](const Source& source, std::uint32_t at) {
    return suppressions_[index_of(source)].apply(raw, at, rule, settings_.require_reason);
  };
  const Source* in = raw.place.source;
  const SuppressionEntry* by = apply(*in, raw.place.span.begin);
  if (by == nullptr && in != file.source.get() && raw.resource != nullptr) {
    const yaml::Node* const written = raw.node == nullptr ? nullptr : raw.node->instead_of();
    in = file.source.get();
    if (written != nullptr) by = apply(*in, yaml::place_of(*written).begin);
    if (by == nullptr) by = apply(*in, raw.resource->object->span().begin);
  }
  judged_.push_back({.raw = &raw,
                     .file = &files_[index_of(*raw.place.source)],
                     .suppressed_by = by,
                     .suppressed_in = in});
}

/// An evaluation that failed is a finding when the rule is the user's, else it is counted.
void PartRun::note(const LoadedFile& file, const RuleFailure& failure) {
  const auto notify = [&](Severity level, std::string_view id, std::string message) {
    if (!file.input->reported) return;
    shared_.tally.notify(file.position, {.level = level,
                                         .id = std::string(id),
                                         .message = std::move(message),
                                         .file = file.input->name});
  };
  const rules::Rule& rule = *settings_.rules[failure.rule].rule;
  if (!rule.of_user) {
    shared_.tally.silence(file.position, failure);
    if (!failure.too_much) return;
    notify(Severity::kWarning, "evaluation-limit",
           fmt::format("Rule '{}' could not judge {} '{}', which is too large for it.",
                       rule.name, failure.resource->kind, display_name(*failure.resource)));
  } else if (auto finding = reading_.of_failure(failure, sources_)) {
    add(file, other_findings_.emplace_back(*std::move(finding)));
  } else {  // rule-error is not selected: say it all the same
    notify(failure.severity.value_or(Severity::kWarning), "rule-error",
           reading_.message_of(failure));
  }
}

void PartRun::add_findings_of_suppressions() {
  for (const LoadedFile& file : files_) {
    const Suppressions& suppressions = suppressions_[index_of(*file.source)];
    for (RawFinding& raw :
         reading_.of_suppressions(*file.source, suppressions, settings_.require_reason)) {
      if (!settings_.with_fixes) raw.fixes.clear();
      judged_.push_back({.raw = &other_findings_.emplace_back(std::move(raw)), .file = &file});
    }
  }
}

void PartRun::count(const LoadedFile& file) {
  const auto& resources = file.extraction.resources;
  std::size_t next = 0;
  for (std::size_t i = 0; i < file.extraction.contents.size(); ++i) {
    const yaml::Document& document = file.yaml.documents[i];
    bool is_linted = true;
    bool any = false;
    for (; next < resources.size() && resources[next].document == &document; ++next) {
      is_linted = (any && is_linted) || is_judged(resources[next]);
      any = true;
    }
    shared_.tally.count(file.extraction.contents[i], is_linted);
  }
  notify_rejected(file);
  shared_.tally.add_file(
      {.file = file.input->name, .size = file.source->text().size(), .sha256 = file.sha256});
}

bool PartRun::is_judged(const k8s::Resource& resource) const {
  return kinds_.has_own_rules(resource) ||
         (settings_.policies != nullptr && settings_.policies->concerns(resource));
}

/// A document that cannot be read is a finding and, for readers of SARIF, a notification.
void PartRun::notify_rejected(const LoadedFile& file) {
  std::optional<PlaceCompleter> completer;
  const yaml::Document* last = nullptr;
  for (const yaml::Problem& problem : file.yaml.problems) {  // those of a document together
    const yaml::Document& document = file.yaml.documents[problem.document];
    if (document.state != yaml::DocumentState::kRejected || &document == last ||
        problem.kind == yaml::ProblemKind::kDuplicateKey) {
      continue;
    }
    last = &document;
    const std::string_view id = problem.kind == yaml::ProblemKind::kSyntax     ? "TW001"
                                : problem.kind == yaml::ProblemKind::kLimit    ? "TW011"
                                : problem.kind == yaml::ProblemKind::kEncoding ? "TW012"
                                                                               : "TW013";
    if (!completer) completer.emplace(*file.source);
    shared_.tally.notify(file.position, {.level = Severity::kError,
                                         .id = std::string(id),
                                         .message = problem.message,
                                         .file = file.input->name,
                                         .start = completer->position(problem.at.begin)});
  }
}

void PartRun::leave_out_unreported() {
  std::erase_if(judged_,
                [](const JudgedFinding& finding) { return !finding.file->input->reported; });
}

/// By file, place and rule id; a rule may point into another file than the one it judged.
void PartRun::sort() {
  std::ranges::stable_sort(judged_, {}, [](const JudgedFinding& finding) {
    const RawFinding& raw = *finding.raw;
    return std::tuple(finding.file->position, raw.place.span.begin, raw.place.span.end,
                      raw.rule);
  });
}

void PartRun::report_file(const FindingSink& sink) {
  const LoadedFile& file = *judged_[next_].file;
  const auto in_file =
      std::ranges::find_if(judged_.begin() + static_cast<std::ptrdiff_t>(next_), judged_.end(),
                           [&](const JudgedFinding& finding) { return finding.file != &file; });
  const std::size_t end = static_cast<std::size_t>(in_file - judged_.begin());
  complete(
      std::span(judged_).subspan(next_, end - next_), settings_.rules,
      [&](const Source& source) -> const LoadedFile& { return files_[index_of(source)]; },
      [&](Finding&& finding) {
        shared_.tally.count(finding);
        sink(std::move(finding));
      });
  next_ = end;
}

}  // namespace tidewaiter::engine
