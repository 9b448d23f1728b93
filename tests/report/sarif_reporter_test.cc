#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "report/sample.h"
#include "support/catch.h"
#include "support/golden.h"

using namespace tidewaiter;
using namespace tidewaiter::testing;
using nlohmann::json;

namespace {

json sarif_run(const SampleRun& run, const ReportOptions& options = {}) {
  return json::parse(report("sarif", run, options))["runs"][0];
}

}  // namespace

TEST_CASE("SARIF carries what its consumers need", "[sarif]") {
  check_golden("report/sample.sarif", report("sarif", sample_run()));
}

TEST_CASE("SARIF of an empty run has rules and no results", "[sarif]") {
  SampleRun run;
  run.info = sample_run().info;
  const json log = sarif_run(run);
  CHECK(log["results"].is_array());
  CHECK(log["results"].empty());
  CHECK(log["tool"]["driver"]["rules"].size() == run.info.rules.size());
  CHECK(log["invocations"][0]["executionSuccessful"] == true);
}

TEST_CASE("rule names are in PascalCase", "[sarif]") {
  const json log = sarif_run(sample_run());
  const std::regex pascal("([A-Z][a-z0-9]+)+");
  for (const json& rule : log["tool"]["driver"]["rules"]) {
    CHECK(std::regex_match(rule["name"].get<std::string>(), pascal));
    CHECK(rule["properties"]["tags"].size() <= 10);
  }
  CHECK(log["tool"]["driver"]["rules"][4]["name"] == "RunAsaUser");
}

TEST_CASE("each result says whether it is suppressed, or none does", "[sarif]") {
  const SampleRun run = sample_run();
  const json with = sarif_run(run);
  std::size_t suppressed = 0;
  for (const json& result : with["results"]) {
    REQUIRE(result.contains("suppressions"));
    suppressed += result["suppressions"].size();
  }
  CHECK(suppressed == 1);
  const json without = sarif_run(run, {.with_suppressed = false});
  CHECK(without["results"].size() == run.findings.size() - 1);
  for (const json& result : without["results"]) CHECK_FALSE(result.contains("suppressions"));
}

TEST_CASE("snippets are the text of their regions", "[sarif]") {
  const json log = sarif_run(sample_run());
  const json& place = log["results"][1]["locations"][0]["physicalLocation"];
  CHECK(place["region"]["snippet"]["text"] == "restartPolicy: Always");
  CHECK(place["contextRegion"]["startLine"] == 8);
  CHECK(place["contextRegion"]["endLine"] == 12);
  // Columns are UTF-16 units: the smiley counts two.
  const json& wide = log["results"][6]["locations"][0]["physicalLocation"]["region"];
  CHECK(wide["startColumn"] == 7);
  CHECK(wide["endColumn"] == 16);
}

TEST_CASE("with --reproducible no absolute path is written", "[sarif]") {
  SampleRun run = sample_run();
  CHECK(sarif_run(run)["originalUriBaseIds"]["%SRCROOT%"]["uri"] == "file:///srv/shop/");
  run.info.root.clear();
  const json root = sarif_run(run)["originalUriBaseIds"]["%SRCROOT%"];
  CHECK_FALSE(root.contains("uri"));
  CHECK(root.contains("description"));
}

TEST_CASE("a file outside the root has no base", "[sarif]") {
  SampleRun run = sample_run();
  run.findings[0].place.file = std::make_shared<FileName>(
      FileName{.shown = "/tmp/x.yaml", .uri = "x.yaml", .outside_root = true});
  const json location = sarif_run(run)["results"][0]["locations"][0]["physicalLocation"];
  CHECK(location["artifactLocation"] == json({{"uri", "x.yaml"}}));
}

TEST_CASE("messages and descriptions keep the limits of GitHub and GitLab", "[sarif]") {
  SampleRun run = sample_run();
  std::string lengthy;
  for (int i = 0; i < 3000; ++i) lengthy += "\xC3\xA9";
  run.findings[0].message = lengthy;
  run.findings[0].related.assign(500, {.place = run.findings[1].place, .message = lengthy});
  run.info.rules[0].summary = lengthy;
  run.info.rules[0].rationale = lengthy;
  const json log = sarif_run(run);
  const json& rule = log["tool"]["driver"]["rules"][0];
  CHECK(rule["shortDescription"]["text"].get<std::string>().size() <= 1024);
  CHECK(rule["fullDescription"]["text"].get<std::string>().size() <= 1024);
  CHECK(log["results"][0]["message"]["text"].get<std::string>().size() <= 2048);
}

TEST_CASE("a fix over two files has one change a file", "[sarif]") {
  SampleRun run = sample_run();
  Fix& fix = run.findings[0].fixes[0];
  fix.edits.push_back(run.findings[1].fixes[0].edits[0]);
  fix.edits.push_back(fix.edits[0]);
  fix.edits[2].file = run.findings[7].place.file;
  const json changes = sarif_run(run)["results"][0]["fixes"][0]["artifactChanges"];
  REQUIRE(changes.size() == 2);
  CHECK(changes[0]["replacements"].size() == 2);
  CHECK(changes[1]["artifactLocation"]["uri"] == "k8s/my%20app/100%25.yaml");
}

TEST_CASE("rules are related to the standards that they name, CWEs last", "[sarif]") {
  SampleRun run = sample_run();
  run.info.rules[0].standards = {"CWE-770", "cis-kubernetes/5.2.10", "cis-kubernetes/5.2.2",
                                 "CWE-250", "pss/baseline",          "acme/policy-4"};
  run.info.rules[1].standards = {"CWE-424242"};
  const json log = sarif_run(run);
  const json& driver = log["tool"]["driver"];
  const json& taxonomies = log["taxonomies"];
  REQUIRE(taxonomies.size() == 3);  // no rule names the NSA's
  CHECK(driver["supportedTaxonomies"].size() == 3);
  std::vector<std::string> ids;
  for (const json& relationship : driver["rules"][0]["relationships"]) {
    const json& target = relationship["target"];
    const json& component = target["toolComponent"];
    const json& taxonomy = taxonomies[component["index"].get<std::size_t>()];
    CHECK(taxonomy["name"] == component["name"]);
    CHECK(taxonomy["taxa"][target["index"].get<std::size_t>()]["id"] == target["id"]);
    CHECK(relationship["kinds"] == json({"relevant"}));
    ids.push_back(target["id"]);
  }
  CHECK(ids == std::vector<std::string>{"baseline", "5.2.10", "5.2.2", "CWE-770", "CWE-250"});
  CHECK_FALSE(driver["rules"][1].contains("relationships"));
  // Only what is used, in the order of numbers.
  CHECK(taxonomies[1]["taxa"].size() == 2);
  CHECK(taxonomies[1]["taxa"][0]["id"] == "5.2.2");
  CHECK(taxonomies[2]["name"] == "CWE");
}

TEST_CASE("a standard that is not known is a tag, and a CWE without title has its id",
          "[sarif]") {
  SampleRun run = sample_run();
  for (RuleInfo& rule : run.info.rules) rule.standards.clear();
  CHECK_FALSE(sarif_run(run).contains("taxonomies"));
  CHECK_FALSE(sarif_run(run)["tool"]["driver"].contains("supportedTaxonomies"));
  run.info.rules[0].standards = {"acme/policy-4", "CWE-9999"};
  const json log = sarif_run(run);
  const json tags = log["tool"]["driver"]["rules"][0]["properties"]["tags"];
  CHECK(std::ranges::find(tags, "acme/policy-4") != tags.end());
  CHECK(log["taxonomies"][0]["taxa"][0]["shortDescription"]["text"] == "CWE-9999.");
}
