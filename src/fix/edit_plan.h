#ifndef TIDEWAITER_FIX_EDIT_PLAN_H_
#define TIDEWAITER_FIX_EDIT_PLAN_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fix/value.h"
#include "tidewaiter/span.h"
#include "yaml/node.h"

namespace tidewaiter::fix {

/// What is to become of one place of a document.
struct Change {
  enum class Action : std::uint8_t {
    /// Writes what is missing: an absent or null value, the entries that a mapping lacks (in
    /// depth), the items that a sequence lacks. What is there stays.
    kAdd,
    kSet,     ///< Writes the value, whatever is there.
    kRemove,  ///< Removes the entry or item; the last one leaves `{}` or `[]`.
    kQuote,   ///< Puts a plain value, or a key, in double quotes as it is written.
  };

  Action action = Action::kAdd;
  /// The place, if it exists; else the nearest collection (or null) above it that does. Of a
  /// key its entry is meant, except by kQuote.
  const yaml::Node* node = nullptr;
  std::vector<std::string> missing = {};  ///< The keys from `node` to the place.
  Value value = {};                       ///< Of kAdd and kSet.
};

/// Replaces the bytes `span` of the source by `text`; an empty span inserts.
struct Edit {
  ByteSpan span;
  std::string text;

  friend bool operator==(const Edit&, const Edit&) = default;
};

/// The smallest edits of `source` that make all the changes, all of one document of it, in
/// order, apart from each other by at least a byte; comments, indentation and style stay.
/// `json`: the document is JSON. Empty when all is as it should be. Nothing when it cannot be
/// done without harm: where an anchor or tag stands, in what an alias or `<<` shares with
/// another place, at a key written twice, at the root, or where the text is written in some way
/// that these edits do not know. Cost: what is edited and a bounded stretch around it.
std::optional<std::vector<Edit>> plan_edits(std::string_view source, bool json,
                                            std::span<const Change> changes);

}  // namespace tidewaiter::fix

#endif  // TIDEWAITER_FIX_EDIT_PLAN_H_
