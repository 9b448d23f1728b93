// docs/writing-rules.md is a walk-through: what its console blocks show is what the program
// prints, in a folder with the files that the page has shown by then. docs/policies.md and
// docs/key-vault.md have such blocks too, the latter about testdata/key-vault.
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "e2e/program.h"
#include "support/catch.h"
#include "support/golden.h"

namespace tidewaiter::testing {
namespace {

/// The words of a command; single and double quotes hold a word together.
std::vector<std::string> words_of(const std::string& command) {
  std::vector<std::string> words(1);
  char quote = 0;
  for (const char c : command) {
    if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    } else if (c == ' ' && quote == 0) {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

class Walk {
 public:
  /// In a folder with what `testdata` has; "": an empty one.
  explicit Walk(std::string_view testdata = {}) {
    namespace fs = std::filesystem;
    if (testdata.empty()) return;
    fs::copy(fs::path(TIDEWAITER_TESTDATA) / testdata, folder_.path(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }

  /// The page with the output of its commands as it is now.
  std::string replay(const std::string& page) {
    std::istringstream lines(page);
    std::string result;
    for (std::string line; std::getline(lines, line);) {
      result += line + "\n";
      if (line == "```yaml") {
        result += take_file(lines);
      } else if (line == "```console") {
        result += take_console(lines);
      } else if (!line.empty()) {
        file_ = line.starts_with('`') && line.ends_with("`:") ? line.substr(1, line.size() - 3)
                                                              : std::string();
      }
    }
    return result;
  }
  int commands() const { return commands_; }

 private:
  /// Writes the block to the file that the line before it names, if it names one.
  std::string take_file(std::istream& lines) {
    std::string text;
    std::string line;
    while (std::getline(lines, line) && line != "```") text += line + "\n";
    if (!file_.empty()) folder_.write(file_, text);
    file_.clear();
    return text + line + "\n";
  }

  std::string take_console(std::istream& lines) {
    std::string text;
    std::string line;
    while (std::getline(lines, line) && line != "```") {
      if (!line.starts_with("$ ")) continue;  // output, which is made anew
      text += line + "\n" + output_of(line.substr(2));
    }
    return text + line + "\n";
  }

  std::string output_of(const std::string& command) {
    if (command == "echo $?") return std::to_string(exit_) + "\n";
    std::vector<std::string> words = words_of(command);
    INFO(command);
    REQUIRE(words.front() == "tidewaiter");
    words.erase(words.begin());
    const ProgramRun run = run_program({.arguments = words, .folder = folder_.path()});
    CHECK(run.signal == 0);
    exit_ = run.exit;
    ++commands_;
    return run.err + run.out;
  }

  ScratchFolder folder_;
  std::string file_;  // that the next block is for
  int exit_ = 0;
  int commands_ = 0;
};

void check_page(const char* page, int commands, std::string_view testdata = {}) {
  const auto path = std::filesystem::path(TIDEWAITER_SOURCE_DIR) / page;
  Walk walk(testdata);
  const std::string replayed = walk.replay(read_file(path));
  CHECK(walk.commands() >= commands);
  check_file(path, replayed);
}

TEST_CASE("docs/graph.md shows what the program prints of testdata/cli/graph-text", "[e2e]") {
  namespace fs = std::filesystem;
  const std::string page = read_file(fs::path(TIDEWAITER_SOURCE_DIR) / "docs/graph.md");
  const std::string output = read_file(fs::path(TIDEWAITER_TESTDATA) / "cli/graph-text/stdout");
  REQUIRE_FALSE(output.empty());
  CHECK(page.find("$ tidewaiter graph k8s\n" + output + "```\n") != std::string::npos);
}

TEST_CASE("the walk-through of writing rules shows what the program does", "[e2e]") {
  check_page("docs/writing-rules.md", 6);
}

TEST_CASE("the page about Key Vault shows what the program does", "[e2e]") {
  check_page("docs/key-vault.md", 7, "key-vault");
}

TEST_CASE("the page about policies shows what the program does", "[e2e]") {
  check_page("docs/policies.md", 1);
}

}  // namespace
}  // namespace tidewaiter::testing
