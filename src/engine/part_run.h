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
#include "engine/ordered_findings.h"
#include "engine/reading_findings.h"
#include "engine/rule_compiler.h"
#include "engine/run.h"
#include "engine/run_tally.h"
#include "engine/scopes.h"
#include "engine/source_map.h"
#include "engine/suppressions.h"

namespace tidewaiter::engine {

/// Lints one part of a run: files that see each other. Owns them, so that they go with it.
class PartRun {
 public:
  /// What the parts of a run share.
  struct Shared {
    const Settings& settings;
    const FileSystem& disk;
    RuleCompiler& rules;
    RunTally& tally;
    OrderedFindings& findings;
  };

  /// The files are in the order of their positions.
  PartRun(std::vector<LoadedFile> files, const Shared& shared);

  /// Step by step; each reads what the ones before it made. Fails as engine::run.
  Result<void> run();

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
  void report();

  const Settings& settings_;
  const Shared& shared_;
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
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_PART_RUN_H_
