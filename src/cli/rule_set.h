#ifndef TIDEWAITER_CLI_RULE_SET_H_
#define TIDEWAITER_CLI_RULE_SET_H_

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "base/source.h"
#include "rules/rule.h"
#include "rules/rule_names.h"
#include "rules/rule_pack.h"
#include "tidewaiter/reporter.h"

namespace tidewaiter::cli {

/// Whose rules a folder holds.
enum class RuleOwner : std::uint8_t {
  kUser,
  kProgram,  ///< tidewaiter's own source: each takes the place of the built-in rule it is.
};

/// The rules of the program and the user's own, by id. Movable; rules stay where they are.
class RuleSet {
 public:
  RuleSet();

  /// Reads the rule files (*.yaml, *.yml) in `folder` and below, or the one file `folder`; a
  /// file that was read before is passed over.
  /// Prints every fault to `err`: unreadable files, faulty rules, ids and names that another
  /// rule has, a user's ids with the prefix TW, a folder without any rule. False when there was
  /// one; the rules without fault are added all the same.
  bool add(const FileSystem& files, const std::string& folder, std::ostream& err,
           RuleOwner owner = RuleOwner::kUser);

  /// Adds what policies report under, and tells which have the name of a rule: the word still
  /// finds the rule. A policy with the id of a rule is not added, as ids tell findings apart.
  std::vector<Notification> add_policies(std::span<const rules::Rule* const> policies);

  std::span<const rules::Rule* const> rules() const { return rules_; }
  const rules::RuleNames& names() const { return names_; }
  /// Those that were added, by id.
  std::vector<const rules::Rule*> added() const;
  /// The text of a rule file that was read, for the place of an error in it; else empty.
  std::string_view text_of(std::string_view path) const;

 private:
  bool add_file(const FileSystem& files, const std::string& path, std::ostream& err,
                RuleOwner owner);
  bool add_to_list(const rules::Rule& rule, const Source& source, std::ostream& err);
  bool is_added(const rules::Rule& rule) const;
  void replace_builtin(const rules::Rule& rule);

  rules::RulePack pack_;
  std::vector<std::shared_ptr<const Source>> sources_;
  std::set<std::string> read_;  // the files, their real paths
  std::vector<const rules::Rule*> rules_;
  rules::RuleNames names_;
};

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_RULE_SET_H_
