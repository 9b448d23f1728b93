#ifndef TIDEWAITER_CLI_OPTIONS_H_
#define TIDEWAITER_CLI_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "yaml/file.h"

// The command line as plain data: what was typed, nothing looked up yet. Absent means that the
// flag was not given.
namespace tidewaiter::cli {

enum class ColorChoice : std::uint8_t { kAuto, kAlways, kNever };

/// For whom SARIF is written: everything, or what GitHub shows rightly.
enum class SarifProfile : std::uint8_t { kFull, kGithub };

struct CheckOptions {
  std::vector<std::string> paths = {};      ///< Files, folders or "-"; none: ".".
  bool changed_only = false;                ///< Report on `paths`, lint the working folder.
  std::vector<std::string> formats = {};    ///< "sarif" or "sarif=FILE"; none: "text".
  std::optional<std::string> output = {};   ///< Where formats without a FILE go.
  std::vector<std::string> profiles = {};   ///< As typed: commas not split.
  std::vector<std::string> select = {};     ///< Likewise.
  std::vector<std::string> ignore = {};     ///< Likewise.
  std::vector<std::string> exclude = {};    ///< .gitignore patterns.
  std::vector<std::string> rules = {};      ///< Folders of the user's own rules.
  std::vector<std::string> policies = {};   ///< Files and folders with policies.
  std::optional<std::string> fail_on = {};  ///< error, warning, note or never.
  std::optional<std::string> config = {};   ///< The config's path.
  bool no_config = false;
  std::optional<std::string> root = {};
  std::optional<std::string> kubernetes_version = {};
  std::optional<std::string> stdin_filename = {};
  SarifProfile sarif_profile = SarifProfile::kFull;
  bool no_ignore_files = false;
  bool reproducible = false;
  bool require_understood = false;
  bool require_reason = false;
  bool quiet = false;
  bool verbose = false;
  ColorChoice color = ColorChoice::kAuto;
  unsigned jobs = 0;  ///< Threads; 0: one for each processor.
  yaml::Limits limits = {};
};

struct ExplainOptions {
  std::vector<std::string> rules = {};      ///< Names, ids, aliases or other linters' ids.
  std::vector<std::string> rule_dirs = {};  ///< --rules
  ColorChoice color = ColorChoice::kAuto;
};

struct DumpOptions {
  std::vector<std::string> paths = {};  ///< Files or "-".
  yaml::Limits limits = {};
};

enum class EvalFormat : std::uint8_t { kText, kRaw, kJson };

struct EvalOptions {
  std::string expression = {};
  std::vector<std::string> paths = {};  ///< Files, folders or "-"; none: no resource.
  std::vector<std::string> kinds = {};  ///< Only resources of these: "Job", "batch/Job".
  EvalFormat format = EvalFormat::kText;
  std::optional<std::string> kubernetes_version = {};
  std::optional<std::string> config = {};  ///< The config's path.
  bool no_config = false;
  yaml::Limits limits = {};
};

enum class GraphFormat : std::uint8_t { kText, kDot, kMermaid, kJson };

struct GraphOptions {
  std::vector<std::string> paths = {};  ///< Files, folders or "-"; none: ".".
  GraphFormat format = GraphFormat::kText;
  std::optional<std::string> config = {};  ///< The config's path.
  bool no_config = false;
  yaml::Limits limits = {};
};

enum class ListFormat : std::uint8_t { kText, kJson, kMarkdown };

struct RulesOptions {
  ListFormat format = ListFormat::kText;
  std::vector<std::string> profiles = {};   ///< Rules of any of these; none: all.
  std::vector<std::string> tags = {};       ///< Likewise.
  std::vector<std::string> kinds = {};      ///< Likewise: "Job", "batch/Job".
  std::vector<std::string> rule_dirs = {};  ///< --rules
};

struct PolicyExportOptions {
  std::vector<std::string> rules = {};      ///< --rule: as typed, commas not split; none: all.
  std::vector<std::string> profiles = {};   ///< As typed: commas not split.
  std::optional<std::string> action = {};   ///< Deny, Warn or Audit.
  std::vector<std::string> rule_dirs = {};  ///< --rules
  std::optional<std::string> kubernetes_version = {};
  std::optional<std::string> config = {};  ///< The config's path.
  bool no_config = false;
};

struct TestOptions {
  std::vector<std::string> folders = {};  ///< Of rule files, or single ones.
  std::vector<std::string> rules = {};    ///< --rule: names, ids or aliases; none: all.
  bool json = false;
};

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_OPTIONS_H_
