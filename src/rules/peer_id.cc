#include "rules/peer_id.h"

#include <algorithm>

namespace tidewaiter::rules {
namespace {

constexpr std::string_view kTrivy = "trivy";
constexpr std::string_view kTrivyDatabase = "AVD-";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return same(text.substr(0, prefix.size()), prefix);
}

/// The letters and the number of one of Trivy's ids: "KSV" and "17" of AVD-KSV-0017.
struct TrivyId {
  std::string_view family;
  std::string_view number;
};

TrivyId trivy_id(std::string_view id) {
  if (starts_with(id, kTrivyDatabase)) id.remove_prefix(kTrivyDatabase.size());
  const std::size_t digits = std::min(id.find_first_of("0123456789"), id.size());
  std::string_view family = id.substr(0, digits);
  if (family.ends_with('-')) family.remove_suffix(1);
  id.remove_prefix(digits);
  id.remove_prefix(std::min(id.find_first_not_of('0'), id.size()));
  return {.family = family, .number = id};
}

}  // namespace

std::string_view linter_of(std::string_view equivalent) {
  const std::size_t slash = equivalent.find('/');
  return slash == equivalent.npos ? std::string_view{} : equivalent.substr(0, slash);
}

std::string_view peer_id_of(std::string_view equivalent) {
  return equivalent.substr(equivalent.find('/') + 1);  // npos + 1 is 0: no slash, the whole
}

bool means_equivalent(std::string_view word, std::string_view equivalent) {
  if (same(word, equivalent)) return true;
  const std::string_view linter = linter_of(equivalent);
  const std::string_view named = linter_of(word);
  if (!named.empty() && !same(named, linter)) return false;
  const std::string_view id = named.empty() ? word : peer_id_of(word);
  if (id.empty()) return false;
  const std::string_view theirs = peer_id_of(equivalent);
  if (same(id, theirs)) return true;
  if (theirs.ends_with('*')) return starts_with(id, theirs.substr(0, theirs.size() - 1));
  if (linter != kTrivy) return false;
  const TrivyId a = trivy_id(id);
  const TrivyId b = trivy_id(theirs);
  return !b.number.empty() && same(a.family, b.family) && a.number == b.number;
}

}  // namespace tidewaiter::rules
