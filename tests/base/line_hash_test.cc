#include "base/line_hash.h"

#include <map>
#include <string>
#include <vector>

#include "support/catch.h"

using tidewaiter::LineHashes;

namespace {

std::vector<std::string> all_of(std::string_view text) {
  LineHashes hashes(text);
  std::vector<std::string> all;
  for (std::uint32_t line = 1; line <= hashes.line_count(); ++line) {
    all.push_back(hashes.of(line));
  }
  return all;
}

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

using Hashes = std::vector<std::string>;

const std::string kPod =
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: app\n"
    "    image: nginx:latest\n    securityContext:\n      privileged: true\n";

}  // namespace

// The expected values were made by running github/codeql-action's fingerprints.ts.
TEST_CASE("the hashes are those of GitHub", "[line_hash]") {
  CHECK(all_of("") == Hashes{"c129715d7a2bc9a3:1"});
  const Hashes pod = {"a9ef02bbf07df5a2:1", "2611d1c02fa88a86:1", "7a87b4881e27b845:1",
                      "5b69049ca16d8fac:1", "6362f2a06bfa20ed:1", "321d4afd36983ade:1",
                      "ed84c5ce9a29092c:1", "ef24d3f9180007e1:1", "607b74258a14daf7:1",
                      "b7f3e93dae7346de:1", "c129715d7a2bc9a3:1"};
  CHECK(all_of(kPod) == pod);

  std::string crlf;
  std::string cr;
  for (const char c : kPod) {
    crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    cr += c == '\n' ? '\r' : c;
  }
  CHECK(all_of(crlf) == pod);
  CHECK(all_of(cr) == pod);

  const Hashes open_end = all_of(std::string_view(kPod).substr(0, kPod.size() - 1));
  REQUIRE(open_end.size() == 10);
  CHECK(open_end[1] == pod[1]);
  CHECK(open_end[2] == "7a87b4881e4bb6af:1");
  CHECK(open_end[9] == "a95ec7a8d5717be0:1");
}

TEST_CASE("a hash has no padding", "[line_hash]") {
  CHECK(all_of("x: 1\n---\nx: 1\n---\nx: 1\n") ==
        Hashes{"a7d356b090b09c68:1", "8d921f2213e397:1", "f8356737742ee32e:1",
               "b57019fe03a213fd:1", "9e84518382ef0334:1", "c129715d7a2bc9a3:1"});
}

TEST_CASE("hashes count UTF-16 units and keep a byte order mark", "[line_hash]") {
  CHECK(all_of("\xEF\xBB\xBF"
               "a: 1\nb: 2\n") ==
        Hashes{"af9a9a241ff3d7a0:1", "5d56533273a3bbdb:1", "c129715d7a2bc9a3:1"});
  CHECK(all_of("name: caf\xC3\xA9 \xF0\x9F\x98\x80 x\nb: 2\n") ==
        Hashes{"43829f375528d7a0:1", "5d56533273a3bbdb:1", "c129715d7a2bc9a3:1"});
}

TEST_CASE("lines with the same hash are numbered in order", "[line_hash]") {
  CHECK(all_of(repeated("- name: " + std::string(112, 'a') + "\n", 3)) ==
        Hashes{"b51dc1d4c5ede45e:1", "b51dc1d4c5ede45e:2", "b51dc1d4c5ede45e:3",
               "c129715d7a2bc9a3:1"});
  const Hashes lorem = all_of(repeated("Lorem ipsum dolor sit amet.\n", 10));
  CHECK(lorem == Hashes{"a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3",
                        "a7f2ff13bc495cf2:4", "a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6",
                        "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1",
                        "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1"});
}

TEST_CASE("numbers are the same in whatever order lines are asked for", "[line_hash]") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += i % 3 == 0 ? "b\n" : "aaa\n";
  text += std::string(200, 'z');
  const Hashes in_order = all_of(text);
  LineHashes hashes(text);
  std::map<std::string, int> seen;
  for (std::uint32_t line = hashes.line_count(); line >= 1; --line) {
    CHECK(hashes.of(line) == in_order[line - 1]);
  }
  for (const std::string& hash : in_order) {  // :n counts up from 1 for each hash
    const auto colon = hash.find(':');
    CHECK(std::stoi(hash.substr(colon + 1)) == ++seen[hash.substr(0, colon)]);
  }
}

TEST_CASE("a line that does not exist has no hash", "[line_hash]") {
  LineHashes hashes("a\n");
  CHECK(hashes.of(0).empty());
  CHECK(hashes.of(2) == "c129715d7a2bc9a3:1");
  CHECK(hashes.of(3).empty());
}
