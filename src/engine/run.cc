#include "engine/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/place_completer.h"
#include "engine/completion.h"
#include "engine/kind_index.h"
#include "engine/loaded_file.h"
#include "engine/parallel.h"
#include "engine/reading_findings.h"
#include "engine/rule_evaluator.h"
#include "engine/scopes.h"
#include "engine/source_map.h"
#include "engine/suppressions.h"
#include "rules/compiled_rule.h"

namespace tidewaiter::engine {
namespace {

struct NoState {};

/// What each thread judges with.
struct Judges {
  std::optional<RuleEvaluator> rules;
  std::unique_ptr<ResourceJudge::Worker> policies;
};

/// A resource of the run; `linted` as that of its file.
struct RunResource {
  const k8s::Resource* resource = nullptr;
  bool linted = true;
};

/// One run, step by step; each step reads what the ones before it made.
class Run {
 public:
  Run(std::vector<LoadedFile> loaded, const Settings& settings, const FileSystem& files)
      : settings_(settings),
        files_(std::move(loaded)),
        kinds_(settings.rules),
        folders_(files) {}

  Result<RunResult> result(const FindingSink& sink) {
    if (auto error = unreadable()) return *error;
    index_resources();
    if (auto error = compile()) return *error;
    judge();
    collect();
    return report(sink);
  }

 private:
  std::optional<Error> unreadable() {
    for (const LoadedFile& file : files_) {
      if (!file.error) continue;
      if (file.input->named) return file.error;
      if (!file.input->reported) continue;
      summary_.notifications.push_back({.level = Severity::kError,
                                        .id = "unreadable-file",
                                        .message = file.error->message,
                                        .file = file.input->name});
      ++not_understood_;
    }
    std::erase_if(files_, [](const LoadedFile& file) { return file.error.has_value(); });
    return std::nullopt;
  }

  void index_resources() {
    for (const LoadedFile& file : files_) {
      sources_.add(*file.source, file.yaml);
      if (!file.input->text) folders_.add(*file.source, file.input->path, file.input->below);
      for (const k8s::Resource& resource : file.extraction.resources) {
        resources_.push_back({.resource = &resource, .linted = file.input->linted});
        if (!file.input->linted) continue;
        kinds_.add(resource);
      }
    }
    scopes_ = Scopes(files_);
  }

  std::optional<Error> compile() {
    compiled_.resize(settings_.rules.size(), nullptr);
    std::vector<std::uint32_t> needed = kinds_.needed();
    std::vector<std::optional<Error>> errors(needed.size());
    std::vector<std::optional<rules::CompiledRule>> made(needed.size());
    const std::vector<std::string_view> profiles(settings_.profiles.begin(),
                                                 settings_.profiles.end());
    parallel_for<NoState>(needed.size(), settings_.threads, [&](NoState&, std::size_t i) {
      const SelectedRule& selected = settings_.rules[needed[i]];
      auto rule = rules::compile_rule(
          *selected.rule,
          {.functions = settings_.functions,
           .kubernetes_minor = selected.rule->of_user ? settings_.kubernetes_minor : 0,
           .profiles = profiles,
           .thorough = selected.rule->of_user,
           .user_params = selected.params});
      if (rule) {
        made[i] = *std::move(rule);
      } else {
        errors[i] = rule.error();
      }
    });
    for (std::size_t i = 0; i < needed.size(); ++i) {
      if (errors[i]) return errors[i];
      owned_.push_back(std::make_unique<rules::CompiledRule>(*std::move(made[i])));
      compiled_[needed[i]] = owned_.back().get();
    }
    return std::nullopt;
  }

  void judge() {
    const EvaluationContext context{.rules = settings_.rules,
                                    .compiled = compiled_,
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

  Judgment judge(const RunResource& judged, Judges& judges) const {
    Judgment judgment;
    const k8s::Resource& resource = *judged.resource;
    if (judged.linted) {
      judgment =
          judges.rules->judge(resource, scopes_.of(resource), kinds_.rules_for(resource));
    }
    if (judges.policies == nullptr) return judgment;
    judges.policies->inspect(resource, judgment);
    if (judged.linted) judges.policies->judge(resource, judgment);
    return judgment;
  }

  /// Brings all findings together and applies the suppressions.
  void collect() {
    const RuleNames names(settings_.all_rules);
    ReadingFindings reading(settings_.rules);
    for (const LoadedFile& file : files_) {
      suppressions_.emplace(file.source.get(),
                            std::make_unique<Suppressions>(*file.source, file.yaml,
                                                           file.extraction.resources, names));
    }
    std::size_t next_resource = 0;
    for (const LoadedFile& file : files_) {
      std::vector<RawFinding> found = reading.of_file(file);
      for (std::size_t i = 0; i < file.extraction.resources.size(); ++i) {
        Judgment& judgment = judgments_[next_resource++];
        std::ranges::move(judgment.findings, std::back_inserter(found));
        for (const RuleFailure& failure : judgment.failures) {
          if (auto finding = note(failure, reading)) found.push_back(*std::move(finding));
        }
        judgment = {};
      }
      for (RawFinding& raw : found) suppress(file, std::move(raw));
      if (file.input->linted && file.input->reported) count(file);
    }
    add_findings_of_suppressions(reading);
  }

  /// `file` holds what was judged; the finding may lie in another.
  void suppress(const LoadedFile& file, RawFinding raw) {
    const rules::Rule& rule = *settings_.rules[raw.rule].rule;
    const auto apply = [&](const Source& source, std::uint32_t at) {
      return suppressions_.at(&source)->apply(raw, at, rule, settings_.require_reason);
    };
    const Source* in = raw.place.source;
    const SuppressionEntry* by = apply(*in, raw.place.span.begin);
    if (by == nullptr && in != file.source.get() && raw.resource != nullptr) {
      in = file.source.get();
      by = apply(*in, raw.resource->object->span().begin);
    }
    judged_.push_back({.raw = std::move(raw), .suppressed_by = by, .suppressed_in = in});
  }

  void add_findings_of_suppressions(const ReadingFindings& reading) {
    for (const LoadedFile& file : files_) {
      const Suppressions& suppressions = *suppressions_.at(file.source.get());
      for (RawFinding& raw :
           reading.of_suppressions(*file.source, suppressions, settings_.require_reason)) {
        if (!settings_.with_fixes) raw.fixes.clear();
        judged_.push_back({.raw = std::move(raw)});
      }
    }
  }

  /// Counts a failed evaluation; a finding when the rule is the user's.
  std::optional<RawFinding> note(const RuleFailure& failure, const ReadingFindings& reading) {
    if (settings_.rules[failure.rule].rule->of_user) {
      auto finding = reading.of_failure(failure, sources_);
      if (!finding) {  // rule-error is not selected: say it all the same
        summary_.notifications.push_back(
            {.level = failure.severity.value_or(Severity::kWarning),
             .id = "rule-error",
             .message = reading.message_of(failure),
             .file = failure.resource->source->name()});
      }
      return finding;
    }
    Silence& silence = silences_[failure.rule];
    const bool is_first = silence.resources == 0;
    if (is_first || silenced_on_[failure.rule] != failure.resource) ++silence.resources;
    silenced_on_[failure.rule] = failure.resource;
    if (is_first) {
      silence.rule = settings_.rules[failure.rule].rule->name;
      silence.reason =
          fmt::format("{} '{}' in {}: {} (in '{}')", failure.resource->kind,
                      display_name(*failure.resource), failure.resource->source->name()->shown,
                      failure.reason, failure.expression);
    }
    silence.excused = silence.excused && (failure.wrong_type || failure.too_much);
    if (failure.too_much) {
      summary_.notifications.push_back(
          {.level = Severity::kWarning,
           .id = "evaluation-limit",
           .message = fmt::format(
               "Rule '{}' could not judge {} '{}', which is too large for it.", silence.rule,
               failure.resource->kind, display_name(*failure.resource)),
           .file = failure.resource->source->name()});
    }
    return std::nullopt;
  }

  void count(const LoadedFile& file) {
    DocumentCounts& counts = summary_.documents;
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
      count(file.extraction.contents[i], is_linted, counts);
      if (document.state == yaml::DocumentState::kRejected) notify(file, document);
    }
    ++summary_.files;
    summary_.inputs.push_back(
        {.file = file.input->name, .size = file.source->text().size(), .sha256 = file.sha256});
  }

  bool is_judged(const k8s::Resource& resource) const {
    return kinds_.has_own_rules(resource) ||
           (settings_.policies != nullptr && settings_.policies->concerns(resource));
  }

  void count(k8s::Content content, bool is_linted, DocumentCounts& counts) {
    switch (content) {
      case k8s::Content::kResources:
        ++(is_linted ? counts.linted : counts.without_rules);
        break;
      case k8s::Content::kPartial: ++counts.partial; break;
      case k8s::Content::kNotKubernetes: ++counts.not_kubernetes; break;
      case k8s::Content::kEmpty: ++counts.empty; break;
      case k8s::Content::kTemplate:
        ++counts.templates;
        ++not_understood_;
        break;
      case k8s::Content::kNotAResource:
      case k8s::Content::kRejected:
        ++counts.rejected;
        ++not_understood_;
        break;
    }
  }

  /// A document that cannot be read is a finding and, for readers of SARIF, a notification.
  void notify(const LoadedFile& file, const yaml::Document& document) {
    const auto problem = std::ranges::find_if(file.yaml.problems, [&](const auto& p) {
      return p.document == document.index && p.kind != yaml::ProblemKind::kDuplicateKey;
    });
    if (problem == file.yaml.problems.end()) return;
    const std::string_view id = problem->kind == yaml::ProblemKind::kSyntax     ? "TW001"
                                : problem->kind == yaml::ProblemKind::kLimit    ? "TW011"
                                : problem->kind == yaml::ProblemKind::kEncoding ? "TW012"
                                                                                : "TW013";
    summary_.notifications.push_back({.level = Severity::kError,
                                      .id = std::string(id),
                                      .message = problem->message,
                                      .file = file.input->name});
    rejected_.push_back({summary_.notifications.size() - 1, &file, problem->at.begin});
  }

  /// By file, place and rule id; a rule may point into another file than the one it judged.
  void sort() {
    std::unordered_map<const Source*, std::size_t> order;
    for (const LoadedFile& file : files_) order.emplace(file.source.get(), order.size());
    std::ranges::stable_sort(judged_, {}, [&](const JudgedFinding& finding) {
      const RawFinding& raw = finding.raw;
      return std::tuple(order.at(raw.place.source), raw.place.span.begin, raw.place.span.end,
                        raw.rule);
    });
  }

  void count(const Finding& finding) {
    if (!finding.suppressions.empty()) {
      ++summary_.suppressed;
    } else if (finding.severity == Severity::kError) {
      ++summary_.errors;
    } else if (finding.severity == Severity::kWarning) {
      ++summary_.warnings;
    } else {
      ++summary_.notes;
    }
  }

  void leave_out_unreported() {
    std::unordered_set<const Source*> sources;
    std::unordered_set<const FileName*> names;
    for (const LoadedFile& file : files_) {
      if (file.input->reported) continue;
      sources.insert(file.source.get());
      names.insert(file.input->name.get());
    }
    if (sources.empty()) return;
    std::erase_if(judged_, [&](const JudgedFinding& finding) {
      return sources.contains(finding.raw.place.source);
    });
    std::erase_if(summary_.notifications, [&](const Notification& notification) {
      return names.contains(notification.file.get());
    });
  }

  RunResult report(const FindingSink& sink) {
    place_notifications();
    leave_out_unreported();
    sort();
    RunResult result;
    for (const SelectedRule& selected : settings_.rules) {
      result.rule_ids.emplace_back(selected.rule->id);
    }
    complete(judged_, settings_.rules, files_, [&](Finding&& finding) {
      count(finding);
      if (sink) {
        sink(std::move(finding));
      } else {
        result.findings.push_back(std::move(finding));
      }
    });
    std::ranges::sort(summary_.inputs, {}, [](const FileRecord& r) { return r.file->uri; });
    summary_.unjudged.resize(settings_.rules.size(), 0);
    for (auto& [rule, silence] : silences_) {
      summary_.unjudged[rule] = silence.resources;
      result.silences.push_back(std::move(silence));
    }
    result.summary = std::move(summary_);
    result.not_understood = not_understood_;
    return result;
  }

  void place_notifications() {
    const LoadedFile* last = nullptr;
    std::optional<PlaceCompleter> completer;
    for (const auto& [index, file, offset] : rejected_) {
      if (file != last) completer.emplace(*file->source);
      last = file;
      summary_.notifications[index].start = completer->position(offset);
    }
  }

  const Settings& settings_;
  std::vector<LoadedFile> files_;
  KindIndex kinds_;
  SourceMap sources_;
  FolderNames folders_;
  std::vector<RunResource> resources_;
  Scopes scopes_;
  std::vector<std::unique_ptr<rules::CompiledRule>> owned_;
  std::vector<const rules::CompiledRule*> compiled_;
  std::vector<Judgment> judgments_;  // parallel to resources_
  std::unordered_map<const Source*, std::unique_ptr<Suppressions>> suppressions_;
  std::vector<JudgedFinding> judged_;
  std::map<std::uint32_t, Silence> silences_;
  std::map<std::uint32_t, const k8s::Resource*> silenced_on_;  // the resource counted last
  std::vector<std::tuple<std::size_t, const LoadedFile*, std::uint32_t>> rejected_;
  RunSummary summary_;
  std::uint64_t not_understood_ = 0;
};

}  // namespace

Input input_of(InputFile file) {
  return {.name = std::move(file.name),
          .path = std::move(file.path),
          .named = file.named,
          .if_manifest = file.if_manifest,
          .chart = std::move(file.chart),
          .scope = std::move(file.scope),
          .below = std::move(file.below),
          .linted = file.linted};
}

Result<RunResult> run(std::span<const Input> inputs, const Settings& settings,
                      const FileSystem& files, const FindingSink& sink) {
  return run(load_files(inputs, settings, files), settings, files, sink);
}

Result<RunResult> run(std::vector<LoadedFile> loaded, const Settings& settings,
                      const FileSystem& files, const FindingSink& sink) {
  return Run(std::move(loaded), settings, files).result(sink);
}

}  // namespace tidewaiter::engine
