#include "cel/lexer.h"

#include <string>
#include <utility>
#include <vector>

#include "cel/literal.h"
#include "support/catch.h"

namespace tidewaiter::cel {
namespace {

constexpr std::uint32_t kEnough = 100'000;

std::vector<std::string> texts(std::string_view text) {
  const auto tokens = lex(text, kEnough);
  if (!tokens) return {"error: " + tokens.error().message};
  std::vector<std::string> found;
  for (const Token& token : *tokens) {
    if (token.kind != TokenKind::kEnd) found.emplace_back(token.text);
  }
  return found;
}

/// The one literal that `text` is.
Result<Literal> literal(std::string_view text) {
  const auto tokens = lex(text, kEnough);
  if (!tokens) return tokens.error();
  REQUIRE(tokens->size() == 2);
  return read_literal(tokens->front());
}

std::string string_of(std::string_view text) {
  const auto value = literal(text);
  if (!value) return "error: " + value.error().message;
  if (const auto* bytes = std::get_if<BytesLiteral>(&*value)) return bytes->bytes;
  return std::get<std::string>(*value);
}

using Texts = std::vector<std::string>;

TEST_CASE("an expression is split at the longest tokens", "[cel][lexer]") {
  CHECK(texts("a.b_1<=c&&!d") == Texts{"a", ".", "b_1", "<=", "c", "&&", "!", "d"});
  CHECK(texts("a in[1,2]") == Texts{"a", "in", "[", "1", ",", "2", "]"});
  CHECK(texts("index") == Texts{"index"});
  CHECK(texts("x.?y[?0]") == Texts{"x", ".", "?", "y", "[", "?", "0", "]"});
  CHECK(texts("").empty());
}

TEST_CASE("blanks and comments are left out", "[cel][lexer]") {
  CHECK(texts(" a\t+\f\r\nb // c + d") == Texts{"a", "+", "b"});
  CHECK(texts("a // x\r b") == Texts{"a"});
  CHECK(texts("'// no comment'") == Texts{"'// no comment'"});
}

TEST_CASE("numbers end where they can no longer go on", "[cel][lexer]") {
  CHECK(texts("1.foo") == Texts{"1", ".", "foo"});
  CHECK(texts("1.5e3 .5 5e-1 0x1Fu 7U 1e") ==
        Texts{"1.5e3", ".5", "5e-1", "0x1Fu", "7U", "1", "e"});
  CHECK(texts("0xg") == Texts{"0", "xg"});
  CHECK(texts("1-1") == Texts{"1", "-", "1"});
}

TEST_CASE("numbers have their values", "[cel][lexer]") {
  CHECK(*literal("0x7fffffffffffffff") == Literal(std::int64_t{0x7fffffffffffffff}));
  CHECK(*literal("18446744073709551615u") == Literal(std::uint64_t{18446744073709551615U}));
  CHECK(*literal(".5") == Literal(0.5));
  CHECK(*literal("1e-400") == Literal(0.0));
  CHECK(*literal("true") == Literal(true));
  CHECK(*literal("null") == Literal(NullLiteral{}));
}

TEST_CASE("a number that does not fit is refused", "[cel][lexer]") {
  for (const std::string text : {"9223372036854775808", "0x8000000000000000", "1e400",
                                 "18446744073709551616u", "99999999999999999999999999"}) {
    INFO(text);
    const auto value = literal(text);
    REQUIRE_FALSE(value);
    CHECK(value.error().where == ByteSpan{0, static_cast<std::uint32_t>(text.size())});
  }
}

TEST_CASE("the least int is a number behind a minus", "[cel][lexer]") {
  const auto tokens = lex("9223372036854775808", kEnough);
  REQUIRE(tokens);
  CHECK(*read_literal(tokens->front(), true) == Literal(INT64_MIN));
  CHECK_FALSE(read_literal(tokens->front(), false));
}

TEST_CASE("strings are delimited by any of the quotes", "[cel][lexer]") {
  CHECK(string_of("'a\"b'") == "a\"b");
  CHECK(string_of("\"a'b\"") == "a'b");
  CHECK(string_of("'''a'b''c'''") == "a'b''c");
  CHECK(string_of("\"\"\"a\nb\"\"\"") == "a\nb");
  CHECK(string_of("''").empty());
  CHECK(string_of("''''''").empty());
  CHECK(string_of("r'a\\nb'") == "a\\nb");
  CHECK(string_of("R\"\\\"") == "\\");
}

TEST_CASE("a string followed by a quote is two tokens", "[cel][lexer]") {
  CHECK(texts("'a''b'") == Texts{"'a'", "'b'"});
}

TEST_CASE("escapes are decoded", "[cel][lexer]") {
  CHECK(string_of(R"('\a\b\f\n\r\t\v\\\'\"\`\?')") == "\a\b\f\n\r\t\v\\'\"`?");
  CHECK(string_of(R"('\x41\X42\103\u00e9\U0001F62C')") == "ABC\xC3\xA9\xF0\x9F\x98\xAC");
  CHECK(string_of(R"('\000')") == std::string(1, '\0'));
  CHECK(string_of(R"('\377')") == "\xC3\xBF");
}

TEST_CASE("octal and hexadecimal escapes of bytes are octets", "[cel][lexer]") {
  CHECK(string_of(R"(b'\xff\377')") == "\xFF\xFF");
  CHECK(string_of("b'\xC3\xBF'") == "\xC3\xBF");
  CHECK(string_of(R"(br'\xff')") == "\\xff");
  CHECK(string_of(R"(B"""\\""")") == "\\");
}

TEST_CASE("a wrong escape is refused at its place", "[cel][lexer]") {
  for (const auto& [text, where] :
       std::vector<std::pair<std::string, ByteSpan>>{{R"('ab\q')", {3, 5}},
                                                     {R"('\x4')", {1, 4}},
                                                     {R"('\u12')", {1, 5}},
                                                     {R"('\400')", {1, 3}},
                                                     {R"('\08')", {1, 4}},
                                                     {R"('\U00110000')", {1, 11}},
                                                     {R"('\uD800')", {1, 7}},
                                                     {R"('\uDC00x')", {1, 7}},
                                                     {R"('\uD83D\uDE2C')", {1, 7}},
                                                     {R"(b'\u0041')", {2, 8}},
                                                     {"'\\\xC3\xA9'", {1, 4}}}) {
    INFO(text);
    const auto value = literal(text);
    REQUIRE_FALSE(value);
    CHECK(value.error().where == where);
  }
}

TEST_CASE("line ends inside strings become LF", "[cel][lexer]") {
  CHECK(string_of("'''a\r\nb\rc'''") == "a\nb\nc");
  CHECK(string_of("r\"\"\"a\r\nb\"\"\"") == "a\nb");
}

TEST_CASE("an unclosed string is refused where it begins", "[cel][lexer]") {
  for (const std::string text : {"'abc", "\"abc", "'''abc''", "r'", "'a\nb'", "'abc\\", "b\"",
                                 "'abc\\'", "\"\"\"multi"}) {
    INFO(text);
    const auto tokens = lex("1 + " + text, kEnough);
    REQUIRE_FALSE(tokens);
    REQUIRE(tokens.error().where);
    CHECK(tokens.error().where->begin == 4);
    CHECK(tokens.error().where->end <= 4 + text.size());
  }
}

TEST_CASE("characters outside the language are refused with advice", "[cel][lexer]") {
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {"a = b", "'=='"},
           {"a & b", "'&&'"},
           {"a | b", "'||'"},
           {"a # b", "'//'"},
           {"\xE2\x80\x9Chi\xE2\x80\x9D", "straight"},
           {"a $ b", "'$'"},
           {std::string("a\0b", 3), "U+0000"},
           {"a\x7F", "U+007F"},
           {"`a+b`", "backticks"},
           {"``", "backticks"}}) {
    INFO(text);
    const auto tokens = lex(text, kEnough);
    REQUIRE_FALSE(tokens);
    CHECK(tokens.error().message.find(part) != std::string::npos);
  }
}

TEST_CASE("text that is not UTF-8 is refused at the byte, in strings too", "[cel][lexer]") {
  for (const std::string bad :
       {"\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3"}) {
    const auto tokens = lex("'ab" + bad + "'", kEnough);
    REQUIRE_FALSE(tokens);
    CHECK(tokens.error().where == ByteSpan{3, 4});
  }
}

TEST_CASE("a text of too many characters is refused before it is split", "[cel][lexer]") {
  CHECK(lex("\xC3\xA9\xC3\xA9", 1).error().code == ErrorCode::kLimitExceeded);
  CHECK(lex("'\xC3\xA9\xC3\xA9'", 4));
  const auto tokens = lex(std::string(1 << 20, '('), kEnough);
  REQUIRE_FALSE(tokens);
  CHECK(tokens.error().code == ErrorCode::kLimitExceeded);
  CHECK(tokens.error().where == ByteSpan{kEnough, kEnough});
}

}  // namespace
}  // namespace tidewaiter::cel
