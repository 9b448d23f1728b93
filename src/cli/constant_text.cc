#include "cli/constant_text.h"

#include <fmt/core.h>

#include <string_view>

namespace tidewaiter::cli {
namespace {

/// A word of letters with digits, `-`, `.`, `/`, `_` inside, that is no YAML 1.1 boolean or
/// null.
bool is_plain(std::string_view text) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (const std::string_view word :
       {"y",   "n",  "yes", "no",  "on",   "off",   "true", "false", "null",
        "Y",   "N",  "Yes", "No",  "On",   "Off",   "True", "False", "Null",
        "YES", "NO", "ON",  "OFF", "TRUE", "FALSE", "NULL"}) {
    if (text == word) return false;
  }
  if (text.empty() || kLetters.find(text.front()) == kLetters.npos) return false;
  for (const char c : text) {
    if (kLetters.find(c) == kLetters.npos &&
        std::string_view("0123456789-./_").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

std::string quoted(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string result = "'";
  for (const char c : text) result.append(c == '\'' ? 2 : 1, c);
  return result + "'";
}

}  // namespace

// Recursion is bounded: a rule file nests no deeper than the reader allows.
std::string flow_yaml(const rules::Constant& value) {
  using Kind = rules::Constant::Kind;
  std::string result;
  switch (value.kind) {
    case Kind::kNull: return "null";
    case Kind::kBool: return value.boolean ? "true" : "false";
    case Kind::kInt: return fmt::format("{}", value.integer);
    case Kind::kDouble: return fmt::format("{}", value.floating);
    case Kind::kString: return quoted(value.text);
    case Kind::kList:
      for (const rules::Constant& item : value.items) {
        result += (result.empty() ? "" : ", ") + flow_yaml(item);
      }
      return "[" + result + "]";
    case Kind::kMap:
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (i != 0) result += ", ";
        result += quoted(value.keys[i]) + ": " + flow_yaml(value.items[i]);
      }
      return "{" + result + "}";
  }
  return result;
}

}  // namespace tidewaiter::cli
