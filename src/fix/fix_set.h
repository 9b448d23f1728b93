#ifndef TIDEWAITER_FIX_FIX_SET_H_
#define TIDEWAITER_FIX_FIX_SET_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "tidewaiter/finding.h"

namespace tidewaiter::fix {

/// Fixes that can be applied at once: each of them whole, and none meets another.
class FixSet {
 public:
  /// Takes the fix unless one of its edits overlaps or touches one that was taken: true if it
  /// did. Cost: O(edits × log of those taken).
  bool take(const Fix& fix);

  /// The text of the file that is shown as `file`, edited.
  std::string apply(std::string_view file, std::string_view text) const;

 private:
  struct Replacement {
    std::uint32_t end = 0;
    std::string text;
  };
  using Replacements = std::map<std::uint32_t, Replacement>;  // by where they begin

  bool meets(const TextEdit& edit) const;

  std::map<std::string, Replacements, std::less<>> files_;  // by FileName::shown
};

}  // namespace tidewaiter::fix

#endif  // TIDEWAITER_FIX_FIX_SET_H_
