#ifndef TIDEWAITER_ENGINE_RUN_H_
#define TIDEWAITER_ENGINE_RUN_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "cel/function.h"
#include "engine/discover.h"
#include "engine/resource_judge.h"
#include "engine/selection.h"
#include "k8s/pod_template_paths.h"
#include "rules/cluster_settings.h"
#include "tidewaiter/finding.h"
#include "tidewaiter/reporter.h"
#include "tidewaiter/result.h"
#include "yaml/file.h"

namespace tidewaiter::engine {

/// A file to lint.
struct Input {
  std::shared_ptr<const FileName> name;
  std::string path;                      ///< What FileSystem::read gets.
  std::optional<std::string> text = {};  ///< The bytes, when they come from elsewhere (stdin).
  bool named = true;         ///< Named by the user, not found by a walk: must be readable.
  bool if_manifest = false;  ///< JSON from a walk: left out unless looks_like_manifest.
  /// The folder of the Helm chart whose templates/ holds the file; empty for any other file.
  std::string chart = {};
  /// Files with equal ones are deployed together, and see each other (InputFile::scope).
  std::string scope = {};
  std::string below = {};  ///< InputFile::below, for `file.folders`.
  /// False: the file is read for the policies in it, and for what they refer to; its resources
  /// are not judged by rules and are in no scope.
  bool linted = true;
  /// False: the file is linted for what others see of it, and nothing in it is reported.
  bool reported = true;
};

/// A file that discover found.
Input input_of(InputFile file);

/// How a run is to be done. Everything borrowed outlives the run.
struct Settings {
  std::span<const rules::Rule* const>
      all_rules;                        ///< Whether they run or not, for suppressions.
  std::span<const SelectedRule> rules;  ///< Those that run, by id.
  std::vector<std::string> profiles;    ///< The active ones, for params.
  const cel::FunctionRegistry* functions = nullptr;
  std::uint32_t kubernetes_minor = 34;
  k8s::PodTemplatePaths pod_template_paths;
  /// Classes of workloads and sizes of nodes; null: what is built in.
  std::shared_ptr<const rules::ClusterSettings> cluster = {};
  yaml::Limits limits;
  unsigned threads = 1;         ///< The outcome does not depend on it.
  bool with_hashes = false;     ///< Fill FileRecord::sha256.
  bool with_fixes = false;      ///< Fill Finding::fixes; no finding depends on it.
  bool require_reason = false;  ///< A suppression without a reason suppresses nothing.
  const ResourceJudge* policies = nullptr;  ///< Judges every resource too; null: none.
  /// How much text to hold at once where more need not be (Parts); the outcome does not depend
  /// on it.
  std::uint64_t part_bytes = 4U * 1024 * 1024;
};

/// A built-in rule that stayed silent because an evaluation failed.
struct Silence {
  std::string rule;  ///< Its name.
  std::uint64_t resources = 0;
  std::string reason;  ///< Of the first, with its expression and resource.
  /// All were due to values of another type than the API's, or to the size of a resource: no
  /// fault of the rule.
  bool excused = true;
};

/// What a run found.
struct RunResult {
  std::vector<std::string> rule_ids;  ///< Of the rules that ran; Finding::rule is an index.
  std::vector<Finding> findings;      ///< Sorted by path, place, rule id; suppressed ones too.
  RunSummary summary;                 ///< All but exit_code.
  std::uint64_t not_understood = 0;   ///< Documents for --require-understood.
  std::vector<Silence> silences;      ///< By rule; for --verbose.
};

struct LoadedFile;
struct Parts;

/// Gets each finding as soon as it is complete, in output order; it may be freed afterwards.
using FindingSink = std::function<void(Finding&&)>;

/// Reads and lints the inputs, each in its scope, and works out the places of what it finds;
/// part by part (divide). The same inputs and settings give the same result. Findings go to
/// `sink`, one at a time, and then RunResult::findings is empty; without a sink they are
/// collected there. Fails with kIo when an input cannot be read, and with kInvalidInput when an
/// expression of a rule does not compile.
Result<RunResult> run(std::span<const Input> inputs, const Settings& settings,
                      const FileSystem& files, const FindingSink& sink = {});

/// As above, with the parts known.
Result<RunResult> run(std::span<const Input> inputs, const Parts& parts,
                      const Settings& settings, const FileSystem& files,
                      const FindingSink& sink = {});

/// As above, with the files already read (load_files), in one part.
Result<RunResult> run(std::vector<LoadedFile> loaded, const Settings& settings,
                      const FileSystem& files, const FindingSink& sink = {});

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_RUN_H_
