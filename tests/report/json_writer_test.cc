#include "report/json_writer.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/catch.h"

using tidewaiter::report::JsonWriter;

namespace {

std::string written_string(std::string_view text) {
  std::ostringstream out;
  JsonWriter(out).string(text);
  return out.str();
}

std::string written_number(double value) {
  std::ostringstream out;
  JsonWriter(out).number(value);
  return out.str();
}

void write_sample(JsonWriter& json) {
  json.begin_object();
  json.member("name", "web");
  json.begin_array("items");
  json.integer(-1);
  json.unsigned_integer(18446744073709551615U);
  json.begin_object();
  json.key("deep");
  json.null();
  json.member_boolean("flag", true);
  json.end_object();
  json.begin_array();
  json.end_array();
  json.end_array();
  json.begin_object("none");
  json.end_object();
  json.end_object();
}

}  // namespace

TEST_CASE("compact JSON is one line with a line end", "[json_writer]") {
  std::ostringstream out;
  JsonWriter json(out);
  write_sample(json);
  CHECK(
      out.str() ==
      "{\"name\":\"web\",\"items\":[-1,18446744073709551615,{\"deep\":null,\"flag\":true},[]],"
      "\"none\":{}}\n");
}

TEST_CASE("indented JSON has a line for each item", "[json_writer]") {
  std::ostringstream out;
  JsonWriter json(out, JsonWriter::kIndented);
  write_sample(json);
  CHECK(out.str() == R"({
  "name": "web",
  "items": [
    -1,
    18446744073709551615,
    {
      "deep": null,
      "flag": true
    },
    []
  ],
  "none": {}
}
)");
}

TEST_CASE("levels beyond line_levels stay on one line", "[json_writer]") {
  std::ostringstream out;
  JsonWriter json(out, 2);
  write_sample(json);
  CHECK(out.str() == R"({
  "name": "web",
  "items": [
    -1,
    18446744073709551615,
    {"deep":null,"flag":true},
    []
  ],
  "none": {}
}
)");
}

TEST_CASE("several top-level values are JSON Lines", "[json_writer]") {
  std::ostringstream out;
  JsonWriter json(out);
  json.string("a");
  json.raw_number("123456789012345678901234567890");
  json.boolean(false);
  CHECK(out.str() == "\"a\"\n123456789012345678901234567890\nfalse\n");
}

TEST_CASE("strings are escaped and always valid UTF-8", "[json_writer]") {
  CHECK(written_string("a\"b\\c\n\t\x01\x1B") == "\"a\\\"b\\\\c\\n\\t\\u0001\\u001b\"\n");
  CHECK(written_string(std::string_view("\0", 1)) == "\"\\u0000\"\n");
  CHECK(written_string("caf\xC3\xA9 \xF0\x9F\x98\x80") == "\"caf\xC3\xA9 \xF0\x9F\x98\x80\"\n");
  for (const char* bad :
       {"\xFF", "a\xC3", "\xED\xA0\x80", "\xF8\x88\x80\x80\x80", "\xC0\xAF"}) {
    const auto text = nlohmann::json::parse(written_string(bad)).get<std::string>();
    CHECK(text.find("\xEF\xBF\xBD") != std::string::npos);
  }
}

TEST_CASE("doubles are the shortest digits that read back", "[json_writer]") {
  CHECK(written_number(0.1) == "0.1\n");
  CHECK(written_number(2) == "2.0\n");
  CHECK(nlohmann::json::parse(written_number(1e300)).get<double>() == 1e300);
  CHECK(written_number(std::numeric_limits<double>::infinity()) == "null\n");
  CHECK(written_number(std::numeric_limits<double>::quiet_NaN()) == "null\n");
}

TEST_CASE("a long array reaches the stream before it ends", "[json_writer]") {
  std::ostringstream out;
  JsonWriter json(out);
  json.begin_array();
  for (int i = 0; i < 100'000; ++i) json.integer(i);
  CHECK(out.str().size() > 500'000);
  json.end_array();
  CHECK(nlohmann::json::parse(out.str()).size() == 100'000);
}
