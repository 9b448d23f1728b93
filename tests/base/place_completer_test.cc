#include "base/place_completer.h"

#include "support/catch.h"

using tidewaiter::ByteSpan;
using tidewaiter::Place;
using tidewaiter::PlaceCompleter;
using tidewaiter::Position;
using tidewaiter::Source;

namespace {

std::shared_ptr<const tidewaiter::FileName> file_name() {
  return std::make_shared<const tidewaiter::FileName>(
      tidewaiter::FileName{.shown = "a.yaml", .uri = "a.yaml"});
}

/// The place of the first occurrence of `what` in `text`.
Place place_of(const std::string& text, std::string_view what) {
  const Source source(file_name(), text);
  const auto begin = static_cast<std::uint32_t>(text.find(what));
  return PlaceCompleter(source).complete(
      {.begin = begin, .end = begin + static_cast<std::uint32_t>(what.size())});
}

}  // namespace

TEST_CASE("a place carries two lines on each side", "[place_completer]") {
  const Place place = place_of("one\ntwo\r\nthree\nfour\nfive\nsix\nseven\n", "four");
  CHECK(place.start == Position{.line = 4, .column = 1, .utf16_column = 1});
  CHECK(place.end == Position{.line = 4, .column = 5, .utf16_column = 5});
  CHECK(place.excerpt_start == Position{.line = 2});
  CHECK(place.excerpt == "two\nthree\nfour\nfive\nsix");
  CHECK(place.file->shown == "a.yaml");
}

TEST_CASE("an excerpt stops at the ends of the text", "[place_completer]") {
  CHECK(place_of("a\n", "a").excerpt == "a");
  CHECK(place_of("a\nb\n", "b").excerpt == "a\nb");
  const Source empty(file_name(), "");
  const Place place = PlaceCompleter(empty).complete({.begin = 5, .end = 9});
  CHECK(place.excerpt.empty());
  CHECK(place.start == Position{});
  CHECK(place.line_hash == "c129715d7a2bc9a3:1");
}

TEST_CASE("a place over many lines shows the first ones", "[place_completer]") {
  std::string text;
  for (int i = 1; i <= 50; ++i) text += std::to_string(i) + "\n";
  const Source source(file_name(), text);
  const Place place = PlaceCompleter(source).complete(
      {.begin = 0, .end = static_cast<std::uint32_t>(text.size())});
  CHECK(place.end.line == 51);
  CHECK(place.excerpt == "1\n2\n3\n4\n5\n6\n7");
}

TEST_CASE("an excerpt is valid UTF-8 and columns agree with it", "[place_completer]") {
  const Place place = place_of("a\xFF\xE2\x82 b: x\n", "b:");
  CHECK(place.excerpt == "a\xEF\xBF\xBD\xEF\xBF\xBD b: x");
  CHECK(place.start.column == 5);
}

TEST_CASE("a byte order mark is no column", "[place_completer]") {
  const Place place = place_of(
      "\xEF\xBB\xBF"
      "kind: x\n",
      "kind");
  CHECK(place.start == Position{});
  CHECK(place.excerpt == "kind: x");
}

TEST_CASE("of a very long line only the surroundings are kept", "[place_completer]") {
  const std::string filler(1'000'000, 'x');
  const Place place = place_of("short\n" + filler + "HERE" + filler + "\nafter\n", "HERE");
  CHECK(place.start.column == 1'000'001);
  CHECK(place.excerpt.size() == PlaceCompleter::kLongLine);
  CHECK(place.excerpt_start.line == 2);
  const auto at = place.excerpt.find("HERE");
  REQUIRE(at != std::string::npos);
  CHECK(place.excerpt_start.column + at == place.start.column);
}

TEST_CASE("a long line is never cut inside a character", "[place_completer]") {
  for (std::size_t shift = 0; shift < 4; ++shift) {
    std::string text(shift, 'x');
    for (int i = 0; i < 2000; ++i) text += "\xF0\x9F\x98\x80";
    text += "HERE";
    for (int i = 0; i < 2000; ++i) text += "\xF0\x9F\x98\x80";
    const Place place = place_of(text, "HERE");
    CHECK(place.excerpt.find("\xEF\xBF\xBD") == std::string::npos);
    CHECK(place.start.utf16_column == 4001 + shift);
    // Columns inside the excerpt count from its start.
    const auto at = place.excerpt.find("HERE");
    REQUIRE(at != std::string::npos);
    CHECK((place.start.column - place.excerpt_start.column) * 4 == at);
  }
}

TEST_CASE("a long neighbor is cut and ends the excerpt", "[place_completer]") {
  const std::string filler(5000, 'y');
  const Place before = place_of("a\n" + filler + "\nkind: x\nb\n", "kind");
  CHECK(before.excerpt == "kind: x\nb");
  CHECK(before.excerpt_start.line == 3);
  const Place after = place_of("a\nkind: x\n" + filler + "\nb\n", "kind");
  CHECK(after.excerpt == "a\nkind: x\n" + filler.substr(0, PlaceCompleter::kLongLine));
}

TEST_CASE("many places in one long line take no quadratic time", "[place_completer]") {
  const Source source(file_name(), std::string(1'000'000, 'x'));
  PlaceCompleter completer(source);
  std::uint64_t columns = 0;
  for (std::uint32_t i = 0; i < 5'000; ++i) {
    columns += completer.complete({.begin = i * 200, .end = i * 200 + 1}).start.column;
  }
  CHECK(columns == 5'000ULL * 4'999 / 2 * 200 + 5'000);
}

TEST_CASE("an edit knows its positions", "[place_completer]") {
  const Source source(file_name(), "a: 1\nb: 2\n");
  const auto edit = PlaceCompleter(source).edit({.begin = 8, .end = 9}, "3");
  CHECK(edit.start == Position{.line = 2, .column = 4, .utf16_column = 4});
  CHECK(edit.end.column == 5);
  CHECK(edit.text == "3");
}
