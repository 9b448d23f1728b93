#include "cli/rule_set.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <utility>

#include "base/path.h"
#include "cli/print_error.h"

namespace tidewaiter::cli {
namespace {

constexpr std::uint64_t kMaxRuleFile = 4U * 1024 * 1024;
constexpr std::string_view kOwnPrefix = "TW";

bool is_rule_file(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml");
}

/// The rule files in and below `folder`, in byte order of their paths. Symbolic links to
/// folders are not followed, so the walk ends.
Result<std::vector<std::string>> rule_files(const FileSystem& files,
                                            const std::string& folder) {
  std::vector<std::string> found;
  std::vector<std::string> open = {folder};
  while (!open.empty()) {
    const std::string at = std::move(open.back());
    open.pop_back();
    const auto entries = files.list(at);
    if (!entries) return entries.error();
    for (const FolderEntry& entry : *entries) {
      if (entry.name.starts_with('.')) continue;
      const std::string path = join_path(at, entry.name);
      if (entry.type == FileType::kFolder) {
        open.push_back(path);
      } else if (is_rule_file(entry.name)) {
        found.push_back(path);
      }
    }
  }
  std::ranges::sort(found);
  return found;
}

/// Everything that finds the rule.
std::vector<std::string_view> words_of(const rules::Rule& rule) {
  std::vector<std::string_view> words = {rule.id, rule.name};
  words.insert(words.end(), rule.aliases.begin(), rule.aliases.end());
  return words;
}

/// Tells a rule from all others, for messages.
std::string described(const rules::Rule& rule) {
  return rule.of_user ? fmt::format("rule '{}' ({}) in '{}'", rule.name, rule.id, rule.file)
                      : fmt::format("tidewaiter's rule '{}' ({})", rule.name, rule.id);
}

}  // namespace

RuleSet::RuleSet() {
  for (const rules::Rule& rule : rules::builtin_rules()) {
    rules_.push_back(&rule);
    names_.add(rule);
  }
}

bool RuleSet::add(const FileSystem& files, const std::string& folder, std::ostream& err,
                  RuleOwner owner) {
  const auto fail = [&](const Error& error) {
    print_error(err, error);
    return false;
  };
  const auto type = files.type_of(folder);
  if (!type) return fail(type.error());
  if (*type != FileType::kFolder) return add_file(files, folder, err, owner);
  const auto paths = rule_files(files, folder);
  if (!paths) return fail(paths.error());
  if (paths->empty()) {
    return fail({.message = fmt::format("There is no rule file (*.yaml) in '{}'.", folder)});
  }
  bool fine = true;
  for (const std::string& path : *paths) fine = add_file(files, path, err, owner) && fine;
  return fine;
}

bool RuleSet::add_file(const FileSystem& files, const std::string& path, std::ostream& err,
                       RuleOwner owner) {
  // Folders may overlap: those of the config and --rules, or one within the other.
  if (const auto real = files.resolve(path); real && !read_.insert(*real).second) return true;
  auto text = files.read(path, kMaxRuleFile);
  if (!text) {
    print_error(err, text.error());
    return false;
  }
  auto name = std::make_shared<FileName>();
  name->shown = path;
  const auto source = std::make_shared<const Source>(std::move(name), *std::move(text));
  sources_.push_back(source);
  const std::string whole_path = absolute_path("/", path);
  const std::string_view folder = base_name(parent_of(whole_path));
  const std::vector<Error> errors = pack_.add(source, folder, owner == RuleOwner::kUser);
  print_errors(err, errors, source->text());
  if (!errors.empty()) return false;
  if (owner == RuleOwner::kProgram) replace_builtin(pack_.rules().back());
  return add_to_list(pack_.rules().back(), *source, err);
}

std::vector<Notification> RuleSet::add_policies(std::span<const rules::Rule* const> policies) {
  std::vector<Notification> notes;
  for (const rules::Rule* policy : policies) {
    const rules::Rule* const other = names_.find(policy->name);
    if (other != nullptr && other->id == policy->id) {
      notes.push_back({.id = "policy-not-run",
                       .message = fmt::format("Policy '{}' was not run: a rule has this id.",
                                              policy->name)});
      continue;
    }
    if (other != nullptr) {
      notes.push_back(
          {.id = "policy-name",
           .message = fmt::format("Policy '{}' has the name of a rule ({}): in --select, "
                                  "--ignore, the config and comments the name means the rule.",
                                  policy->name, other->id)});
    }
    rules_.push_back(policy);
    names_.add(*policy);
  }
  std::ranges::stable_sort(rules_, {}, &rules::Rule::id);
  return notes;
}

std::string_view RuleSet::text_of(std::string_view path) const {
  for (const auto& source : sources_) {
    if (source->name()->shown == path) return source->text();
  }
  return {};
}

std::vector<const rules::Rule*> RuleSet::added() const {
  std::vector<const rules::Rule*> added;
  for (const rules::Rule* rule : rules_) {
    if (is_added(*rule)) added.push_back(rule);
  }
  return added;
}

bool RuleSet::is_added(const rules::Rule& rule) const {
  const std::span<const rules::Rule> builtin = rules::builtin_rules();
  return std::ranges::none_of(builtin, [&](const rules::Rule& b) { return &b == &rule; });
}

void RuleSet::replace_builtin(const rules::Rule& rule) {
  for (const std::string_view word : words_of(rule)) {
    const rules::Rule* other = names_.find(word);
    if (other == nullptr || is_added(*other)) continue;
    names_.remove(*other);
    std::erase(rules_, other);
  }
}

bool RuleSet::add_to_list(const rules::Rule& rule, const Source& source, std::ostream& err) {
  const auto fail = [&](ByteSpan at, std::string message) {
    print_error(err, {.message = std::move(message), .where = at, .path = source.name()->shown},
                source.text());
    return false;
  };
  if (rule.of_user && rule.id.starts_with(kOwnPrefix)) {
    return fail(rule.id_at,
                fmt::format("The ids that begin with '{}' are those of tidewaiter itself; give "
                            "'{}' a prefix of your own.",
                            kOwnPrefix, rule.id));
  }
  for (const std::string_view word : words_of(rule)) {
    if (const rules::Rule* const other = names_.find(word)) {
      return fail(word == rule.id ? rule.id_at : rule.name_at,
                  fmt::format("'{}' is taken: {} has it already.", word, described(*other)));
    }
  }
  names_.add(rule);
  rules_.insert(std::ranges::upper_bound(rules_, rule.id, {}, &rules::Rule::id), &rule);
  return true;
}

}  // namespace tidewaiter::cli
