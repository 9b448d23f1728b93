#include "engine/run.h"

#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "engine/loaded_file.h"
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
        sink_(sink),
        rules_(settings),
        tally_(settings.rules) {
    if (!sink_) {
      sink_ = [this](Finding&& finding) { collected_.push_back(std::move(finding)); };
    }
  }

  /// `complete_below`: of the inputs before it, no part to come holds any.
  Result<void> add(std::vector<LoadedFile> files, std::size_t complete_below) {
    auto part = std::make_unique<PartRun>(
        std::move(files),
        PartRun::Shared{
            .settings = settings_, .disk = files_, .rules = rules_, .tally = tally_});
    if (auto done = part->run(); !done) return done;
    wait(std::move(part));
    report(complete_below);
    return {};
  }

  RunResult result() && {
    RunResult result = std::move(tally_).result();
    result.findings = std::move(collected_);
    return result;
  }

 private:
  void wait(std::unique_ptr<PartRun> part) {
    if (part->is_done()) return;
    const std::size_t next = part->next_position();
    waiting_.emplace(next, std::move(part));
  }

  /// Parts interleave: what is found in a file waits until nothing can come before it.
  void report(std::size_t below) {
    while (!waiting_.empty() && waiting_.begin()->first < below) {
      std::unique_ptr<PartRun> part = std::move(waiting_.extract(waiting_.begin()).mapped());
      part->report_file(sink_);
      wait(std::move(part));
    }
  }

  const Settings& settings_;
  const FileSystem& files_;
  FindingSink sink_;
  RuleCompiler rules_;
  RunTally tally_;
  std::vector<Finding> collected_;
  std::map<std::size_t, std::unique_ptr<PartRun>> waiting_;  // by the position that is next
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
