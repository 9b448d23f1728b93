// The rules of names and labels agree with Kubernetes' own validation, whose results for many
// texts are in the shared material.
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "engine/lint.h"
#include "k8s/reference_text.h"
#include "support/catch.h"
#include "support/shared.h"

namespace tidewaiter::testing {
namespace {

using nlohmann::json;

struct NameCase {
  std::string text;
  std::set<std::string> valid;  ///< The kinds of names it may be.
};

std::vector<NameCase> name_cases() {
  const auto path = shared_file("data/name-cases.json");
  if (!path) return {};
  std::ifstream file(*path);
  std::vector<NameCase> cases;
  const json table = json::parse(file);
  for (const json& row : table["cases"]) {
    NameCase one{.text = row["in"], .valid = row["valid"]};
    // An empty name is none, DEL is nothing that YAML may hold, and what another tool replaces
    // is not judged.
    if (one.text.empty() || one.text.find('\x7f') != std::string::npos ||
        k8s::holds_reference(one.text)) {
      continue;
    }
    cases.push_back(std::move(one));
  }
  REQUIRE(cases.size() > 300);
  return cases;
}

/// The lines, from 0, of the objects that the rule reports; one object a line.
std::set<std::size_t> reported(const std::string& rule, const std::vector<json>& objects,
                               std::uint32_t minor) {
  std::string text;
  for (const json& object : objects) text += object.dump() + "\n---\n";
  const Lint lint{
      .files = {{"a.yaml", text}}, .choice = {.select = {rule}}, .kubernetes_minor = minor};
  std::set<std::size_t> lines;
  for (const Finding& finding : lint.run().findings) {
    if (finding.severity != Severity::kError) continue;
    CHECK(lines.insert((finding.place.start.line - 1) / 2).second);
  }
  return lines;
}

TEST_CASE("a name is valid for its kind as Kubernetes says", "[names]") {
  struct Kind {
    const char* version;
    const char* kind;
    const char* name;
    std::size_t longest;
    std::uint32_t minor = 34;
  };
  static constexpr Kind kKinds[] = {
      {"v1", "ConfigMap", "subdomain", 253},
      {"contoso.com/v1", "Widget", "subdomain", 253},
      {"v1", "Namespace", "label1123", 63},
      {"apps/v1", "StatefulSet", "label1123", 63},
      {"v1", "Service", "label1035", 63},
      {"v1", "Service", "label1123", 63, 36},
      {"batch/v1", "CronJob", "subdomain", 52},
      {"batch/v1", "Job", "subdomain", 63},
      {"rbac.authorization.k8s.io/v1", "Role", "path_segment", std::string::npos},
      {"rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "path_segment", std::string::npos},
  };
  const auto cases = name_cases();
  if (cases.empty()) return;
  for (const Kind& kind : kKinds) {
    std::vector<json> objects;
    for (const NameCase& one : cases) {
      objects.push_back({{"apiVersion", kind.version},
                         {"kind", kind.kind},
                         {"metadata", {{"name", one.text}}}});
    }
    const auto lines = reported("resource-name", objects, kind.minor);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      INFO(kind.kind << " '" << cases[i].text << "' in 1." << kind.minor);
      const bool fine =
          cases[i].valid.contains(kind.name) && cases[i].text.size() <= kind.longest;
      CHECK(lines.contains(i) == !fine);
    }
  }
}

TEST_CASE("keys and values of labels are valid as Kubernetes says", "[names]") {
  const auto cases = name_cases();
  if (cases.empty()) return;
  for (const bool is_key : {true, false}) {
    std::vector<json> objects;
    for (const NameCase& one : cases) {
      json labels = json::object();
      labels[is_key ? one.text : "a"] = is_key ? "a" : one.text;
      objects.push_back({{"apiVersion", "v1"},
                         {"kind", "ConfigMap"},
                         {"metadata", {{"name", "a"}, {"labels", labels}}}});
    }
    const auto lines = reported("label-syntax", objects, 34);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      INFO((is_key ? "key '" : "value '") << cases[i].text << "'");
      CHECK(lines.contains(i) ==
            !cases[i].valid.contains(is_key ? "qualified" : "label_value"));
    }
  }
}

}  // namespace
}  // namespace tidewaiter::testing
