#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/uri.h"
#include "report/sample.h"
#include "support/catch.h"
#include "support/golden.h"

using namespace tidewaiter;
using namespace tidewaiter::testing;

namespace {

/// A workflow command as the runner of GitHub Actions reads one.
struct Command {
  std::string name;
  std::map<std::string, std::string> properties;
  std::string data;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// The runner replaces one escape after the other, and %25 last.
std::string unescaped(std::string text, bool property) {
  text = replaced(replaced(std::move(text), "%0D", "\r"), "%0A", "\n");
  if (property) text = replaced(replaced(std::move(text), "%3A", ":"), "%2C", ",");
  return replaced(std::move(text), "%25", "%");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The commands among the lines; a line is one if it begins so, whatever blanks are before.
std::vector<Command> commands_of(const std::string& text) {
  std::vector<Command> commands;
  for (std::string line : lines_of(text)) {
    line.erase(0, std::min(line.find_first_not_of(" \t\v\f\r"), line.size()));
    if (!line.starts_with("::")) continue;
    const std::size_t end = line.find("::", 2);
    REQUIRE(end != std::string::npos);
    const std::string head = line.substr(2, end - 2);
    const std::size_t blank = std::min(head.find(' '), head.size());
    Command command{.name = head.substr(0, blank),
                    .properties = {},
                    .data = unescaped(line.substr(end + 2), false)};
    std::istringstream properties(head.substr(std::min(blank + 1, head.size())));
    for (std::string pair; std::getline(properties, pair, ',');) {
      const std::size_t equals = pair.find('=');
      REQUIRE(equals != std::string::npos);
      command.properties[pair.substr(0, equals)] = unescaped(pair.substr(equals + 1), true);
    }
    commands.push_back(std::move(command));
  }
  return commands;
}

std::vector<Command> annotations_of(const std::string& text) {
  std::vector<Command> commands = commands_of(text);
  std::erase_if(commands, [](const Command& command) {
    return command.name == "group" || command.name == "endgroup";
  });
  return commands;
}

/// A run of one finding in a file whose path from the root is `path`.
SampleRun run_in(const std::string& path) {
  SampleRun run = sample_run();
  run.findings.resize(1);
  run.summary.notifications.clear();
  run.findings[0].place.file = std::make_shared<const FileName>(
      FileName{.shown = "typed/" + path, .uri = uri_path(path)});
  return run;
}

}  // namespace

TEST_CASE("github lists all findings in a group and annotates them", "[github]") {
  check_golden("report/sample.github.txt", report("github", sample_run()));
}

TEST_CASE("an annotation has the level, title and place of its finding", "[github]") {
  const auto annotations = annotations_of(report("github", run_in("k8s/backup.yaml")));
  REQUIRE(annotations.size() == 1);
  CHECK(annotations[0].name == "warning");
  CHECK(annotations[0].properties ==
        std::map<std::string, std::string>{{"title", "TW201: job-ttl"},
                                           {"file", "k8s/backup.yaml"},
                                           {"line", "6"},
                                           {"endLine", "6"},
                                           {"col", "1"},
                                           {"endColumn", "5"}});
  CHECK(annotations[0].data ==
        "Job 'db-restore-orders' has no ttlSecondsAfterFinished, so it stays in the cluster "
        "after it finishes.\nhelp: Set ttlSecondsAfterFinished: 3600 for general work, 86400 "
        "for critical work, 7200 while debugging.");
}

TEST_CASE("the file of an annotation is the path from the root, whatever is in it",
          "[github]") {
  const std::string path =
      GENERATE("my app/100%.yaml", "a,line=1::error::b:c.yaml", "a%0Ab%25.yaml", "a\r\nb.yaml",
               "\n", "caf\xC3\xA9/\xF0\x9F\x98\x80.yaml");
  const auto annotations = annotations_of(report("github", run_in(path)));
  REQUIRE(annotations.size() == 1);
  CHECK(annotations[0].properties.at("file") == path);
  CHECK(annotations[0].properties.at("line") == "6");
}

TEST_CASE("what a file name commands a terminal is shown, not done", "[github]") {
  const std::string text = report("github", run_in("a\x1B[31m\xFF.yaml"));
  CHECK(text.find('\x1B') == std::string::npos);
  CHECK(text.find('\xFF') == std::string::npos);
  CHECK(annotations_of(text)[0].properties.at("file") == "a\xE2\x90\x9B[31m\xEF\xBF\xBD.yaml");
}

TEST_CASE("a place over several lines has no columns", "[github]") {
  SampleRun run = run_in("a.yaml");
  run.findings[0].place.end.line += 2;
  const auto annotation = annotations_of(report("github", run)).at(0);
  CHECK(annotation.properties.at("line") == "6");
  CHECK(annotation.properties.at("endLine") == "8");
  CHECK(annotation.properties.count("col") + annotation.properties.count("endColumn") == 0);
}

TEST_CASE("no more annotations are written than GitHub keeps, and the rest is listed",
          "[github]") {
  SampleRun run = sample_run();
  const Finding warning = run.findings[0];
  run.findings.assign(12, warning);
  run.findings.push_back(sample_run().findings[1]);
  const std::string text = report("github", run);
  const auto annotations = annotations_of(text);
  const auto count = [&](std::string_view level) {
    return std::ranges::count(annotations, level, &Command::name);
  };
  CHECK(count("warning") == 10);
  CHECK(count("error") == 1);
  CHECK(count("notice") == 1);  // a notification
  const auto lines = lines_of(text);
  CHECK(std::ranges::count_if(lines, [](const std::string& line) {
          return line.starts_with("k8s/backup.yaml:6:1: warning: Job 'db-restore-orders' has");
        }) == 12);
  CHECK(text.find("\nGitHub shows 10 annotations of each level, so 2 more are only in the list "
                  "above.\n") != std::string::npos);
  run.findings.resize(11);
  CHECK(report("github", run).find("so 1 more is only in the list above.") !=
        std::string::npos);
  run.findings.resize(10);
  CHECK(report("github", run).find("GitHub shows") == std::string::npos);
}

TEST_CASE("nothing of a manifest becomes a command of GitHub Actions", "[github]") {
  SampleRun run = sample_run();
  for (Finding& finding : run.findings) {
    finding.message = "::set-env name=x::\n::error::y\r##[group]z %0A::stop-commands::t";
    finding.place.file = std::make_shared<const FileName>(
        FileName{.shown = " ::add-path::/tmp\n::error::", .uri = "%0A%3A%3Aerror%3A%3Ax"});
  }
  run.info.rules[1].name = "a::b,c%";
  run.summary.notifications[1].message = "::warning::x\n::error::y";
  const std::string text = report("github", run);
  CHECK(text.find("##[") == std::string::npos);
  for (const Command& command : commands_of(text)) {
    CHECK((command.name == "group" || command.name == "endgroup" || command.name == "error" ||
           command.name == "warning" || command.name == "notice"));
    CHECK(command.data.find("\n::") == std::string::npos);
  }
  CHECK(annotations_of(text).size() ==
        run.findings.size() - run.summary.suppressed + 1);  // and one notification
}

TEST_CASE("an annotation is never longer than the runner takes", "[github]") {
  SampleRun run = run_in("a.yaml");
  run.findings[0].message.assign(10'000, 'x');
  for (int i = 0; i < 100; ++i) {
    run.findings[0].related.push_back({.place = run.findings[0].place, .message = "Here too."});
  }
  CHECK(annotations_of(report("github", run)).at(0).data.size() <= 4096);
}

TEST_CASE("a run without findings has no group and no annotation", "[github]") {
  SampleRun run;
  run.summary.files = 1;
  run.summary.documents.linted = 1;
  CHECK(report("github", run) == "No findings.\nLinted 1 document in 1 file.\n");
  CHECK(report("github", run, {.quiet = true}).empty());
}
