#include "base/line_index.h"

#include "support/catch.h"

using tidewaiter::LineIndex;
using tidewaiter::Position;

TEST_CASE("a line ends with LF, CR LF or a lone CR", "[line_index]") {
  const LineIndex lines("a\nb\r\nc\rd");
  CHECK(lines.line_count() == 4);
  CHECK(lines.at(2).line == 2);
  CHECK(lines.at(5).line == 3);
  CHECK(lines.at(7) == Position{.line = 4, .column = 1, .utf16_column = 1});
  CHECK(lines.line(2) == tidewaiter::ByteSpan{.begin = 2, .end = 3});
}

TEST_CASE("columns count code points and UTF-16 units apart", "[line_index]") {
  const LineIndex lines("\xC3\xA9\xF0\x9F\x98\x80x");  // e-acute, U+1F600, x
  CHECK(lines.at(6) == Position{.line = 1, .column = 3, .utf16_column = 4});
}

TEST_CASE("an offset past the end is the end", "[line_index]") {
  CHECK(LineIndex("ab").at(99) == Position{.line = 1, .column = 3, .utf16_column = 3});
}

TEST_CASE("columns in a long line are counted from its start", "[line_index]") {
  std::string text = "a\n";
  for (int i = 0; i < 10'000; ++i) text += "\xC3\xA9\xF0\x9F\x98\x80";
  const LineIndex lines(text);
  for (std::uint32_t i = 0; i < 10'000; i += 77) {
    CHECK(lines.at(2 + 6 * i) ==
          Position{.line = 2, .column = 1 + 2 * i, .utf16_column = 1 + 3 * i});
    CHECK(lines.at(2 + 6 * i + 4).column == 2 + 2 * i);  // inside the second character
  }
}

TEST_CASE("a byte order mark counts as nothing", "[line_index]") {
  const LineIndex lines(
      "\xEF\xBB\xBF"
      "ab\nc");
  CHECK(lines.at(0) == Position{});
  CHECK(lines.at(3) == Position{});
  CHECK(lines.at(4).column == 2);
  CHECK(lines.at(6) == Position{.line = 2});
}
