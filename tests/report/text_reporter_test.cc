#include <algorithm>
#include <regex>
#include <sstream>

#include "report/sample.h"
#include "support/catch.h"
#include "support/golden.h"

using namespace tidewaiter;
using namespace tidewaiter::testing;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

bool has_control_character(const std::string& text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n') || byte == 0x7F;
  });
}

}  // namespace

TEST_CASE("text shows places, help once a rule, and what was linted", "[text]") {
  check_golden("report/sample.txt", report("text", sample_run()));
}

TEST_CASE("verbose text also shows suppressed findings", "[text]") {
  check_golden("report/sample_verbose.txt", report("text", sample_run(), {.verbose = true}));
}

TEST_CASE("colors change nothing but colors", "[text]") {
  const std::string colored = report("text", sample_run(), {.color = true});
  CHECK(colored.find("\x1B[1;31merror:\x1B[0m") != std::string::npos);
  CHECK(std::regex_replace(colored, std::regex("\x1B\\[[0-9;]*m"), "") ==
        report("text", sample_run()));
}

TEST_CASE("quiet text is one line a finding, each fit for the problem matcher", "[text]") {
  const std::regex matcher(
      R"(^(.+?):(\d+):(\d+): (error|warning|note): (.+) \[([a-z0-9-]+) (TW\d{3})\]$)");
  const SampleRun run = sample_run();
  const std::string quiet = report("text", run, {.quiet = true});
  CHECK(lines_of(quiet).size() == run.findings.size() - run.summary.suppressed);
  for (const std::string& line : lines_of(quiet)) CHECK(std::regex_match(line, matcher));

  // In the whole report exactly the findings' lines match.
  const auto all = lines_of(report("text", run));
  CHECK(std::ranges::count_if(all, [&](const std::string& line) {
          return std::regex_match(line, matcher);
        }) == static_cast<std::ptrdiff_t>(lines_of(quiet).size()));
}

TEST_CASE("nothing of a manifest reaches the terminal as a command", "[text]") {
  SampleRun run = sample_run();
  auto file = std::make_shared<FileName>(
      FileName{.shown = "::error::\x1B]0;title\x07\n##[group]x", .uri = "x"});
  run.findings[0].place.file = file;
  const std::string text = report("text", run, {.verbose = true});
  CHECK_FALSE(has_control_character(text));
  CHECK(text.find("##vso[") == std::string::npos);
  CHECK(text.find("##[") == std::string::npos);
  for (const std::string& line : lines_of(text)) {
    const auto first = line.find_first_not_of(" \t");
    CHECK((first == std::string::npos || line.compare(first, 2, "::") != 0));
  }
}

TEST_CASE("a run without findings says what was linted", "[text]") {
  SampleRun run;
  run.summary.files = 1;
  run.summary.documents.linted = 1;
  CHECK(report("text", run) == "No findings.\nLinted 1 document in 1 file.\n");
  CHECK(report("text", run, {.quiet = true}).empty());
  run.summary.documents = {};
  run.summary.documents.empty = 2;
  run.summary.documents.without_rules = 1;
  run.summary.suppressed = 1;
  CHECK(report("text", run) ==
        "No findings (1 suppressed).\nLinted 0 documents in 1 file. Not linted: 1 of a kind "
        "without rules and 2 empty.\n");
}

TEST_CASE("help is shortened to its first sentence", "[text]") {
  SampleRun run = sample_run();
  run.info.rules[1].remediation =
      "Set ttlSecondsAfterFinished.\n  It is a number of seconds. There is more.";
  CHECK(report("text", run).find("help: Set ttlSecondsAfterFinished. It") == std::string::npos);
  CHECK(report("text", run).find("help: Set ttlSecondsAfterFinished.\n") != std::string::npos);
}

TEST_CASE("a stream that refuses bytes is an error", "[text]") {
  for (const Format& format : formats()) {
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    const Result<void> written = report_to(out, format.name, sample_run());
    REQUIRE_FALSE(written);
    CHECK(written.error().code == ErrorCode::kIo);
  }
}
