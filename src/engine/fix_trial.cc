#include "engine/fix_trial.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "fix/fix_set.h"

namespace tidewaiter::engine {
namespace {

/// Fixes of one place come one after the other; more rounds would be a circle.
constexpr int kMostRounds = 20;

/// A path without the indices of list items, which move when one before them is removed.
std::string without_indices(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    const bool is_index = part.find_first_not_of("0123456789") == part.npos;
    result += is_index ? std::string_view("*") : part;
    result += '/';
  }
  return result;
}

/// What stays of a finding when its lines move: rule, object, path and message.
using Identity = std::tuple<std::string, std::string, std::string, std::string>;

std::multiset<Identity> identities(const RunResult& result) {
  std::multiset<Identity> all;
  for (const Finding& finding : result.findings) {
    if (!finding.suppressions.empty()) continue;
    all.emplace(result.rule_ids[finding.rule], finding.resource.name,
                without_indices(finding.path), finding.message);
  }
  return all;
}

bool has_fix(const Finding& finding) {
  return !finding.fixes.empty();
}

FileTexts applied(const fix::FixSet& fixes, const FileTexts& files) {
  FileTexts edited;
  for (const auto& [path, text] : files) edited.emplace(path, fixes.apply(path, text));
  return edited;
}

/// What is wrong with the fixes of one finding; empty if nothing.
std::string fault_of(const Finding& finding, const FileTexts& files, const RunResult& found,
                     const std::function<Result<RunResult>(const FileTexts&)>& lint) {
  for (const Fix& fix : finding.fixes) {
    fix::FixSet alone;
    alone.take(fix);
    const auto after = lint(applied(alone, files));
    if (!after) return after.error().message;
    const auto before = identities(found);
    const auto left = identities(*after);
    if (left.size() >= before.size()) return "The fix does not take this finding away.";
    for (const Identity& identity : left) {
      if (before.contains(identity)) continue;
      return "The fix brings another finding: " + std::get<3>(identity);
    }
  }
  return {};
}

}  // namespace

FixTrial try_fixes(const FileTexts& files, const RunResult& found,
                   const std::function<Result<RunResult>(const FileTexts&)>& lint) {
  FixTrial trial;
  fix::FixSet fixes;
  for (const Finding& finding : found.findings) {
    if (!has_fix(finding)) continue;
    ++trial.fixes;
    fixes.take(finding.fixes.front());
    std::string fault = fault_of(finding, files, found, lint);
    if (!fault.empty()) {
      trial.faults.push_back({.finding = &finding, .message = std::move(fault)});
    }
  }
  if (trial.fixes == 0) return trial;

  FileTexts edited = applied(fixes, files);
  for (int round = 0; round < kMostRounds; ++round) {
    const auto after = lint(edited);
    if (!after) {
      trial.faults.push_back({.message = after.error().message});
      return trial;
    }
    if (std::ranges::none_of(after->findings, has_fix)) return trial;
    fix::FixSet more;
    for (const Finding& finding : after->findings) {
      if (has_fix(finding)) more.take(finding.fixes.front());
    }
    edited = applied(more, edited);
  }
  trial.faults.push_back({.message = "Applying the fixes again and again comes to no end."});
  return trial;
}

}  // namespace tidewaiter::engine
