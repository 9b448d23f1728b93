#ifndef TIDEWAITER_CONFIG_CONFIG_READER_H_
#define TIDEWAITER_CONFIG_CONFIG_READER_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"
#include "rules/rule.h"
#include "tidewaiter/result.h"
#include "yaml/node.h"

namespace tidewaiter::config {

/// Turns the document of a config into a Config, collecting every fault it meets. Used by
/// read_config only. The readers of single keys lie in tables beside their topic.
class ConfigReader {
 public:
  explicit ConfigReader(const Source& source) : source_(source) {}

  void read(const yaml::File& file, Config& config);
  const std::vector<Error>& errors() const { return errors_; }

 private:
  template <class T>
  struct Key {
    std::string_view name;
    void (ConfigReader::*read)(const yaml::Node& value, T& into);
  };

  /// Calls the reader of each entry's key; a key that is not in the table is a fault. Entries
  /// whose value is null count as absent.
  template <class T>
  void read_mapping(const yaml::Node& node, std::string_view what, std::span<const Key<T>> keys,
                    T& into);
  bool expect_mapping(const yaml::Node& node, std::string_view what, std::string_view example);

  void read_profiles(const yaml::Node& node, Config& config);
  void read_kubernetes_version(const yaml::Node& node, Config& config);
  void read_fail_on(const yaml::Node& node, Config& config);
  void read_exclude(const yaml::Node& node, Config& config);
  void read_scopes(const yaml::Node& node, Config& config);
  void read_rule_dirs(const yaml::Node& node, Config& config);
  void read_policies(const yaml::Node& node, Config& config);
  void read_rules(const yaml::Node& node, Config& config);
  void read_pod_template_paths(const yaml::Node& node, Config& config);
  void read_workload_classes(const yaml::Node& node, Config& config);
  void read_node_pools(const yaml::Node& node, Config& config);
  void read_node_sizes(const yaml::Node& node, Config& config);
  void reject_unsupported(const yaml::Node& node, Config& config);

  void read_rule(const yaml::Entry& entry, Config& config);
  void read_rule_severity(const yaml::Node& node, RuleSetting& rule);
  void read_rule_enabled(const yaml::Node& node, RuleSetting& rule);
  void read_rule_params(const yaml::Node& node, RuleSetting& rule);

  std::vector<Word> read_words(const yaml::Node& node, std::string_view what);
  /// The value for a rule; null, with a fault, when it stands for too many values.
  rules::Constant read_constant(const yaml::Node& node);
  /// Checks the entries of a mapping against declarations as for the params of a rule.
  void check_fields(const yaml::Node& node, std::string_view what,
                    std::span<const rules::Param> fields);

  void fail(const yaml::Node& node, std::string message);

  const Source& source_;
  rules::RulePack* values_ = nullptr;
  std::vector<Error> errors_;
};

}  // namespace tidewaiter::config

#endif  // TIDEWAITER_CONFIG_CONFIG_READER_H_
