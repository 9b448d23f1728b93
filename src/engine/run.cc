#include "engine/run.h"

#include <limits>
#include <utility>

#include "engine/loaded_file.h"
#include "engine/ordered_findings.h"
#include "engine/part_run.h"
#include "engine/parts.h"
#include "engine/rule_compiler.h"
#include "engine/run_tally.h"

namespace tidewaiter::engine {
namespace {

/// One run, part by part.
class Run {
 public:
  Run(const Settings& settings, const FileSystem& files, const FindingSink& sink)
      : settings_(settings),
        files_(files),
        rules_(settings),
        tally_(settings.rules),
        findings_([this, &sink](Finding&& finding) {
          if (sink) {
            sink(std::move(finding));
          } else {
            collected_.push_back(std::move(finding));
          }
        }) {}

  /// `complete_below`: of the inputs before it, no part to come holds any.
  Result<void> add(std::vector<LoadedFile> part, std::size_t complete_below) {
    findings_.begin_part(complete_below);
    PartRun run(std::move(part), {.settings = settings_,
                                  .disk = files_,
                                  .rules = rules_,
                                  .tally = tally_,
                                  .findings = findings_});
    if (auto done = run.run(); !done) return done;
    findings_.end_part();
    return {};
  }

  RunResult result() && {
    RunResult result = std::move(tally_).result();
    result.findings = std::move(collected_);
    return result;
  }

 private:
  const Settings& settings_;
  const FileSystem& files_;
  RuleCompiler rules_;
  RunTally tally_;
  std::vector<Finding> collected_;
  OrderedFindings findings_;
};

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

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
  const auto parts = divide(inputs, settings, files);
  if (!parts) return parts.error();
  return run(inputs, *parts, settings, files, sink);
}

Result<RunResult> run(std::span<const Input> inputs, const Parts& parts,
                      const Settings& settings, const FileSystem& files,
                      const FindingSink& sink) {
  Run run(settings, files, sink);
  for (std::size_t i = 0; i < parts.inputs.size(); ++i) {
    const bool is_last = i + 1 == parts.inputs.size();
    auto done = run.add(load_files(inputs, parts.inputs[i], settings, files),
                        is_last ? kAll : parts.inputs[i + 1].front());
    if (!done) return done.error();
  }
  return std::move(run).result();
}

Result<RunResult> run(std::vector<LoadedFile> loaded, const Settings& settings,
                      const FileSystem& files, const FindingSink& sink) {
  Run run(settings, files, sink);
  if (auto done = run.add(std::move(loaded), kAll); !done) return done.error();
  return std::move(run).result();
}

}  // namespace tidewaiter::engine
