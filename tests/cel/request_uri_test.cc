#include "cel/functions/request_uri.h"

#include <string>
#include <utility>
#include <vector>

#include "support/catch.h"

namespace tidewaiter::cel {
namespace {

RequestUri uri(std::string_view text) {
  auto parsed = parse_request_uri(text);
  REQUIRE(parsed);
  return *std::move(parsed);
}

TEST_CASE("a URL is taken apart", "[cel][url]") {
  const RequestUri parts = uri("HTTPS://user:p%40ss@Example.com:8080/a/b?c=d&e#frag");
  CHECK(parts.scheme == "https");
  CHECK(parts.user == "user:p%40ss");
  CHECK(parts.host == "Example.com:8080");
  CHECK(parts.host_name() == "Example.com");
  CHECK(parts.port() == "8080");
  CHECK(parts.escaped_path == "/a/b");
  CHECK(parts.query == "c=d&e");
  CHECK(parts.fragment == "frag");
  CHECK(parts.to_string() == "https://user:p%40ss@Example.com:8080/a/b?c=d&e#frag");
}

TEST_CASE("absolute paths, opaque URLs and IPv6 hosts are URLs", "[cel][url]") {
  CHECK(uri("/path?x").escaped_path == "/path");
  CHECK(uri("mailto:a@b.c").opaque == "a@b.c");
  CHECK(uri("example.com:80").scheme == "example.com");
  CHECK(uri("*").escaped_path == "*");
  CHECK(uri("http://").host.empty());
  CHECK(uri("http://[fe80::1%25en0]:80/").host_name() == "fe80::1%en0");
  CHECK(uri("//host/path").host == "host");
  CHECK(uri("https://h:/").port().empty());
}

TEST_CASE("paths are escaped only where they must be", "[cel][url]") {
  CHECK(uri("https://h/a b").escaped_path == "/a%20b");
  CHECK(uri("https://h/%41%2F").escaped_path == "/%41%2F");
  CHECK(uri("https://h/\xC3\xA9").escaped_path == "/%C3%A9");
}

TEST_CASE("what is no URL is refused in Go's words", "[cel][url]") {
  for (const auto& [text, words] : std::vector<std::pair<std::string, std::string>>{
           {"", "parse \"\": empty url"},
           {"../a", "parse \"../a\": invalid URI for request"},
           {"example.com", "parse \"example.com\": invalid URI for request"},
           {"1http://a", "parse \"1http://a\": invalid URI for request"},
           {":a", "parse \":a\": missing protocol scheme"},
           {"http://a b", "parse \"http://a b\": invalid character \" \" in host name"},
           {"http://h:8x", "parse \"http://h:8x\": invalid port \":8x\" after host"},
           {"http://[::1", "parse \"http://[::1\": missing ']' in host"},
           {"http://h/%zz", "parse \"http://h/%zz\": invalid URL escape \"%zz\""},
           {"http://h/%4", "parse \"http://h/%4\": invalid URL escape \"%4\""},
           {"http://a%41/", "parse \"http://a%41/\": invalid URL escape \"%41\""},
           {"http://a[@h/", "parse \"http://a[@h/\": net/url: invalid userinfo"},
           {"/a\n", "parse \"/a\\n\": net/url: invalid control character in URL"}}) {
    const auto parsed = parse_request_uri(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().message == words);
  }
}

TEST_CASE("pairs of a query that cannot be decoded are left out", "[cel][url]") {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  CHECK(parse_query("a=1&b&&c=%41+d&a=2") ==
        Pairs{{"a", "1"}, {"b", ""}, {"c", "A d"}, {"a", "2"}});
  CHECK(parse_query("a=%zz&b=1;c=2&d").size() == 1);
  CHECK(parse_query("").empty());
}

}  // namespace
}  // namespace tidewaiter::cel
