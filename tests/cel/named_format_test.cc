#include "cel/functions/named_format.h"

#include <string>
#include <vector>

#include "support/catch.h"

namespace tidewaiter::cel {
namespace {

std::vector<std::string> problems(std::string_view format, std::string_view text) {
  for (const NamedFormat& known : named_formats()) {
    if (known.name == format) return known.problems(text);
  }
  FAIL("no such format");
  return {};
}

struct Case {
  std::string format;
  std::vector<std::string> good;
  std::vector<std::string> bad;
};

TEST_CASE("named formats accept what Kubernetes accepts", "[cel][format]") {
  const std::string label63(63, 'a');
  for (const Case& c : std::vector<Case>{
           {"dns1123Label",
            {"a", "9", "a-b", label63},
            {"", "-a", "a-", "A", "a.b", label63 + "a"}},
           {"dns1123Subdomain", {"a.b-c.9"}, {"", "a..b", ".a", "a.", "a.-b", "A.b"}},
           {"dns1035Label", {"a", "a9-b"}, {"", "9a", "a-", "-a"}},
           {"qualifiedName",
            {"a", "A_b.C", "example.com/a"},
            {"", "/a", "a/", "a/b/c", "-a", "Example.com/a"}},
           {"dns1123LabelPrefix", {"a-", "a", "9-"}, {"-", "-x", "A-b"}},
           {"dns1123SubdomainPrefix", {"a.b-", "a.-"}, {"-a"}},
           {"dns1035LabelPrefix", {"a-", "9-"}, {"9a"}},
           {"labelValue", {"", "a", "A_b.c"}, {"-a", "a ", label63 + "a"}},
           {"uri", {"https://a/b", "/a"}, {"", "../a", "a"}},
           {"uuid",
            {"123e4567-E89B-12d3-a456-426614174000", "123e4567e89b12d3a456426614174000"},
            {"", "123e4567-e89b-12d3-a456-42661417400", "g23e4567e89b12d3a456426614174000",
             "123e4567e89b12d3a4564266141740000", "123e4567--e89b-12d3-a456-426614174000"}},
           {"byte",
            {"aGVsbG8=", "aGVsbA==", "aGVs"},
            {"", "a", "a===", "aGVsbG8", "=aaa", "!!!!"}},
           {"date",
            {"2021-01-01", "2024-02-29", "2000-02-29"},
            {"", "2021-13-01", "2021-02-29", "1900-02-29", "21-1-1", "2021-00-10",
             "2021-01-00"}},
           {"datetime",
            {"2021-01-01T00:00:00Z", "2021-01-01t23:59:59.123+01:00"},
            {"", "2021-01-01", "2021-01-01T24:00:00Z", "2021-01-01T00:00:00",
             "2021-01-01 00:00:00Z", "2021-01-01T00:00:00.Z", "2021-01-01T00:00"}}}) {
    for (const std::string& text : c.good) {
      INFO(c.format << " '" << text << "'");
      CHECK(problems(c.format, text).empty());
    }
    for (const std::string& text : c.bad) {
      INFO(c.format << " '" << text << "'");
      CHECK_FALSE(problems(c.format, text).empty());
    }
  }
}

TEST_CASE("a text may be wrong in several ways at once", "[cel][format]") {
  CHECK(problems("dns1123Label", std::string(64, 'A')).size() == 2);
  CHECK(problems("qualifiedName", "/").size() == 3);
  CHECK(problems("uri", "../a") ==
        std::vector<std::string>{"parse \"../a\": invalid URI for request"});
}

}  // namespace
}  // namespace tidewaiter::cel
