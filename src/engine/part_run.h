#ifndef TIDEWAITER_ENGINE_PART_RUN_H_
#define TIDEWAITER_ENGINE_PART_RUN_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/completion.h"
#include "engine/folder_names.h"
#include "engine/judgment.h"
#include "engine/kind_index.h"
#include "engine/loaded_file.h"
#include "engine/reading_findings.h"
#include "engine/rule_compiler.h"
#include "engine/run.h"
#include "engine/run_tally.h"
#include "engine/scopes.h"
#include "engine/source_map.h"
#include "engine/suppressions.h"

namespace tidewaiter::engine {

/// Lints one part of a run: files that see each other. Owns them, so that they go with it. Its
/// findings are handed on file by file, as those of other parts come in between.
class PartRun {
 public:
  /// What the parts of a run share.
  struct Shared {
    const Settings& settings;
    const FileSystem& disk;
    RuleCompiler& rules;
    RunTally& tally;
  };

  /// The files are in the order of their positions.
  PartRun(std::vector<LoadedFile> files, const Shared& shared);

  /// Finds all that is to be found. Fails as engine::run.
  Result<void> run();

  /// Everything was reported.
  bool is_done() const { return next_ == judged_.size(); }
  /// Among the inputs, of the file whose findings come next; not when it is done.
  std::size_t next_position() const { return judged_[next_].file->position; }
  /// Completes and hands on the findings in that file.
  void report_file(const FindingSink& sink);

 private:
  /// What each thread judges with.
  struct Judges {
    std::optional<RuleEvaluator> rules;
    std::unique_ptr<ResourceJudge::Worker> policies;
  };
  /// A resource of the part; `linted` as that of its file.
  struct PartResource {
    const k8s::Resource* resource = nullptr;
    bool linted = true;
  };

  Result<void> check_readable();
  void index_resources();
  void judge();
  std::unique_ptr<Judgment> judge(const PartResource& judged, Judges& judges) const;
  void collect();
  void add(const LoadedFile& file, const RawFinding& raw);
  std::size_t index_of(const Source& source) const { return indexes_.at(&source); }
  void note(const LoadedFile& file, const RuleFailure& failure);
  void add_findings_of_suppressions();
  void count(const LoadedFile& file);
  void notify_rejected(const LoadedFile& file);
  bool is_judged(const k8s::Resource& resource) const;
  void leave_out_unreported();
  void sort();

  const Settings& settings_;
  const Shared shared_;
  std::vector<LoadedFile> files_;
  KindIndex kinds_;
  SourceMap sources_;
  FolderNames folders_;
  std::vector<PartResource> resources_;
  Scopes scopes_;
  ReadingFindings reading_;
  std::vector<std::unique_ptr<Judgment>> judgments_;  // of each resource; null for nothing
  std::deque<RawFinding> other_findings_;             // those of no rule's check
  const RuleNames names_;
  std::unordered_map<const Source*, std::size_t> indexes_;  // of the files
  std::deque<Suppressions> suppressions_;                   // by file
  std::vector<JudgedFinding> judged_;
  std::size_t next_ = 0;  // of judged_, to be reported
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_PART_RUN_H_
