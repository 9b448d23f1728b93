#include "rules/rule_pack.h"

#include <cstring>

#include "rules/rule_reader.h"

namespace tidewaiter::rules {

std::string_view RulePack::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* memory = static_cast<char*>(pool_->allocate(text.size(), 1));
  std::memcpy(memory, text.data(), text.size());
  return {memory, text.size()};
}

std::vector<Error> RulePack::add(std::shared_ptr<const Source> source, std::string_view group,
                                 bool of_user) {
  auto file = std::make_unique<yaml::File>(yaml::read(*source));
  RuleReader reader(*source, *this);
  Rule rule = reader.read(*file);
  if (!reader.errors().empty()) return reader.errors();
  if (of_user && rule.builtin) {
    return {{.message =
                 "Only tidewaiter's own rules about reading are 'builtin'; write 'match' "
                 "and 'checks'.",
             .where = ByteSpan{},
             .path = source->name()->shown}};
  }
  rule.group = keep(group);
  rule.file = keep(source->name()->shown);
  rule.source = source->text();
  rule.of_user = of_user;
  rules_.push_back(rule);
  sources_.push_back(std::move(source));
  files_.push_back(std::move(file));
  return {};
}

namespace {

/// Recursion is bounded by the reader's depth limit, the work by `budget`.
Constant convert(const yaml::Node& node, const Source& source, RulePack& pack, int& budget) {
  using Kind = Constant::Kind;
  if (--budget < 0) return {};
  switch (node.kind()) {
    case yaml::Kind::kNull: return {};
    case yaml::Kind::kBool: return {.kind = Kind::kBool, .boolean = node.as_bool()};
    case yaml::Kind::kInt: return {.kind = Kind::kInt, .integer = node.as_int()};
    case yaml::Kind::kUint:
      return {.kind = Kind::kDouble, .floating = static_cast<double>(node.as_uint())};
    case yaml::Kind::kDouble: return {.kind = Kind::kDouble, .floating = node.as_double()};
    case yaml::Kind::kString: return {.kind = Kind::kString, .text = node.as_string()};
    case yaml::Kind::kSequence: {
      std::vector<Constant> items;
      for (std::uint32_t i = 0; i < node.size() && budget > 0; ++i) {
        items.push_back(convert(node.item(i), source, pack, budget));
      }
      return {.kind = Kind::kList, .items = pack.keep(items)};
    }
    case yaml::Kind::kMapping: {
      std::vector<Constant> items;
      std::vector<std::string_view> keys;
      for (std::uint32_t i = 0; i < node.size() && budget > 0; ++i) {
        const yaml::Entry entry = node.entry(i);
        keys.push_back(written_key(*entry.key, source));
        items.push_back(convert(*entry.value, source, pack, budget));
      }
      return {.kind = Kind::kMap, .items = pack.keep(items), .keys = pack.keep(keys)};
    }
  }
  return {};
}

}  // namespace

std::string_view written_key(const yaml::Node& key, const Source& source) {
  return key.is_plain() ? source.text(key.resolved().span()) : key.as_string();
}

std::optional<Constant> constant_of(const yaml::Node& node, const Source& source,
                                    RulePack& pack) {
  int budget = 10'000;
  Constant constant = convert(node, source, pack, budget);
  if (budget < 0) return std::nullopt;
  return constant;
}

}  // namespace tidewaiter::rules
