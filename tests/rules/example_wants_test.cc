#include "rules/example_wants.h"

#include <string>

#include "support/catch.h"

namespace tidewaiter::rules {
namespace {

using Names = std::vector<std::string_view>;

TEST_CASE("a marker names rules and perhaps a count", "[rules]") {
  const auto one = parse_want_marker("spec:   # want: job-ttl");
  REQUIRE(one);
  CHECK(one->well_formed);
  CHECK(one->names == Names{"job-ttl"});
  CHECK(one->count == 1);

  const auto several = parse_want_marker("a: 1 #want:  a-b ,TW201 x3  \r");
  REQUIRE(several);
  CHECK(several->well_formed);
  CHECK(several->names == Names{"a-b", "TW201"});
  CHECK(several->count == 3);
}

TEST_CASE("a comment that is no marker says nothing", "[rules]") {
  CHECK_FALSE(parse_want_marker(""));
  CHECK_FALSE(parse_want_marker("a: 1  # we want: more"));
  CHECK_FALSE(parse_want_marker("a: want: b"));
}

TEST_CASE("a marker that ends otherwise is not well formed", "[rules]") {
  for (const char* line : {"# want:", "# want: a b", "# want: a,", "# want: a x0",
                           "# want: a x", "# want: a x9999999999", "# want: a."}) {
    INFO(line);
    const auto marker = parse_want_marker(line);
    REQUIRE(marker);
    CHECK_FALSE(marker->well_formed);
  }
}

TEST_CASE("the last marker of a line counts", "[rules]") {
  CHECK(parse_want_marker("text: '# want: a' # want: b # or so")->names == Names{"b"});
  CHECK_FALSE(parse_want_marker(std::string(1'000'000, '#')));
}

TEST_CASE("an item of 'want' is a path, a line and perhaps a count", "[rules]") {
  const auto plain = parse_wanted_line("a/b.yaml:12");
  REQUIRE(plain);
  CHECK(plain->path == "a/b.yaml");
  CHECK(plain->line == 12);
  CHECK(plain->count == 1);
  CHECK(parse_wanted_line("c:d.yaml:3 x2")->path == "c:d.yaml");
  CHECK(parse_wanted_line("a.yaml:3 x2")->count == 2);
  for (const char* text : {"", "a.yaml", ":3", "a.yaml:", "a.yaml:0", "a.yaml:x2", "a.yaml:3x2",
                           "a.yaml:3 x", "a.yaml:-1", "a.yaml:3 2"}) {
    INFO(text);
    CHECK_FALSE(parse_wanted_line(text));
  }
}

}  // namespace
}  // namespace tidewaiter::rules
