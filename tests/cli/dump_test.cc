#include "cli/dump.h"

#include <sstream>
#include <string>

#include "support/catch.h"

namespace tidewaiter::cli {
namespace {

struct Dump {
  ExitCode code;
  std::string out;
  std::string err;
};

Dump dump(std::initializer_list<std::pair<std::string_view, std::string_view>> files,
          std::vector<std::string> paths, const std::string& input = {}) {
  const MemoryFileSystem file_system(files);
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const World world{.files = file_system,
                    .in = in,
                    .out = out,
                    .err = err,
                    .working_folder = "/repo",
                    .create = {}};
  const ExitCode code = run_dump({.paths = std::move(paths)}, world);
  return {.code = code, .out = out.str(), .err = err.str()};
}

TEST_CASE("dump writes one line a piece: keys sorted, null pieces and errors too",
          "[cli][dump]") {
  const Dump result =
      dump({{"a.yaml", "b: yes\na: [1, ~]\n---\n# nothing\n---\nx: [\n"}}, {"a.yaml"});
  CHECK(result.code == ExitCode::kSuccess);
  CHECK(result.out ==
        "{\"file\":\"a.yaml\",\"index\":0,\"json\":{\"a\":[1,null],\"b\":true}}\n"
        "{\"file\":\"a.yaml\",\"index\":1,\"json\":null}\n"
        "{\"file\":\"a.yaml\",\"index\":2,\"error\":\"The document ends here, but the '[' "
        "before it is never closed.\"}\n");
}

TEST_CASE("dump writes numbers with the digits that Kubernetes gives them", "[cli][dump]") {
  const std::pair<std::string, std::string> rows[] = {
      {"9007199254740993", "9007199254740993"},
      {"18446744073709551615", "18446744073709551615"},
      {"18446744073709551616", "18446744073709552000"},
      {"-18446744073709551616", "-18446744073709552000"},
      {"1e20", "100000000000000000000"},
      {"1e21", "1e+21"},
      {"1e-7", "1e-07"},
      {"0.000001", "0.000001"},
      {"1.10", "1.1"},
      {"-0.0", "-0"},
      {"0x1F", "31"},
      {"017", "15"},
  };
  for (const auto& [text, json] : rows) {
    const Dump result = dump({{"a", text}}, {"a"});
    CHECK(result.out == "{\"file\":\"a\",\"index\":0,\"json\":" + json + "}\n");
  }
}

TEST_CASE("dump follows aliases and merges, and reads templates as kubectl would",
          "[cli][dump]") {
  const Dump result =
      dump({{"a.yaml",
             "a: &a {b: {c: 1}}\nd: {<<: *a}\ne: *a\n---\nf: x-{{ y }}\n---\ng: {{ y }}\n"}},
           {"a.yaml"});
  CHECK(result.out.starts_with(
      "{\"file\":\"a.yaml\",\"index\":0,\"json\":{\"a\":{\"b\":{\"c\":1}},\"d\":{\"b\":{\"c\":"
      "1}}"
      ",\"e\":{\"b\":{\"c\":1}}}}\n"
      "{\"file\":\"a.yaml\",\"index\":1,\"json\":{\"f\":\"x-{{ y }}\"}}\n"
      "{\"file\":\"a.yaml\",\"index\":2,\"error\":"));
}

TEST_CASE("dump names a file that it cannot read and goes on", "[cli][dump]") {
  const Dump result =
      dump({{"b.json", "{\"b\": 2.0}{\"c\": \"\\/\"}"}}, {"a", "b.json", "-"}, "- 1\n");
  CHECK(result.code == ExitCode::kUsage);
  CHECK(result.err.find("'a'") != std::string::npos);
  CHECK(result.out ==
        "{\"file\":\"b.json\",\"index\":0,\"json\":{\"b\":2}}\n"
        "{\"file\":\"b.json\",\"index\":1,\"json\":{\"c\":\"/\"}}\n"
        "{\"file\":\"-\",\"index\":0,\"json\":[1]}\n");
}

}  // namespace
}  // namespace tidewaiter::cli
