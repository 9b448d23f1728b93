#ifndef TIDEWAITER_RULES_EXAMPLE_WANTS_H_
#define TIDEWAITER_RULES_EXAMPLE_WANTS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

// How an example says which findings it wants: markers at the ends of its lines, and the list
// `want:` (docs/writing-rules.md).
namespace tidewaiter::rules {

/// What `# want: name[, name…] [xN]` at the end of a line says.
struct WantMarker {
  std::vector<std::string_view> names;  ///< Borrowed from the line.
  std::uint32_t count = 1;              ///< Findings of each of them.
  bool well_formed = true;              ///< False: it begins as a marker, but the rest is none.
};

/// The marker of a line (without its line end); nothing when it has none. Linear.
std::optional<WantMarker> parse_want_marker(std::string_view line);

/// An item of `want:`.
struct WantedLine {
  std::string_view path;   ///< Borrowed from the item.
  std::uint32_t line = 0;  ///< From 1.
  std::uint32_t count = 1;
};

/// Reads "path:LINE" or "path:LINE xN"; nothing for any other text.
std::optional<WantedLine> parse_wanted_line(std::string_view text);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_EXAMPLE_WANTS_H_
