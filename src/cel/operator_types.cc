#include "cel/operator_types.h"

#include <array>
#include <string>

#include <fmt/core.h>

namespace tidewaiter::cel {

namespace {

struct Operator {
  std::string_view name;
  std::string_view symbol;
};

constexpr std::array kOperators = {
    Operator{"_&&_", "&&"},  Operator{"_||_", "||"},      Operator{"!_", "!"},
    Operator{"-_", "-"},     Operator{"_==_", "=="},      Operator{"_!=_", "!="},
    Operator{"_<_", "<"},    Operator{"_<=_", "<="},      Operator{"_>_", ">"},
    Operator{"_>=_", ">="},  Operator{"@in", "in"},       Operator{"_+_", "+"},
    Operator{"_-_", "-"},    Operator{"_*_", "*"},        Operator{"_/_", "/"},
    Operator{"_%_", "%"},    Operator{"_[_]", "[]"},      Operator{"_[?_]", "[?]"},
    Operator{"_?_:_", "?:"}, Operator{"@present", "has"},
};

constexpr std::array<std::string_view, 42> kSignatures = {
    "_&&_(bool, bool) -> bool",
    "_||_(bool, bool) -> bool",
    "!_(bool) -> bool",
    "-_(int) -> int",
    "-_(double) -> double",
    "_==_(A, A) -> bool",
    "_!=_(A, A) -> bool",
    "@in(A, list(A)) -> bool",
    "@in(A, map(A, B)) -> bool",
    "_+_(int, int) -> int",
    "_+_(uint, uint) -> uint",
    "_+_(double, double) -> double",
    "_+_(string, string) -> string",
    "_+_(bytes, bytes) -> bytes",
    "_+_(list(A), list(A)) -> list(A)",
    "_+_(duration, duration) -> duration",
    "_+_(duration, timestamp) -> timestamp",
    "_+_(timestamp, duration) -> timestamp",
    "_-_(int, int) -> int",
    "_-_(uint, uint) -> uint",
    "_-_(double, double) -> double",
    "_-_(duration, duration) -> duration",
    "_-_(timestamp, duration) -> timestamp",
    "_-_(timestamp, timestamp) -> duration",
    "_*_(int, int) -> int",
    "_*_(uint, uint) -> uint",
    "_*_(double, double) -> double",
    "_/_(int, int) -> int",
    "_/_(uint, uint) -> uint",
    "_/_(double, double) -> double",
    "_%_(int, int) -> int",
    "_%_(uint, uint) -> uint",
    "_?_:_(bool, A, A) -> A",
    "@present(A) -> bool",
    "_[_](list(A), int) -> A",
    "_[_](map(A, B), A) -> B",
    "_[_](optional_type(list(A)), int) -> optional_type(A)",
    "_[_](optional_type(map(A, B)), A) -> optional_type(B)",
    "_[?_](list(A), int) -> optional_type(A)",
    "_[?_](map(A, B), A) -> optional_type(B)",
    "_[?_](optional_type(list(A)), int) -> optional_type(A)",
    "_[?_](optional_type(map(A, B)), A) -> optional_type(B)",
};

constexpr std::array<std::string_view, 4> kComparisons = {"_<_", "_<=_", "_>_", "_>=_"};
constexpr std::array<std::string_view, 8> kOrdered = {
    "bool", "int", "uint", "double", "string", "bytes", "duration", "timestamp"};
constexpr std::array<std::string_view, 3> kNumbers = {"int", "uint", "double"};

FunctionRegistry make_operators() {
  FunctionRegistry registry;
  // Numbers of two types compare since Kubernetes 1.28.
  static constexpr std::uint32_t kMixedSince = 28;
  const auto add = [&](std::string_view signature, std::uint32_t since = 0) {
    registry.add(signature, Purity::kPure, nullptr, {}, since);
  };
  for (const std::string_view signature : kSignatures) add(signature);
  for (const std::string_view name : kComparisons) {
    for (const std::string_view type : kOrdered) {
      add(fmt::format("{}({}, {}) -> bool", name, type, type));
    }
    for (const std::string_view left : kNumbers) {
      for (const std::string_view right : kNumbers) {
        if (left != right) {
          add(fmt::format("{}({}, {}) -> bool", name, left, right), kMixedSince);
        }
      }
    }
  }
  return registry;
}

}  // namespace

const FunctionRegistry& operator_types() {
  static const FunctionRegistry registry = make_operators();
  return registry;
}

bool is_operator(std::string_view name) {
  return !operator_symbol(name).empty();
}

std::string_view operator_symbol(std::string_view name) {
  for (const Operator& known : kOperators) {
    if (known.name == name) return known.symbol;
  }
  return {};
}

}  // namespace tidewaiter::cel
