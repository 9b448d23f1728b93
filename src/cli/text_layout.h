#ifndef TIDEWAITER_CLI_TEXT_LAYOUT_H_
#define TIDEWAITER_CLI_TEXT_LAYOUT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tidewaiter::cli {

/// The width that text for people is wrapped at, in code points.
inline constexpr std::size_t kTextWidth = 80;

/// `text` with its words on lines of at most kTextWidth code points, each after `indent` blanks
/// and with a line end; a longer word has a line of its own. Line ends in `text` count as
/// blanks, an empty line stays one, and a line that begins with four blanks is code, which
/// stays as it stands.
std::string wrap(std::string_view text, std::size_t indent);

/// Every line of `text` after `indent` blanks, otherwise as it stands; ends with a line end.
std::string indented(std::string_view text, std::size_t indent);

/// The number of code points of UTF-8 text.
std::size_t width_of(std::string_view text);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_TEXT_LAYOUT_H_
