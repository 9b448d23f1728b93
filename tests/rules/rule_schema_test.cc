// rules/schema.json is written by hand, for editors; these tests keep it in step with the
// reader.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "rules/json_schema.h"
#include "rules/rule_pack.h"
#include "rules/rule_reader.h"
#include "support/catch.h"
#include "tidewaiter/version.h"
#include "yaml/node_json.h"

namespace tidewaiter::rules {
namespace {

using nlohmann::json;
using Names = std::set<std::string>;
namespace fs = std::filesystem;

const fs::path kRoot = TIDEWAITER_SOURCE_DIR;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

json schema() {
  return json::parse(content(kRoot / "rules/schema.json"));
}

Names keys_of(const json& object) {
  Names names;
  for (const auto& [key, value] : object.items()) names.insert(key);
  return names;
}

template <class Range>
Names names_of(const Range& range) {
  return Names(std::begin(range), std::end(range));
}

/// A rule that uses every key, as JSON, which is YAML too.
json full_rule() {
  return json::parse(R"({
    "id": "ACME001", "name": "own-rule", "aliases": ["old-name"], "status": "stable",
    "since": "1.0", "summary": "Something", "severity": "error", "precision": "high",
    "securitySeverity": "5.5", "profiles": ["aks"], "tags": ["cost"], "standards": ["CWE-1"],
    "equivalents": ["kube-linter/x"], "references": ["https://example.com"],
    "rationale": "Why.", "remediation": "How.", "whenToIgnore": "When.",
    "match": {"kinds": ["ConfigMap"]},
    "params": {"most": {"type": "int", "value": 3, "min": 1, "max": 9, "unit": "entries",
                        "description": "A number", "profiles": {"aks": 5}}},
    "variables": {"data": "object.data"},
    "checks": [{"expr": "true", "at": "object", "message": "No.", "when": "true",
                "each": "object.data", "as": "key", "severity": "note",
                "related": [{"at": "object", "message": "Here."}],
                "variables": {"x": "1"}}],
    "fix": [{"add": "object.data", "value": "{}", "safe": true, "description": "Add it.",
             "check": 0},
            {"set": "object.data", "value": "{}"}, {"remove": "object.data"},
            {"quote": "object.data"}],
    "examples": [{"good": "a: 1"},
                 {"bad": {"profile": "aks", "params": {"most": 1}, "config": {},
                          "files": {"a.yaml": "a: 1"}, "base64": false,
                          "want": ["a.yaml:1 x2"]}}]
  })");
}

bool reader_accepts(const json& rule) {
  RulePack pack;
  return pack
      .add(std::make_shared<const Source>(std::make_shared<FileName>(), rule.dump()), "own",
           true)
      .empty();
}

bool schema_accepts(const json& rule) {
  return testing::schema_faults(schema(), rule).empty();
}

/// The same place with another value.
json with(json rule, const std::string& pointer, json value) {
  rule[json::json_pointer(pointer)] = std::move(value);
  return rule;
}

json without(json rule, const std::string& pointer) {
  const json::json_pointer place(pointer);
  rule.at(place.parent_pointer()).erase(place.back());
  return rule;
}

TEST_CASE("the schema knows exactly the keys that the reader of rules accepts",
          "[rule_schema]") {
  const json all = schema();
  for (const RuleReader::MappingKeys& mapping : RuleReader::accepted_keys()) {
    INFO(mapping.mapping);
    const json* part = &all;
    if (mapping.mapping == "example") {
      part = &all.at("definitions").at("example").at("anyOf").at(1);
    } else if (mapping.mapping != "rule") {
      part = &all.at("definitions").at(std::string(mapping.mapping));
    }
    CHECK(keys_of(part->at("properties")) == names_of(mapping.known));
    CHECK(names_of(part->value("required", json::array())) == names_of(mapping.required));
    CHECK(part->at("additionalProperties") == false);
  }
}

TEST_CASE("the schema knows the profiles", "[rule_schema]") {
  const json definitions = schema().at("definitions");
  CHECK(names_of(definitions.at("profile").at("enum")) == names_of(kProfiles));
  CHECK(names_of(definitions.at("param")
                     .at("properties")
                     .at("profiles")
                     .at("propertyNames")
                     .at("enum")) == names_of(kParamProfiles));
}

TEST_CASE("every rule file is valid by the schema", "[rule_schema]") {
  const json all = schema();
  std::size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "rules")) {
    if (entry.path().extension() != ".yaml") continue;
    INFO(entry.path().string());
    const Source source(std::make_shared<FileName>(), content(entry.path()));
    const yaml::File file = yaml::read(source, {}, yaml::Templates::kRead);
    REQUIRE(file.documents.size() == 1);
    CHECK(testing::schema_faults(all, yaml::testing::to_json(*file.documents[0].root)) ==
          std::vector<std::string>());
    ++count;
  }
  CHECK(count > 100);
}

TEST_CASE("reader and schema accept a rule that uses every key", "[rule_schema]") {
  CHECK(reader_accepts(full_rule()));
  CHECK(testing::schema_faults(schema(), full_rule()) == std::vector<std::string>());
  json tried = full_rule();
  for (const RuleReader::MappingKeys& mapping : RuleReader::accepted_keys()) {
    if (mapping.mapping != "rule") continue;
    for (const std::string_view key : mapping.known) {
      INFO(key);
      CHECK((key == "builtin" || tried.contains(std::string(key))));
    }
  }
}

TEST_CASE("what the schema accepts in the place of a value, the reader accepts",
          "[rule_schema]") {
  const json probes = json::parse(
      R"(["text", "", "a b", "1.5", 0, 1, -1, 1.5, true, false, [], ["text"], [1], {}, {"a": 1}])");
  const json rule = full_rule();
  const json all = schema();
  const json leaves = rule.flatten();
  std::set<std::string> seen;
  for (const auto& [place, value] : leaves.items()) {
    for (json::json_pointer at(place); !at.empty(); at = at.parent_pointer()) {
      if (!seen.insert(at.to_string()).second) break;
      for (const json& probe : probes) {
        const json changed = with(rule, at.to_string(), probe);
        if (!testing::schema_faults(all, changed).empty()) continue;
        INFO(at.to_string() << " = " << probe.dump());
        // What a value must be besides its form, the schema cannot say.
        const bool beyond = at.to_string().starts_with("/params/most/") ||
                            at.to_string() == "/params" || at.to_string() == "/checks" ||
                            at.to_string() == "/fix/0/check" ||
                            at.to_string().starts_with("/examples/1/bad/files");
        CHECK((beyond || reader_accepts(changed)));
      }
    }
  }
}

TEST_CASE("reader and schema refuse the same faults", "[rule_schema]") {
  const json rule = full_rule();
  std::vector<json> faulty = {
      without(rule, "/id"),
      without(rule, "/name"),
      without(rule, "/summary"),
      without(rule, "/severity"),
      without(rule, "/match"),
      without(rule, "/checks"),
      without(rule, "/checks/0/as"),
      without(rule, "/checks/0/each"),
      without(rule, "/checks/0/message"),
      without(rule, "/params/most/type"),
      without(rule, "/examples/1/bad/files"),
      without(rule, "/fix/0/value"),
      without(rule, "/fix/2/remove"),
      with(rule, "/id", "acme001"),
      with(rule, "/id", "ACME-1"),
      with(rule, "/name", "Own_Rule"),
      with(rule, "/name", "own-"),
      with(rule, "/severity", "fatal"),
      with(rule, "/status", "beta"),
      with(rule, "/precision", "sure"),
      with(rule, "/profiles", {"prod"}),
      with(rule, "/references", {"example.com"}),
      with(rule, "/match", json::object()),
      with(rule, "/match", {{"kinds", {"Pod"}}, {"pods", true}}),
      with(rule, "/fix/0/set", "object"),
      with(rule, "/examples/0", {{"good", "a: 1"}, {"bad", "a: 1"}}),
      with(rule, "/examples/1/bad/want", {"a.yaml"}),
      with(rule, "/variables", {{"1a", "1"}}),
      with(rule, "/params", {{"a-b", {{"type", "int"}, {"value", 1}}}}),
      with(rule, "/builtin", true),
  };
  for (const char* mapping : {"", "/match", "/params/most", "/checks/0", "/checks/0/related/0",
                              "/fix/0", "/examples/0", "/examples/1/bad"}) {
    faulty.push_back(with(rule, std::string(mapping) + "/unheard", 1));
  }
  for (const json& changed : faulty) {
    INFO(json::diff(rule, changed).dump());
    CHECK_FALSE(reader_accepts(changed));
    CHECK_FALSE(schema_accepts(changed));
  }
}

TEST_CASE("reader and schema accept the same types of params", "[rule_schema]") {
  const auto typed = [](const std::string& type) {
    return with(full_rule(), "/params", {{"p", {{"type", type}}}});
  };
  for (const char* type :
       {"bool", "int", "number", "string", "quantity", "duration", "regex", "enum[a, b]",
        "list(string)", "map(int)", "map(list(string))", "list(map(bool))"}) {
    INFO(type);
    CHECK(schema_accepts(typed(type)));
  }
  for (const char* type : {"", "text", "list", "map", "list()", "list(text)", "list(string",
                           "string(int)", "list(list(list(string)))", "enum", "Int"}) {
    INFO(type);
    CHECK_FALSE(schema_accepts(typed(type)));
    CHECK_FALSE(reader_accepts(typed(type)));
  }
}

TEST_CASE("the page about writing rules names the schema of this version", "[rule_schema]") {
  const std::string page = content(kRoot / "docs/writing-rules.md");
  const std::string home = kHome;
  const std::string host = "https://github.com";
  REQUIRE(home.starts_with(host));
  CHECK(page.find("\n# yaml-language-server: $schema=https://raw.githubusercontent.com" +
                  home.substr(host.size()) + "/v" + kVersion + "/rules/schema.json\n") !=
        std::string::npos);
}

}  // namespace
}  // namespace tidewaiter::rules
