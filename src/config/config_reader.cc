#include "config/config_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/suggest.h"
#include "yaml/place.h"

namespace tidewaiter::config {

void ConfigReader::fail(const yaml::Node& node, std::string message) {
  errors_.push_back({.code = ErrorCode::kInvalidInput,
                     .message = std::move(message),
                     .where = yaml::place_of(node),
                     .path = source_.name()->shown});
}

bool ConfigReader::expect_mapping(const yaml::Node& node, std::string_view what,
                                  std::string_view example) {
  if (node.is_mapping()) return true;
  fail(node, fmt::format("{} must be a mapping, for example '{}'.", what, example));
  return false;
}

template <class T>
void ConfigReader::read_mapping(const yaml::Node& node, std::string_view what,
                                std::span<const Key<T>> keys, T& into) {
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const yaml::Entry entry = node.entry(i);
    const std::string_view name = entry.key->as_string();
    const auto key = std::ranges::find(keys, name, &Key<T>::name);
    if (key != keys.end()) {
      if (!entry.value->is_null()) (this->*key->read)(*entry.value, into);
      continue;
    }
    std::vector<std::string_view> known;
    for (const auto& k : keys) known.push_back(k.name);
    fail(*entry.key,
         fmt::format("{} has no key '{}'.{}", what, name, did_you_mean(name, known)));
  }
}

void ConfigReader::read(const yaml::File& file, Config& config) {
  values_ = &config.values;
  for (const yaml::Problem& problem : file.problems) {
    errors_.push_back({.code = ErrorCode::kInvalidInput,
                       .message = problem.message,
                       .where = problem.at,
                       .path = source_.name()->shown});
  }
  if (!errors_.empty()) return;
  using R = ConfigReader;
  static constexpr Key<Config> kKeys[] = {
      {"profiles", &R::read_profiles},
      {"kubernetesVersion", &R::read_kubernetes_version},
      {"exclude", &R::read_exclude},
      {"scopes", &R::read_scopes},
      {"failOn", &R::read_fail_on},
      {"rules", &R::read_rules},
      {"overrides", &R::reject_unsupported},
      {"workloadClasses", &R::read_workload_classes},
      {"nodePools", &R::read_node_pools},
      {"nodeSizes", &R::read_node_sizes},
      {"podTemplatePaths", &R::read_pod_template_paths},
      {"policies", &R::read_policies},
      {"ruleDirs", &R::read_rule_dirs},
  };
  const yaml::Node* root = nullptr;
  for (const yaml::Document& document : file.documents) {
    if (document.root == nullptr) continue;
    if (root != nullptr) return fail(*document.root, "A config is one YAML document.");
    root = document.root;
  }
  if (root == nullptr || !expect_mapping(*root, "A config", "profiles: [recommended]")) return;
  read_mapping<Config>(*root, "The config", kKeys, config);
}

std::vector<Word> ConfigReader::read_words(const yaml::Node& node, std::string_view what) {
  std::vector<Word> words;
  if (!node.is_sequence()) {
    fail(node, fmt::format("'{}' must be a list of strings.", what));
    return words;
  }
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const yaml::Node& item = node.item(i);
    if (!item.is_string() || item.as_string().empty()) {
      fail(item, fmt::format("Each item of '{}' must be a string that is not empty.", what));
    } else {
      words.push_back({.text = item.as_string(), .at = yaml::place_of(item)});
    }
  }
  return words;
}

void ConfigReader::read_profiles(const yaml::Node& node, Config& config) {
  config.profiles = read_words(node, "profiles");
  for (const Word& word : *config.profiles) {
    if (std::ranges::find(rules::kProfiles, word.text) != std::end(rules::kProfiles)) continue;
    errors_.push_back({.message = fmt::format("There is no profile '{}'.{}", word.text,
                                              did_you_mean(word.text, rules::kProfiles)),
                       .where = word.at,
                       .path = source_.name()->shown});
  }
}

void ConfigReader::read_kubernetes_version(const yaml::Node& node, Config& config) {
  const std::string_view written = source_.text(node.resolved().span());
  if (!node.is_string()) {
    return fail(node, fmt::format("'kubernetesVersion' must be a string: without quotes, YAML "
                                  "reads 1.30 as the number 1.3. Write for example \"1.34\"."));
  }
  config.kubernetes_minor = kubernetes_minor_of(node.as_string());
  if (!config.kubernetes_minor) {
    fail(node,
         fmt::format("{} is no version of Kubernetes; write for example \"1.34\".", written));
  }
}

void ConfigReader::read_fail_on(const yaml::Node& node, Config& config) {
  config.fail_on = fail_on_named(node.as_string());
  if (!config.fail_on) fail(node, "'failOn' must be error, warning, note or never.");
}

void ConfigReader::read_exclude(const yaml::Node& node, Config& config) {
  config.exclude = read_words(node, "exclude");
}

void ConfigReader::read_scopes(const yaml::Node& node, Config& config) {
  config.scopes = read_words(node, "scopes");
}

void ConfigReader::read_rule_dirs(const yaml::Node& node, Config& config) {
  config.rule_dirs = read_words(node, "ruleDirs");
}

void ConfigReader::read_policies(const yaml::Node& node, Config& config) {
  config.policies = read_words(node, "policies");
}

void ConfigReader::reject_unsupported(const yaml::Node& node, Config&) {
  fail(node, fmt::format("'{}' is not supported by this version of tidewaiter yet; remove it.",
                         node.key()->as_string()));
}

rules::Constant ConfigReader::read_constant(const yaml::Node& node) {
  if (const auto value = rules::constant_of(node, source_, *values_)) return *value;
  fail(node, "This value is too large: it stands for more than 10,000 values.");
  return {};
}

void ConfigReader::read_rules(const yaml::Node& node, Config& config) {
  if (!expect_mapping(node, "'rules'", "job-ttl: {severity: error}")) return;
  for (std::uint32_t i = 0; i < node.size(); ++i) read_rule(node.entry(i), config);
}

void ConfigReader::read_rule(const yaml::Entry& entry, Config& config) {
  using R = ConfigReader;
  static constexpr Key<RuleSetting> kKeys[] = {
      {"severity", &R::read_rule_severity},
      {"params", &R::read_rule_params},
      {"enabled", &R::read_rule_enabled},
  };
  const yaml::Node& value = *entry.value;
  const std::string_view name = entry.key->as_string();
  RuleSetting rule{.rule = {.text = name, .at = yaml::place_of(*entry.key)}};
  if (value.kind() == yaml::Kind::kBool) {
    rule.enabled = value.as_bool();
  } else if (value.as_string() == "off" || value.as_string() == "on") {
    rule.enabled = value.as_string() == "on";
  } else if (value.is_mapping()) {
    read_mapping<RuleSetting>(value, fmt::format("The setting of rule '{}'", name), kKeys,
                              rule);
  } else if (!value.is_null()) {
    fail(value, fmt::format("The setting of rule '{}' must be off, or a mapping such as "
                            "'{{severity: error, params: {{…}}}}'.",
                            name));
  }
  config.rules.push_back(std::move(rule));
}

void ConfigReader::read_rule_severity(const yaml::Node& node, RuleSetting& rule) {
  for (const Severity severity : {Severity::kNote, Severity::kWarning, Severity::kError}) {
    if (node.as_string() == name_of(severity)) rule.severity = severity;
  }
  if (!rule.severity) {
    fail(node,
         "'severity' must be error, warning or note; to switch a rule off, write "
         "'enabled: false'.");
  }
}

void ConfigReader::read_rule_enabled(const yaml::Node& node, RuleSetting& rule) {
  if (node.kind() != yaml::Kind::kBool) return fail(node, "'enabled' must be true or false.");
  rule.enabled = node.as_bool();
}

void ConfigReader::read_rule_params(const yaml::Node& node, RuleSetting& rule) {
  if (!expect_mapping(node, "'params'", "max: 3")) return;
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const yaml::Entry entry = node.entry(i);
    if (entry.value->is_null()) continue;
    rule.params.push_back({.name = {.text = rules::written_key(*entry.key, source_),
                                    .at = yaml::place_of(*entry.key)},
                           .value = read_constant(*entry.value),
                           .at = yaml::place_of(*entry.value),
                           .node = entry.value});
  }
}

ReadConfig read_config(std::shared_ptr<const Source> source) {
  ReadConfig result;
  result.config.file = yaml::read(*source);
  ConfigReader reader(*source);
  reader.read(result.config.file, result.config);
  result.config.source = std::move(source);
  result.errors = reader.errors();
  return result;
}

}  // namespace tidewaiter::config
