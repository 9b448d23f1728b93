#ifndef TIDEWAITER_CONFIG_CONFIG_H_
#define TIDEWAITER_CONFIG_CONFIG_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "rules/constant.h"
#include "rules/rule_pack.h"
#include "tidewaiter/finding.h"
#include "tidewaiter/result.h"
#include "tidewaiter/span.h"
#include "yaml/file.h"

namespace tidewaiter::config {

/// From which severity on a run ends with exit code 1.
enum class FailOn : std::uint8_t { kNote, kWarning, kError, kNever };

/// `note`, `warning`, `error` or `never`; nothing for any other word.
std::optional<FailOn> fail_on_named(std::string_view word);

/// The N of a Kubernetes version "1.N", "v1.N" or "1.N.P"; nothing for any other text.
std::optional<std::uint32_t> kubernetes_minor_of(std::string_view version);

/// A text of the config and its place.
struct Word {
  std::string_view text;
  ByteSpan at;
};

/// `rules.<rule>.params.<name>`.
struct ParamSetting {
  Word name;
  rules::Constant value;
  ByteSpan at;                       ///< The entry's place.
  const yaml::Node* node = nullptr;  ///< What `value` was read from.
};

/// `rules.<rule>`, not yet matched with the rule it names.
struct RuleSetting {
  Word rule;                         ///< A name, id or alias, as written.
  std::optional<bool> enabled = {};  ///< False for `off`; true runs it whatever the profile.
  std::optional<Severity> severity = {};
  std::vector<ParamSetting> params = {};
};

/// An entry of `podTemplatePaths`, as written: "argoproj.io/Rollout" and "spec.template".
struct PodTemplatePath {
  Word kind;
  Word path;
};

/// What a `.tidewaiter.yaml` says. Movable; everything borrows from the source and the nodes
/// that it keeps, which stay where they are. A default-made one says nothing.
struct Config {
  std::shared_ptr<const Source> source;  ///< Null when there is no file.

  std::optional<std::vector<Word>> profiles;
  std::optional<std::uint32_t> kubernetes_minor;
  std::optional<FailOn> fail_on;
  std::vector<Word> exclude;    ///< .gitignore patterns, relative to the config's folder.
  std::vector<Word> scopes;     ///< Of folders, likewise.
  std::vector<Word> rule_dirs;  ///< Relative to the config's folder.
  std::vector<Word> policies;   ///< Files, folders or globs, likewise.
  std::vector<RuleSetting> rules;
  std::vector<PodTemplatePath> pod_template_paths;
  rules::Constant workload_classes;  ///< A map of the shape in docs/configuration.md, or null.
  rules::Constant node_pools;        ///< As above.
  rules::Constant node_sizes;        ///< As above.

  yaml::File file;
  rules::RulePack values;  ///< The memory of the constants.
};

/// A config and every fault found in it, each with its place and path; it is to be used only
/// when there is none.
struct ReadConfig {
  Config config;
  std::vector<Error> errors;
};

/// Reads a config as docs/configuration.md says. Never fails otherwise: unknown keys, wrong
/// types, and YAML that does not parse are all in `errors`.
ReadConfig read_config(std::shared_ptr<const Source> source);

}  // namespace tidewaiter::config

#endif  // TIDEWAITER_CONFIG_CONFIG_H_
