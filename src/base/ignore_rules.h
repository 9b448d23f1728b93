#ifndef TIDEWAITER_BASE_IGNORE_RULES_H_
#define TIDEWAITER_BASE_IGNORE_RULES_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/glob.h"

namespace tidewaiter {

/// The patterns of one .gitignore or of .git/info/exclude, as gitignore(5) describes them and
/// git reads them: `#` comments, `!` negation, `/` anchors, a `/` at the end for folders only,
/// `\` escapes, blanks at the end dropped unless escaped; of several that match the last one
/// decides. Patterns without wildcards cost O(log n) a look-up, the others are tried in turn.
class IgnoreRules {
 public:
  enum class Verdict : std::uint8_t { kNone, kIgnored, kIncluded };

  IgnoreRules() = default;
  /// The text of such a file, a byte order mark and CR LF allowed.
  explicit IgnoreRules(std::string_view text);

  /// What the patterns say about `path`, which is relative to the folder they apply to and
  /// neither begins nor ends with `/`. That a folder around it is ignored is the caller's
  /// business.
  Verdict judge(std::string_view path, bool is_folder) const;

  bool empty() const { return negative_.empty(); }

 private:
  struct Wildcard {
    std::uint32_t order = 0;
    bool folders_only = false;
    bool base_name_only = false;
    Glob glob;
  };
  /// The last pattern of a literal text, counted from 1; 0: none.
  struct Literal {
    std::uint32_t any = 0;
    std::uint32_t folder = 0;
  };
  using Literals = std::map<std::string, Literal, std::less<>>;

  void add_line(std::string_view line);
  static std::uint32_t last_literal(const Literals& literals, std::string_view text,
                                    bool is_folder);

  std::vector<bool> negative_;  // of each pattern in order; pattern n is negative_[n - 1]
  Literals names_;              // patterns for the last part of a path
  Literals paths_;              // patterns for the whole path
  std::vector<Wildcard> wildcards_;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_IGNORE_RULES_H_
