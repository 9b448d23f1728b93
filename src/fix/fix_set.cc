#include "fix/fix_set.h"

#include <algorithm>
#include <iterator>

namespace tidewaiter::fix {

bool FixSet::meets(const TextEdit& edit) const {
  const auto file = files_.find(edit.file->shown);
  if (file == files_.end()) return false;
  // Those taken are apart, so only the last that begins before the end can reach so far.
  const auto behind = file->second.upper_bound(edit.span.end);
  return behind != file->second.begin() && std::prev(behind)->second.end >= edit.span.begin;
}

bool FixSet::take(const Fix& fix) {
  if (std::ranges::any_of(fix.edits, [&](const TextEdit& edit) { return meets(edit); })) {
    return false;
  }
  for (const TextEdit& edit : fix.edits) {
    files_[edit.file->shown].insert_or_assign(
        edit.span.begin, Replacement{.end = edit.span.end, .text = edit.text});
  }
  return true;
}

std::string FixSet::apply(std::string_view file, std::string_view text) const {
  std::string edited;
  std::size_t at = 0;
  if (const auto found = files_.find(file); found != files_.end()) {
    for (const auto& [begin, replacement] : found->second) {
      edited += text.substr(at, begin - at);
      edited += replacement.text;
      at = replacement.end;
    }
  }
  return edited += text.substr(at);
}

}  // namespace tidewaiter::fix
