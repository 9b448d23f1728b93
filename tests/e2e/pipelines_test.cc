// docs/pipelines.md: its snippets are YAML, and what they run ends as the page says.
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "e2e/program.h"
#include "e2e/yaml_document.h"
#include "support/catch.h"
#include "tidewaiter/version.h"

namespace tidewaiter::testing {
namespace {

constexpr char kFine[] = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
constexpr char kFaulty[] =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: b\n  a: c\n";
constexpr char kSuppressed[] =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: b\n"
    "  a: c  # tidewaiter: ignore duplicate-key -- on purpose\n";

/// The page's blocks of YAML by the heading above them; a heading has one at most.
std::map<std::string, std::unique_ptr<YamlDocument>> snippets() {
  std::map<std::string, std::unique_ptr<YamlDocument>> found;
  std::istringstream lines(
      read_file(std::filesystem::path(TIDEWAITER_SOURCE_DIR) / "docs/pipelines.md"));
  std::string heading;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) heading = line.substr(3);
    if (line != "```yaml") continue;
    std::string text;
    while (std::getline(lines, line) && line != "```") text += line + "\n";
    REQUIRE(found.emplace(heading, std::make_unique<YamlDocument>(text)).second);
  }
  return found;
}

/// The scripts of a pipeline that get tidewaiter, and those that run it.
struct Scripts {
  std::vector<std::string> get;
  std::vector<std::string> run;
};

Scripts scripts_of(const yaml::Node& pipeline) {
  Scripts scripts;
  for (const char* key : {"run", "bash", "before_script", "script"}) {
    for (std::string& script : values_of(pipeline, key)) {
      if (script.find("git clone") != std::string::npos) scripts.get.push_back(script);
      if (script.find("tidewaiter check") != std::string::npos) scripts.run.push_back(script);
    }
  }
  return scripts;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// Where the pipeline takes its report from, in the working folder.
std::string report_of(const yaml::Node& pipeline) {
  std::vector<std::string> places = values_of(pipeline, "sarif_file");
  if (places.empty()) places = values_of(pipeline, "sarif");
  if (places.empty()) {
    places = values_of(pipeline, "PathtoPublish");
    REQUIRE(places.size() == 1);
    return replaced(places[0], "$(Build.ArtifactStagingDirectory)", "staging") +
           "/tidewaiter.sarif";
  }
  REQUIRE(places.size() == 1);
  return places[0];
}

/// Runs what the pipeline runs over one manifest.
struct Trial {
  ScratchFolder folder;
  ProgramRun run;

  Trial(const yaml::Node& pipeline, const std::string& manifest) {
    folder.write("k8s/a.yaml", manifest);
    const Scripts scripts = scripts_of(pipeline);
    REQUIRE(scripts.run.size() == 1);
    run =
        run_script(scripts.run[0], folder.path(),
                   {"BUILD_ARTIFACTSTAGINGDIRECTORY=" + (folder.path() / "staging").string()});
  }
};

TEST_CASE("every snippet of pipelines is YAML", "[e2e]") {
  const auto all = snippets();
  CHECK(all.size() == 4);
  for (const auto& [heading, snippet] : all) {
    INFO(heading);
    CHECK(snippet->root() != nullptr);
  }
}

TEST_CASE("the pipelines get the version of tidewaiter that they belong to", "[e2e]") {
  const auto all = snippets();
  const std::string clone =
      "git clone --depth 1 --branch v" + std::string(kVersion) + " " + kHome + " ";
  for (const char* heading : {"GitHub Actions", "Azure DevOps", "GitLab"}) {
    INFO(heading);
    const Scripts scripts = scripts_of(*all.at(heading)->root());
    REQUIRE(scripts.get.size() == 1);
    CHECK(scripts.get[0].find(clone) != std::string::npos);
  }
  const yaml::Node& actions = *all.at("GitHub Actions")->root();
  const auto keys = values_of(actions, "key");
  REQUIRE(keys.size() == 2);
  CHECK(keys[0] == keys[1]);
  CHECK(keys[0].starts_with("tidewaiter-" + std::string(kVersion) + "-"));
}

TEST_CASE("a pipeline writes the report that it uploads, and fails on findings", "[e2e]") {
  const auto all = snippets();
  const std::string heading = GENERATE("GitHub Actions", "Azure DevOps", "GitLab");
  INFO(heading);
  const yaml::Node& pipeline = *all.at(heading)->root();
  const std::string report = report_of(pipeline);

  const Trial fine(pipeline, kFine);
  CHECK(fine.run.err.empty());
  CHECK(fine.run.exit == 0);
  CHECK(fine.folder.read(report).find("\"2.1.0\"") != std::string::npos);

  const Trial faulty(pipeline, kFaulty);
  CHECK(faulty.run.err.empty());
  // GitLab takes reports from jobs that succeed only; the page says so.
  CHECK(faulty.run.exit == (heading == "GitLab" ? 0 : 1));
  CHECK(faulty.folder.read(report).find("\"ruleId\":\"TW002\"") != std::string::npos);
}

TEST_CASE("in GitHub Actions findings are annotated, and suppressed ones are no alerts",
          "[e2e]") {
  const auto all = snippets();
  const yaml::Node& pipeline = *all.at("GitHub Actions")->root();
  const Trial faulty(pipeline, kFaulty);
  CHECK(faulty.run.out.find("\n::error title=TW002%3A duplicate-key,file=k8s/a.yaml,line=7,") !=
        std::string::npos);
  const Trial suppressed(pipeline, kSuppressed);
  CHECK(suppressed.run.exit == 0);
  CHECK(suppressed.run.out.find("::error") == std::string::npos);
  const std::string sarif = suppressed.folder.read("tidewaiter.sarif");
  CHECK(sarif.find("\"ruleId\":\"TW002\"") == std::string::npos);
  CHECK(sarif.find("\"suppressions\":") == std::string::npos);
}

TEST_CASE("the scans tab of Azure DevOps finds the report at the root of its artifact",
          "[e2e]") {
  const auto all = snippets();
  const yaml::Node& pipeline = *all.at("Azure DevOps")->root();
  CHECK(values_of(pipeline, "ArtifactName") == std::vector<std::string>{"CodeAnalysisLogs"});
  CHECK(values_of(pipeline, "condition") == std::vector<std::string>{"succeededOrFailed()"});
}

}  // namespace
}  // namespace tidewaiter::testing
