#ifndef TIDEWAITER_RULES_RULE_READER_H_
#define TIDEWAITER_RULES_RULE_READER_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "rules/rule.h"
#include "rules/rule_pack.h"
#include "tidewaiter/result.h"
#include "yaml/file.h"

namespace tidewaiter::rules {

/// Turns the document of one rule file into a Rule, collecting every fault it meets. Used by
/// RulePack only; the rule borrows from the document and the pack.
class RuleReader {
 public:
  /// The keys of one mapping of a rule file.
  struct MappingKeys {
    std::string_view mapping;
    std::vector<std::string_view> known;     ///< Any other is a fault.
    std::vector<std::string_view> required;  ///< Without one of these it is a fault.
  };
  /// All that read() accepts: rule, match, param, check, related, fix and example.
  static std::vector<MappingKeys> accepted_keys();

  RuleReader(const Source& source, RulePack& pack) : source_(source), pack_(pack) {}

  /// The rule; meaningless when errors() is not empty afterwards.
  Rule read(const yaml::File& file);
  const std::vector<Error>& errors() const { return errors_; }

 private:
  /// What to do with the value of one key of a mapping.
  template <class T>
  struct Key {
    std::string_view name;
    void (*read)(RuleReader&, const yaml::Node&, T&);
    bool required = false;
  };
  static std::span<const Key<Rule>> rule_keys();
  static std::span<const Key<Match>> match_keys();
  static std::span<const Key<Param>> param_keys();
  static std::span<const Key<Check>> check_keys();
  static std::span<const Key<RelatedText>> related_keys();
  static std::span<const Key<FixStep>> fix_keys();
  static std::span<const Key<Example>> example_keys();

  template <class T>
  void read_mapping(const yaml::Node& node, std::span<const Key<T>> keys, std::string_view what,
                    T& into);
  template <class T>
  std::span<const T> read_list(const yaml::Node& node, std::string_view what,
                               T (RuleReader::*read_item)(const yaml::Node&));

  /// Whether it has more items than a rule may have; then it fails.
  bool is_too_long(const yaml::Node& node, std::string_view what);
  std::string_view read_string(const yaml::Node& node);
  std::span<const std::string_view> read_strings(const yaml::Node& node);
  Text read_text(const yaml::Node& node);
  bool read_bool(const yaml::Node& node);
  std::optional<double> read_number(const yaml::Node& node);
  Severity read_severity(const yaml::Node& node);
  Status read_status(const yaml::Node& node);
  std::span<const Variable> read_variables(const yaml::Node& node);
  std::span<const Param> read_params(const yaml::Node& node);
  void read_param_type(const yaml::Node& node, Param& param);
  Check read_check(const yaml::Node& node);
  RelatedText read_related(const yaml::Node& node);
  FixStep read_fix_step(const yaml::Node& node);
  Example read_example(const yaml::Node& node);
  void read_example_body(const yaml::Node& node, Example& example);

  void check_rule(const yaml::Node& root, const Rule& rule);
  void check_names(const yaml::Node& root, const Rule& rule);
  /// For what expressions name.
  void check_identifier(const yaml::Node& node, std::string_view name);
  void check_param(const yaml::Node& node, const Param& param);
  void fail(const yaml::Node& node, std::string message);

  const Source& source_;
  RulePack& pack_;
  std::vector<Error> errors_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_RULE_READER_H_
