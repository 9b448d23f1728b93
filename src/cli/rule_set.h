#ifndef TIDEWAITER_CLI_RULE_SET_H_
#define TIDEWAITER_CLI_RULE_SET_H_

#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "rules/rule.h"
#include "rules/rule_pack.h"

namespace tidewaiter::cli {

/// The rules of the program and the user's own, by id. Movable; rules stay where they are.
class RuleSet {
 public:
  RuleSet();

  /// Reads the rule files (*.yaml, *.yml) in `folder` and below, or the one file `folder`.
  /// Prints every fault to `err`: unreadable files, faulty rules, ids and names that another
  /// rule has, ids with the prefix TW, a folder without any rule. False when there was one.
  bool add(const FileSystem& files, const std::string& folder, std::ostream& err);

  std::span<const rules::Rule* const> rules() const { return rules_; }

 private:
  bool add_file(const FileSystem& files, const std::string& path, std::ostream& err);
  bool add_to_list(const rules::Rule& rule, std::ostream& err);

  rules::RulePack pack_;
  std::vector<const rules::Rule*> rules_;
};

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_RULE_SET_H_
