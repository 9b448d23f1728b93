#include "report/shown_text.h"

#include "support/catch.h"

using tidewaiter::report::shown_line;
using tidewaiter::report::shown_path;
using tidewaiter::report::shown_text;

namespace {

/// The line with carets below, as a report shows it.
std::string shown(std::string_view text, std::uint32_t begin, std::uint32_t end,
                  std::uint32_t max_cells = 40) {
  const auto line = shown_line(text, begin, end, max_cells);
  return line.text + "\n" + std::string(line.caret_begin, ' ') + std::string(line.carets, '^');
}

}  // namespace

TEST_CASE("control and invisible characters get a visible sign", "[shown_text]") {
  CHECK(shown_text("a\nb\x1B\x7F") ==
        "a\xE2\x90\x8A"
        "b\xE2\x90\x9B\xE2\x90\xA1");
  CHECK(shown_text("a\tb") == "a b");
  CHECK(shown_text("a\xE2\x80\xAE"
                   "b") ==
        "a\xEF\xBF\xBD"
        "b");  // right-to-left override
  CHECK(shown_text("a\xC2\x9B"
                   "31m") ==
        "a\xEF\xBF\xBD"
        "31m");  // a one-byte CSI
  CHECK(shown_text("\xFF") == "\xEF\xBF\xBD");
  CHECK(shown_text("caf\xC3\xA9 \xF0\x9F\x98\x80") == "caf\xC3\xA9 \xF0\x9F\x98\x80");
}

TEST_CASE("commands of build logs lose their prefix", "[shown_text]") {
  CHECK(shown_text("x ##vso[a]") == "x \xE2\x99\xAF#vso[a]");
  CHECK(shown_text("##[section]") == "\xE2\x99\xAF#[section]");
  CHECK(shown_text("## title #") == "## title #");
  CHECK(shown_path("::error::x") == "./::error::x");
  CHECK(shown_path("  ::x") == "./  ::x");
  CHECK(shown_path("a::b") == "a::b");
}

TEST_CASE("a long text ends in an ellipsis", "[shown_text]") {
  CHECK(shown_text("abcdef", 3) == "abc\xE2\x80\xA6");
  CHECK(shown_text("ab\xC3\xA9", 3) == "ab\xE2\x80\xA6");
}

TEST_CASE("carets stand under the place", "[shown_text]") {
  CHECK(shown("  name: web", 2, 6) == "  name: web\n  ^^^^");
  CHECK(shown("a", 0, 0) == "a\n^");
  CHECK(shown("a", 1, 1) == "a\n ^");
  CHECK(shown("abc", 1, 0xFFFFFFFF) == "abc\n ^^");
  CHECK(shown("", 5, 9) == "\n^");
}

TEST_CASE("carets know tabs, wide and combining characters", "[shown_text]") {
  CHECK(shown("\tx: 1", 1, 2) == "    x: 1\n    ^");
  CHECK(shown("a\tb", 2, 3) == "a   b\n    ^");
  CHECK(shown("\xE5\x80\xA4: x", 3, 4) == "\xE5\x80\xA4: x\n    ^");  // two cells
  CHECK(shown("\xE5\x80\xA4: x", 0, 1) == "\xE5\x80\xA4: x\n^^");
  CHECK(shown("e\xCC\x81: x", 4, 5) == "e\xCC\x81: x\n   ^");  // no cell
  CHECK(shown("\x1B[0m", 1, 2) == "\xE2\x90\x9B[0m\n ^");
}

TEST_CASE("a long line is clipped around the place", "[shown_text]") {
  const std::string filler(100, 'x');
  CHECK(shown("ab" + filler, 0, 2, 10) == "abxxxxxxxx\xE2\x80\xA6\n^^");
  CHECK(shown(filler + "HERE" + filler, 100, 104, 12) ==
        "\xE2\x80\xA6xxxHERExxxxx\xE2\x80\xA6\n    ^^^^");
  CHECK(shown(filler + "HERE", 100, 104, 12) == "\xE2\x80\xA6xxxHERE\n    ^^^^");
  const auto all = shown_line(filler, 0, 100, 12);  // the place itself is too long
  CHECK(all.carets == 12);
}
