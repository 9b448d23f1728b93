#include <fmt/core.h>

#include <algorithm>

#include "base/suggest.h"
#include "rules/param_value.h"
#include "rules/rule_reader.h"

// The part of RuleReader that reads `params:`.
namespace tidewaiter::rules {
namespace {

struct TypeWord {
  std::string_view word;
  Param::Type type;
};
constexpr TypeWord kTypeWords[] = {
    {"bool", Param::Type::kBool},         {"int", Param::Type::kInt},
    {"number", Param::Type::kNumber},     {"string", Param::Type::kString},
    {"quantity", Param::Type::kQuantity}, {"duration", Param::Type::kDuration},
    {"regex", Param::Type::kRegex},       {"enum", Param::Type::kEnum},
    {"list", Param::Type::kList},         {"map", Param::Type::kMap},
};

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// The words of "a, b, c".
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(trim(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

std::span<const RuleReader::Key<Param>> RuleReader::param_keys() {
  using R = RuleReader;
  using N = yaml::Node;
  static constexpr Key<Param> kKeys[] = {
      {"type", [](R& r, const N& n, Param& x) { r.read_param_type(n, x); }, true},
      {"value",
       [](R& r, const N& n, Param& x) {
         if (const auto value = constant_of(n, r.source_, r.pack_)) {
           x.value = *value;
         } else {
           r.fail(n, "This value is too large.");
         }
       }},
      {"min", [](R& r, const N& n, Param& x) { x.min = r.read_number(n); }},
      {"max", [](R& r, const N& n, Param& x) { x.max = r.read_number(n); }},
      {"unit", [](R& r, const N& n, Param& x) { x.unit = r.read_string(n); }},
      {"description", [](R& r, const N& n, Param& x) { x.description = r.read_string(n); }},
      {"profiles",
       [](R& r, const N& n, Param& x) {
         std::vector<Param::ProfileValue> values;
         for (std::uint32_t i = 0; i < n.size() && n.is_mapping(); ++i) {
           const yaml::Entry entry = n.entry(i);
           const std::string_view name = entry.key->as_string();
           if (std::ranges::find(kParamProfiles, name) == std::end(kParamProfiles)) {
             r.fail(*entry.value,
                    fmt::format("A param has no value for '{}'; write strict, aks or jobs.",
                                name));
           } else if (const auto value = constant_of(*entry.value, r.source_, r.pack_)) {
             values.push_back({.profile = name, .value = *value});
           }
         }
         x.profiles = r.pack_.keep(values);
       }},
  };
  return kKeys;
}

void RuleReader::read_param_type(const yaml::Node& node, Param& param) {
  const std::string_view text = node.is_sequence() ? std::string_view{} : read_string(node);
  param.type_text = text;
  const auto type_of = [&](std::string_view word) {
    const auto it = std::ranges::find(kTypeWords, trim(word), &TypeWord::word);
    if (it != std::end(kTypeWords)) return it->type;
    std::vector<std::string_view> words;
    for (const TypeWord& w : kTypeWords) words.push_back(w.word);
    fail(node, fmt::format("There is no param type '{}'.{}", word, did_you_mean(word, words)));
    return Param::Type::kString;
  };
  if (text.starts_with("enum[") && text.ends_with(']')) {
    param.type = Param::Type::kEnum;
    param.choices = pack_.keep(split(text.substr(5, text.size() - 6)));
    return;
  }
  std::string_view rest = text;
  Param::Type* levels[] = {&param.type, &param.item, &param.inner};
  for (Param::Type* level : levels) {
    const std::size_t open = rest.find('(');
    *level = type_of(rest.substr(0, open));
    const bool nests = *level == Param::Type::kList || *level == Param::Type::kMap;
    if (nests != (open != rest.npos) || (nests && !rest.ends_with(')'))) {
      return fail(
          node, fmt::format("'{}' is no param type; write for example 'list(string)'.", text));
    }
    if (!nests) return;
    rest = rest.substr(open + 1, rest.size() - open - 2);
  }
  if (!rest.empty()) fail(node, "A param nests at most two lists or maps.");
}

std::span<const Param> RuleReader::read_params(const yaml::Node& node) {
  std::vector<Param> params;
  if (!node.is_mapping()) {
    fail(node, "'params' must be a mapping of names to declarations.");
    return {};
  }
  if (is_too_long(node, "'params'")) return {};
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const yaml::Entry entry = node.entry(i);
    Param param{.name = written_key(*entry.key, source_), .where = entry.key->span()};
    const std::size_t errors_before = errors_.size();
    check_identifier(*entry.key, param.name);
    read_mapping(*entry.value, param_keys(), fmt::format("Param '{}'", param.name), param);
    if (errors_.size() == errors_before) check_param(*entry.value, param);
    params.push_back(param);
  }
  return pack_.keep(params);
}

void RuleReader::check_param(const yaml::Node& node, const Param& param) {
  const auto check = [&](const Constant& value, const yaml::Node* at) {
    const auto fault = fault_of(param, value);
    if (!fault) return;
    fail(node, fault->message);
    if (at != nullptr) errors_.back().where = place_of(*fault, *at);
  };
  check(param.value, node.find("value"));
  const yaml::Node* const profiles = node.find("profiles");
  for (const Param::ProfileValue& value : param.profiles) {
    check(value.value, profiles->find(value.profile));
  }
}

}  // namespace tidewaiter::rules
