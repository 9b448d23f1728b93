#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "k8s/quantity.h"
#include "k8s/quantity_uses.h"

namespace tidewaiter::k8s {
namespace {

/// What people write after a number, in lower case, and what Kubernetes has for it.
struct Unit {
  std::string_view written;
  std::string_view first;
  std::string_view second = {};
};

constexpr Unit kUnits[] = {
    {"", ""},          {"b", ""},     {"byte", ""},       {"bytes", ""},
    {"core", ""},      {"cores", ""}, {"cpu", ""},        {"cpus", ""},
    {"vcpu", ""},      {"vcpus", ""}, {"millicore", "m"}, {"millicores", "m"},
    {"millicpu", "m"}, {"mcpu", "m"}, {"m", "m"},         {"k", "k", "Ki"},
    {"kb", "k", "Ki"}, {"ki", "Ki"},  {"kib", "Ki"},      {"mb", "M", "Mi"},
    {"mi", "Mi"},      {"mib", "Mi"}, {"g", "G", "Gi"},   {"gb", "G", "Gi"},
    {"gi", "Gi"},      {"gib", "Gi"}, {"t", "T", "Ti"},   {"tb", "T", "Ti"},
    {"ti", "Ti"},      {"tib", "Ti"}, {"p", "P", "Pi"},   {"pb", "P", "Pi"},
    {"pi", "Pi"},      {"pib", "Pi"},
};

constexpr std::size_t kLongest = 40;  // of a text that looks like a quantity at all

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

}  // namespace

std::string quantity_suggestion(std::string_view text, std::string_view resource) {
  if (text.size() > kLongest) return {};
  std::string number;
  std::string unit;
  for (const char c : text) {
    const bool is_number = (c >= '0' && c <= '9') || c == '.' || c == ',';
    if (is_number && unit.empty()) {
      number += c == ',' ? '.' : c;
    } else if (!is_blank(c)) {
      unit += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (number.empty()) return {};
  const auto row = std::ranges::find(kUnits, unit, &Unit::written);
  if (row == std::end(kUnits)) return {};
  // '100mi' of cpu was meant to be '100m'.
  const bool milli = resource == "cpu" && row->first == "Mi";
  const std::string first = number + std::string(milli ? "m" : row->first);
  if (first == text || !parse_quantity(first)) return {};
  if (row->second.empty()) return fmt::format("'{}'", first);
  return fmt::format("'{}' or '{}{}'", first, number, row->second);
}

}  // namespace tidewaiter::k8s
