#include "cel/function.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "base/check.h"

namespace tidewaiter::cel {

namespace {

/// The parts of "prefix.name(params) -> result" as text.
struct Signature {
  std::string_view prefix;  ///< Receiver type or namespace; may be empty.
  std::string_view name;
  std::vector<std::string_view> params;
  std::string_view result;
};

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// The pieces of `text` between commas outside parentheses; none if it is blank.
std::vector<std::string_view> split_types(std::string_view text) {
  std::vector<std::string_view> parts;
  if (trimmed(text).empty()) return parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size()) depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (i == text.size() || (text[i] == ',' && depth == 0)) {
      parts.push_back(trimmed(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  return parts;
}

std::optional<Signature> split_signature(std::string_view text) {
  const auto arrow = text.rfind("->");
  if (arrow == std::string_view::npos) return {};
  const std::string_view head = trimmed(text.substr(0, arrow));
  if (head.empty() || head.back() != ')') return {};
  std::size_t open = head.size();
  int depth = 0;
  do {
    if (open-- == 0) return {};
    depth += head[open] == ')' ? 1 : head[open] == '(' ? -1 : 0;
  } while (depth != 0);
  const std::string_view path = head.substr(0, open);
  const auto dot = path.rfind('.');
  const bool bare = dot == std::string_view::npos;
  return Signature{.prefix = bare ? std::string_view{} : trimmed(path.substr(0, dot)),
                   .name = bare ? trimmed(path) : trimmed(path.substr(dot + 1)),
                   .params = split_types(head.substr(open + 1, head.size() - open - 2)),
                   .result = trimmed(text.substr(arrow + 2))};
}

/// Whether what stands before a function's name is the type of a receiver, not a namespace.
bool is_receiver(std::string_view prefix) {
  if (prefix.empty()) return false;
  if (prefix.back() == ')') return true;
  const auto dot = prefix.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? prefix : prefix.substr(dot + 1);
  if (!last.empty() && std::isupper(static_cast<unsigned char>(last.front())) != 0) return true;
  const auto type = Type::parse(prefix);
  return type && type->kind() != TypeKind::kOpaque;
}

Type parse_type(std::string_view text) {
  auto type = Type::parse(text);
  TIDEWAITER_CHECK(type);
  return *std::move(type);
}

}  // namespace

std::string to_string(const Function& function) {
  std::string text;
  if (function.member) text = function.params.front().to_string() + ".";
  text += function.name + "(";
  const std::size_t first = function.member ? 1 : 0;
  for (std::size_t i = first; i < function.params.size(); ++i) {
    if (i != first) text += ", ";
    text += function.params[i].to_string();
  }
  return text + ") -> " + function.result.to_string();
}

void FunctionRegistry::add(std::string_view signature, Purity purity, Callback callback,
                           std::string_view doc, std::uint32_t since) {
  const auto parts = split_signature(signature);
  TIDEWAITER_CHECK(parts && !parts->name.empty());
  Function function{.name = std::string(parts->name),
                    .member = is_receiver(parts->prefix),
                    .params = {},
                    .result = parse_type(parts->result),
                    .purity = purity,
                    .callback = callback,
                    .since = since,
                    .doc = std::string(doc),
                    .topic = topics_.empty() ? std::string_view() : topics_.back()};
  if (function.member) {
    function.params.push_back(parse_type(parts->prefix));
  } else if (!parts->prefix.empty()) {
    function.name = std::string(parts->prefix) + "." + function.name;
  }
  for (const std::string_view param : parts->params) {
    function.params.push_back(parse_type(param));
  }
  by_name_[function.name].push_back(std::move(function));
}

std::span<const Function> FunctionRegistry::overloads(std::string_view name) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return {};
  return found->second;
}

std::vector<std::string_view> FunctionRegistry::names() const {
  std::vector<std::string_view> names;
  names.reserve(by_name_.size());
  for (const auto& [name, overloads] : by_name_) names.push_back(name);
  return names;
}

}  // namespace tidewaiter::cel
