#include "rules/rule_reader.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/suggest.h"
#include "yaml/place.h"

namespace tidewaiter::rules {

void RuleReader::fail(const yaml::Node& node, std::string message) {
  errors_.push_back({.code = ErrorCode::kInvalidInput,
                     .message = std::move(message),
                     .where = yaml::place_of(node),
                     .path = source_.name()->shown});
}

template <class T>
void RuleReader::read_mapping(const yaml::Node& node, std::span<const Key<T>> keys,
                              std::string_view what, T& into) {
  if (!node.is_mapping()) {
    return fail(node, fmt::format("{} must be a mapping.", what));
  }
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const yaml::Entry entry = node.entry(i);
    const std::string_view name = entry.key->as_string();
    const auto key = std::ranges::find(keys, name, &Key<T>::name);
    if (key == keys.end()) {
      std::vector<std::string_view> known;
      for (const auto& k : keys) known.push_back(k.name);
      fail(*entry.value,
           fmt::format("{} has no key '{}'.{}", what, name, did_you_mean(name, known)));
    } else if (!entry.value->is_null()) {
      key->read(*this, *entry.value, into);
    }
  }
  for (const auto& key : keys) {
    const yaml::Node* value = node.find(key.name);
    if (key.required && (value == nullptr || value->is_null())) {
      fail(node, fmt::format("{} needs the key '{}'.", what, key.name));
    }
  }
}

// Used by the parts of this class in other files.
template void RuleReader::read_mapping<Param>(const yaml::Node&, std::span<const Key<Param>>,
                                              std::string_view, Param&);
template void RuleReader::read_mapping<Example>(const yaml::Node&,
                                                std::span<const Key<Example>>, std::string_view,
                                                Example&);

template <class T>
std::span<const T> RuleReader::read_list(const yaml::Node& node, std::string_view what,
                                         T (RuleReader::*read_item)(const yaml::Node&)) {
  if (!node.is_sequence()) {
    fail(node, fmt::format("{} must be a list.", what));
    return {};
  }
  if (is_too_long(node, what)) return {};
  std::vector<T> items;
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    items.push_back((this->*read_item)(node.item(i)));
  }
  return pack_.keep(items);
}

bool RuleReader::is_too_long(const yaml::Node& node, std::string_view what) {
  // Each check sees all params and variables, so compiling takes the product of their numbers.
  static constexpr std::uint32_t kMost = 1'000;
  if (node.size() <= kMost) return false;
  fail(node, fmt::format("{} may have at most {} items.", what, kMost));
  return true;
}

std::string_view RuleReader::read_string(const yaml::Node& node) {
  if (node.is_string()) return node.as_string();
  // A number such as `securitySeverity: 8.8` or `since: 1.0` is meant as it is written.
  if (node.is_scalar() && !node.is_null()) return source_.text(node.resolved().span());
  fail(node, "A string must stand here.");
  return {};
}

std::span<const std::string_view> RuleReader::read_strings(const yaml::Node& node) {
  return read_list(node, "This value", &RuleReader::read_string);
}

Text RuleReader::read_text(const yaml::Node& node) {
  if (!node.is_string()) {
    fail(node, "An expression must be a string; quote it.");
    return {};
  }
  return {.text = node.as_string(), .where = node.resolved().span()};
}

bool RuleReader::read_bool(const yaml::Node& node) {
  if (node.kind() == yaml::Kind::kBool) return node.as_bool();
  fail(node, "This value must be true or false.");
  return false;
}

std::optional<double> RuleReader::read_number(const yaml::Node& node) {
  if (node.kind() == yaml::Kind::kInt) return static_cast<double>(node.as_int());
  if (node.kind() == yaml::Kind::kDouble) return node.as_double();
  fail(node, "This value must be a number.");
  return std::nullopt;
}

Severity RuleReader::read_severity(const yaml::Node& node) {
  const std::string_view text = read_string(node);
  for (const Severity severity : {Severity::kNote, Severity::kWarning, Severity::kError}) {
    if (text == tidewaiter::name_of(severity)) return severity;
  }
  fail(node, fmt::format("'{}' is no severity; write error, warning or note.", text));
  return Severity::kWarning;
}

Status RuleReader::read_status(const yaml::Node& node) {
  const std::string_view text = read_string(node);
  for (const Status status : {Status::kStable, Status::kPreview, Status::kDeprecated}) {
    if (text == name_of(status)) return status;
  }
  fail(node, fmt::format("'{}' is no status; write stable, preview or deprecated.", text));
  return Status::kStable;
}

std::span<const Variable> RuleReader::read_variables(const yaml::Node& node) {
  std::vector<Variable> variables;
  if (!node.is_mapping()) {
    fail(node, "'variables' must be a mapping of names to expressions.");
    return {};
  }
  if (is_too_long(node, "'variables'")) return {};
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const yaml::Entry entry = node.entry(i);
    const std::string_view name = written_key(*entry.key, source_);
    check_identifier(*entry.key, name);
    variables.push_back({.name = name, .expr = read_text(*entry.value)});
  }
  return pack_.keep(variables);
}

std::span<const RuleReader::Key<Rule>> RuleReader::rule_keys() {
  using R = RuleReader;
  using N = yaml::Node;
  static constexpr Key<Rule> kKeys[] = {
      {"id",
       [](R& r, const N& n, Rule& x) {
         x.id = r.read_string(n);
         x.id_at = yaml::place_of(n);
       },
       true},
      {"name",
       [](R& r, const N& n, Rule& x) {
         x.name = r.read_string(n);
         x.name_at = yaml::place_of(n);
       },
       true},
      {"aliases", [](R& r, const N& n, Rule& x) { x.aliases = r.read_strings(n); }},
      {"status", [](R& r, const N& n, Rule& x) { x.status = r.read_status(n); }},
      {"since", [](R& r, const N& n, Rule& x) { x.since = r.read_string(n); }},
      {"summary", [](R& r, const N& n, Rule& x) { x.summary = r.read_string(n); }, true},
      {"severity", [](R& r, const N& n, Rule& x) { x.severity = r.read_severity(n); }, true},
      {"precision", [](R& r, const N& n, Rule& x) { x.precision = r.read_string(n); }},
      {"securitySeverity",
       [](R& r, const N& n, Rule& x) { x.security_severity = r.read_string(n); }},
      {"profiles", [](R& r, const N& n, Rule& x) { x.profiles = r.read_strings(n); }},
      {"tags", [](R& r, const N& n, Rule& x) { x.tags = r.read_strings(n); }},
      {"standards", [](R& r, const N& n, Rule& x) { x.standards = r.read_strings(n); }},
      {"equivalents", [](R& r, const N& n, Rule& x) { x.equivalents = r.read_strings(n); }},
      {"references",
       [](R& r, const N& n, Rule& x) {
         x.references = r.read_strings(n);
         for (const std::string_view link : x.references) {
           if (link.starts_with("https://") || link.starts_with("http://")) continue;
           r.fail(n, fmt::format("'{}' is no link; write 'https://…'.", link));
         }
       }},
      {"rationale", [](R& r, const N& n, Rule& x) { x.rationale = r.read_string(n); }},
      {"remediation", [](R& r, const N& n, Rule& x) { x.remediation = r.read_string(n); }},
      {"whenToIgnore", [](R& r, const N& n, Rule& x) { x.when_to_ignore = r.read_string(n); }},
      {"builtin", [](R& r, const N& n, Rule& x) { x.builtin = r.read_bool(n); }},
      {"match",
       [](R& r, const N& n, Rule& x) { r.read_mapping(n, match_keys(), "'match'", x.match); }},
      {"params", [](R& r, const N& n, Rule& x) { x.params = r.read_params(n); }},
      {"variables", [](R& r, const N& n, Rule& x) { x.variables = r.read_variables(n); }},
      {"checks",
       [](R& r, const N& n, Rule& x) {
         x.checks = r.read_list(n, "'checks'", &RuleReader::read_check);
       }},
      {"fix", [](R& r, const N& n,
                 Rule& x) { x.fix = r.read_list(n, "'fix'", &RuleReader::read_fix_step); }},
      {"examples",
       [](R& r, const N& n, Rule& x) {
         x.examples = r.read_list(n, "'examples'", &RuleReader::read_example);
       }},
  };
  return kKeys;
}

std::span<const RuleReader::Key<Match>> RuleReader::match_keys() {
  using R = RuleReader;
  using N = yaml::Node;
  static constexpr Key<Match> kKeys[] = {
      {"kinds",
       [](R& r, const N& n, Match& x) {
         x.kinds = n.is_string() ? r.pack_.keep(std::vector{n.as_string()}) : r.read_strings(n);
         x.all = std::ranges::find(x.kinds, "*") != x.kinds.end();
       }},
      {"pods", [](R& r, const N& n, Match& x) { x.pods = r.read_bool(n); }},
      {"workloads", [](R& r, const N& n, Match& x) { x.workloads = r.read_bool(n); }},
  };
  return kKeys;
}

std::span<const RuleReader::Key<Check>> RuleReader::check_keys() {
  using R = RuleReader;
  using N = yaml::Node;
  static constexpr Key<Check> kKeys[] = {
      {"expr", [](R& r, const N& n, Check& x) { x.expr = r.read_text(n); }, true},
      {"at", [](R& r, const N& n, Check& x) { x.at = r.read_text(n); }},
      {"message", [](R& r, const N& n, Check& x) { x.message = r.read_text(n); }, true},
      {"when", [](R& r, const N& n, Check& x) { x.when = r.read_text(n); }},
      {"each", [](R& r, const N& n, Check& x) { x.each = r.read_text(n); }},
      {"as",
       [](R& r, const N& n, Check& x) {
         x.as = r.read_string(n);
         r.check_identifier(n, x.as);
       }},
      {"severity", [](R& r, const N& n, Check& x) { x.severity = r.read_severity(n); }},
      {"related",
       [](R& r, const N& n, Check& x) {
         x.related = r.read_list(n, "'related'", &RuleReader::read_related);
       }},
      {"variables", [](R& r, const N& n, Check& x) { x.variables = r.read_variables(n); }},
  };
  return kKeys;
}

std::span<const RuleReader::Key<RelatedText>> RuleReader::related_keys() {
  using R = RuleReader;
  using N = yaml::Node;
  static constexpr Key<RelatedText> kKeys[] = {
      {"at", [](R& r, const N& n, RelatedText& x) { x.at = r.read_text(n); }, true},
      {"message", [](R& r, const N& n, RelatedText& x) { x.message = r.read_text(n); }, true},
  };
  return kKeys;
}

std::span<const RuleReader::Key<FixStep>> RuleReader::fix_keys() {
  using R = RuleReader;
  using N = yaml::Node;
  using Action = FixStep::Action;
  static constexpr auto kTarget = [](R& r, const N& n, FixStep& x, Action action) {
    if (!x.target.empty()) r.fail(n, "A fix step has one of 'add', 'set', 'remove', 'quote'.");
    x.action = action;
    x.target = r.read_text(n);
  };
  static constexpr Key<FixStep> kKeys[] = {
      {"add", [](R& r, const N& n, FixStep& x) { kTarget(r, n, x, Action::kAdd); }},
      {"set", [](R& r, const N& n, FixStep& x) { kTarget(r, n, x, Action::kSet); }},
      {"remove", [](R& r, const N& n, FixStep& x) { kTarget(r, n, x, Action::kRemove); }},
      {"quote", [](R& r, const N& n, FixStep& x) { kTarget(r, n, x, Action::kQuote); }},
      {"value", [](R& r, const N& n, FixStep& x) { x.value = r.read_text(n); }},
      {"safe", [](R& r, const N& n, FixStep& x) { x.safe = r.read_bool(n); }},
      {"description", [](R& r, const N& n, FixStep& x) { x.description = r.read_string(n); }},
      {"check",
       [](R& r, const N& n, FixStep& x) {
         const auto index = r.read_number(n);
         if (index && *index >= 0 && *index < 1000) {
           x.check = static_cast<std::uint32_t>(*index);
         }
       }},
  };
  return kKeys;
}

std::vector<RuleReader::MappingKeys> RuleReader::accepted_keys() {
  const auto of = []<class T>(std::string_view mapping, std::span<const Key<T>> keys) {
    MappingKeys result{.mapping = mapping, .known = {}, .required = {}};
    for (const Key<T>& key : keys) {
      result.known.push_back(key.name);
      if (key.required) result.required.push_back(key.name);
    }
    return result;
  };
  return {of("rule", rule_keys()),       of("match", match_keys()),
          of("param", param_keys()),     of("check", check_keys()),
          of("related", related_keys()), of("fix", fix_keys()),
          of("example", example_keys())};
}

Check RuleReader::read_check(const yaml::Node& node) {
  Check check;
  read_mapping(node, check_keys(), "A check", check);
  if (check.each.empty() != check.as.empty()) {
    fail(node, "'each' and 'as' belong together: the list, and the name of its item.");
  }
  return check;
}

RelatedText RuleReader::read_related(const yaml::Node& node) {
  RelatedText related;
  read_mapping(node, related_keys(), "A related place", related);
  return related;
}

FixStep RuleReader::read_fix_step(const yaml::Node& node) {
  FixStep step;
  read_mapping(node, fix_keys(), "A fix step", step);
  if (step.target.empty()) fail(node, "A fix step needs 'add', 'set', 'remove' or 'quote'.");
  const bool writes =
      step.action == FixStep::Action::kAdd || step.action == FixStep::Action::kSet;
  if (writes && step.value.empty()) fail(node, "A fix step that writes needs a 'value'.");
  return step;
}

Rule RuleReader::read(const yaml::File& file) {
  for (const yaml::Problem& problem : file.problems) {
    errors_.push_back(
        {.message = problem.message, .where = problem.at, .path = source_.name()->shown});
  }
  Rule rule;
  if (!errors_.empty()) return rule;
  const yaml::Node* root = nullptr;
  for (const yaml::Document& document : file.documents) {
    if (document.root == nullptr) continue;
    if (root != nullptr) fail(*document.root, "A rule file holds one rule.");
    root = document.root;
  }
  if (root == nullptr) {
    errors_.push_back({.message = "The rule file holds no rule.",
                       .where = ByteSpan{},
                       .path = source_.name()->shown});
    return rule;
  }
  read_mapping(*root, rule_keys(), "A rule", rule);
  check_names(*root, rule);
  if (errors_.empty()) check_rule(*root, rule);
  return rule;
}

void RuleReader::check_rule(const yaml::Node& root, const Rule& rule) {
  if (rule.builtin) {
    if (!rule.checks.empty()) fail(root, "A rule with 'builtin: true' has no checks.");
    return;
  }
  const int matches = (rule.match.kinds.empty() ? 0 : 1) + (rule.match.pods ? 1 : 0) +
                      (rule.match.workloads ? 1 : 0);
  if (matches != 1) {
    fail(root, "'match' needs exactly one of 'kinds', 'pods: true' and 'workloads: true'.");
  }
  if (rule.checks.empty()) fail(root, "A rule needs at least one check under 'checks'.");
  for (const FixStep& step : rule.fix) {
    if (step.check && *step.check >= rule.checks.size()) {
      fail(root, "A fix step names a check that the rule does not have.");
    }
  }
}

std::string_view name_of(Status status) {
  switch (status) {
    case Status::kStable: return "stable";
    case Status::kPreview: return "preview";
    case Status::kDeprecated: return "deprecated";
  }
  return {};
}

}  // namespace tidewaiter::rules
