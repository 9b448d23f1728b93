#include <fmt/core.h>

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

/// One to three digits, then groups of three behind commas: a thousand, as English writes it.
bool is_grouped(std::string_view number) {
  const std::size_t first = number.find(',');
  if (first == 0 || first > 3 || number.front() == '0') return false;
  for (std::string_view rest = number.substr(first); !rest.empty(); rest.remove_prefix(4)) {
    if (rest.front() != ',' || rest.size() < 4) return false;
    if (rest.substr(1, 3).find_first_not_of("0123456789") != rest.npos) return false;
  }
  return true;
}

}  // namespace

std::string quantity_suggestion(std::string_view text, std::string_view resource) {
  if (text.size() > kLongest) return {};
  std::string number;
  std::string unit;
  for (const char c : text) {
    const bool is_number = (c >= '0' && c <= '9') || c == '.' || c == ',';
    if (is_number && unit.empty()) {
      number += c;
    } else if (!is_blank(c)) {
      unit += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (number.find_first_of("0123456789") == number.npos) return {};
  const auto row = std::ranges::find(kUnits, unit, &Unit::written);
  if (row == std::end(kUnits)) return {};
  // '100mi' of cpu was meant to be '100m'.
  const bool milli = resource == "cpu" && row->first == "Mi";
  const std::string_view suffix = milli ? "m" : row->first;
  const bool is_thousands = is_grouped(number);
  const auto commas = std::ranges::count(number, ',');
  if (commas > 1 && !is_thousands) return {};
  std::string whole = number;
  std::erase(whole, ',');
  std::ranges::replace(number, ',', '.');
  if (commas > 1) number = whole;
  const std::string first = number + std::string(suffix);
  if (first == text || !parse_quantity(first)) return {};
  if (commas == 1 && is_thousands) {
    return row->second.empty() ? fmt::format("'{}{}' or '{}'", whole, suffix, first) : "";
  }
  if (row->second.empty()) return fmt::format("'{}'", first);
  return fmt::format("'{}' or '{}{}'", first, number, row->second);
}

}  // namespace tidewaiter::k8s
