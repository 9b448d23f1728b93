#include <nlohmann/json.hpp>

#include "report/sample.h"
#include "support/catch.h"
#include "support/golden.h"

using namespace tidewaiter;
using namespace tidewaiter::testing;
using nlohmann::json;

TEST_CASE("json says everything about each finding", "[json]") {
  check_golden("report/sample.json", report("json", sample_run()));
}

TEST_CASE("json of an empty run is complete", "[json]") {
  const json log = json::parse(report("json", SampleRun{}));
  CHECK(log["schemaVersion"] == 1);
  CHECK(log["findings"].empty());
  CHECK(log["rules"].empty());
  CHECK(log["summary"]["documents"]["linted"] == 0);
}

TEST_CASE("json leaves suppressed findings out when asked to", "[json]") {
  const SampleRun run = sample_run();
  CHECK(json::parse(report("json", run))["findings"].size() == run.findings.size());
  const json without = json::parse(report("json", run, {.with_suppressed = false}));
  CHECK(without["findings"].size() == run.findings.size() - 1);
}

TEST_CASE("hostile names come back from json as they were", "[json]") {
  SampleRun run = sample_run();
  const std::string name = "a\"b\\c\n\t\x1B::error::\x7F\xC3\xA9";
  run.findings[0].message = name;
  run.findings[0].resource.name = name;
  const json log = json::parse(report("json", run));
  CHECK(log["findings"][0]["message"] == name);
  CHECK(log["findings"][0]["resource"]["name"] == name);
}
