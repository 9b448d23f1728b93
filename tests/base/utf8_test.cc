#include "base/utf8.h"

#include "support/catch.h"

using namespace std::string_literals;
using tidewaiter::decode_utf8;
using tidewaiter::utf8_prefix;
using tidewaiter::valid_utf8;

TEST_CASE("each scalar value survives encoding and decoding", "[utf8]") {
  for (const char32_t code_point : {0x0U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U,
                                    0xFFFDU, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
    std::string text;
    tidewaiter::append_utf8(text, code_point);
    const auto character = decode_utf8(text, 0);
    CHECK(character.valid);
    CHECK(character.code_point == code_point);
    CHECK(character.size == text.size());
    CHECK(valid_utf8(text) == text);
  }
}

TEST_CASE("what is not UTF-8 falls apart as WHATWG says", "[utf8]") {
  const std::string r = "\xEF\xBF\xBD";
  CHECK(valid_utf8("a\xFF!") == "a" + r + "!");
  CHECK(valid_utf8("\xC0\xAF") == r + r);          // overlong
  CHECK(valid_utf8("\xE0\x80\x80") == r + r + r);  // overlong
  CHECK(valid_utf8("\xED\xA0\x80") == r + r + r);  // a surrogate
  CHECK(valid_utf8("\xF0\x9F\x98") == r);          // truncated: one maximal subpart
  CHECK(valid_utf8("\xF0\x9F\x98 x") == r + " x");
  CHECK(valid_utf8("\xE2\x82\xE2\x82\xAC") == r + "\xE2\x82\xAC");
  CHECK(valid_utf8("\xF4\x90\x80\x80") == r + r + r + r);  // above U+10FFFF
  CHECK(valid_utf8("\x80\xBF") == r + r);
}

TEST_CASE("a prefix never cuts a character", "[utf8]") {
  const std::string text =
      "a\xE2\x82\xAC"
      "b";
  CHECK(utf8_prefix(text, 0).empty());
  CHECK(utf8_prefix(text, 1) == "a");
  CHECK(utf8_prefix(text, 3) == "a");
  CHECK(utf8_prefix(text, 4) == "a\xE2\x82\xAC");
  CHECK(utf8_prefix(text, 99) == text);
}
