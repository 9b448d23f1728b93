// Exported policies against the rules that they were made from.
#include "policy/policy_export.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "engine/folder_names.h"
#include "engine/kind_index.h"
#include "engine/rule_evaluator.h"
#include "k8s/manifest.h"
#include "policy/cluster.h"
#include "policy/evaluation.h"
#include "policy/match.h"
#include "policy/policy_help.h"
#include "policy/policy_set.h"
#include "rules/domain_functions.h"
#include "rules/rule_pack.h"
#include "support/catch.h"
#include "yaml/tagged_text.h"

namespace tidewaiter::policy {
namespace {

using testing::Manifest;

constexpr std::uint32_t kMinor = 34;

/// What `policy export` prints of a rule, read back and compiled for the release it names.
class Exported {
 public:
  Exported(const engine::SelectedRule& rule, std::string_view profile,
           std::optional<Action> action = {}) {
    auto result = export_rule(
        rule, {.action = action, .profiles = {&profile, 1}, .kubernetes_minor = kMinor});
    if (!result) {
      reason = result.error().message;
      return;
    }
    std::vector<yaml::Tree> documents;
    for (const ExportedPolicy& policy : *result) {
      documents.push_back(policy.policy);
      documents.push_back(policy.binding);
      oldest_minor = std::max(oldest_minor, policy.oldest_minor);
    }
    policies = *std::move(result);
    text = yaml::emit(documents);
    manifest = std::make_unique<Manifest>(text, "policies.yaml");
    for (const k8s::Resource& resource : manifest->found().resources) {
      resources.push_back(&resource);
    }
    set = std::make_unique<PolicySet>(resources);
    for (const BoundPolicy& bound : set->policies()) {
      compiled.push_back(compile_policy(bound.policy, oldest_minor - 1));
    }
  }

  bool denies(const k8s::Resource& object, const Cluster& cluster,
              Reading reading = Reading::kAdmitted) const {
    const AdmissionRequest request = admission_request(object, cluster);
    const NamespaceLabels labels = namespace_labels(request, cluster);
    bool denied = false;
    cel::Arena arena;
    for (const CompiledPolicy& one : compiled) {
      if (!matches(one.policy->match_constraints, request, labels, false)) continue;
      const Evaluation evaluation =
          evaluate(one, {.request = &request, .reading = reading}, arena);
      if (evaluation.skipped) continue;
      for (const Decision& decision : evaluation.decisions) {
        if (!decision.admitted) messages.insert(decision.message);
        denied = denied || !decision.admitted;
      }
    }
    return denied;
  }

  std::string reason;
  std::uint32_t oldest_minor = 0;
  std::vector<ExportedPolicy> policies;
  std::string text;
  std::unique_ptr<Manifest> manifest;
  std::vector<const k8s::Resource*> resources;
  std::unique_ptr<PolicySet> set;
  std::vector<CompiledPolicy> compiled;
  mutable std::set<std::string> messages;
};

/// The resources of an example, and what the rule says of each.
class JudgedExample {
 public:
  JudgedExample(const engine::SelectedRule& rule, const rules::Example& example,
                std::string_view profile)
      : rule_(rule) {
    for (const rules::Example::File& file : example.files) {
      std::string text(file.text);
      if (example.base64) text = yaml::decode_base64(file.text).value_or("");
      files_.push_back(std::make_unique<Manifest>(std::move(text), std::string(file.path)));
      for (const k8s::Resource& resource : files_.back()->found().resources) {
        resources.push_back(&resource);
      }
    }
    auto compiled = rules::compile_rule(*rule.rule, {.functions = &rules::domain_functions(),
                                                     .kubernetes_minor = kMinor,
                                                     .profiles = {&profile, 1},
                                                     .user_params = rule.params});
    if (!compiled) FAIL(compiled.error().message);
    compiled_ = *std::move(compiled);
    scope_ = k8s::Scope(resources);
  }

  bool finds(const k8s::Resource& resource) {
    if (!engine::matches(rule_.rule->match, resource)) return false;
    const rules::CompiledRule* const compiled = &compiled_;
    const engine::SourceMap sources({resource.document});
    engine::EvaluationContext context{.rules = {&rule_, 1},
                                      .compiled = {&compiled, 1},
                                      .sources = &sources,
                                      .folders = &folders_,
                                      .kubernetes_minor = kMinor};
    const std::uint32_t index = 0;
    return !engine::RuleEvaluator(context)
                .judge(resource, scope_, {&index, 1})
                .findings.empty();
  }

  std::vector<const k8s::Resource*> resources;

 private:
  const engine::SelectedRule& rule_;
  std::vector<std::unique_ptr<Manifest>> files_;
  rules::CompiledRule compiled_;
  k8s::Scope scope_;
  MemoryFileSystem no_files_;
  engine::FolderNames folders_{no_files_};
};

/// The rule with the params of an example.
engine::SelectedRule selected(const rules::Rule& rule, const rules::Example& example) {
  engine::SelectedRule result{.rule = &rule};
  result.params.resize(rule.params.size(), nullptr);
  for (std::size_t i = 0; i < rule.params.size(); ++i) {
    result.params[i] = example.params.find(rule.params[i].name);
  }
  return result;
}

std::string_view profile_of(const rules::Rule& rule, const rules::Example& example) {
  if (!example.profile.empty()) return example.profile;
  return rule.profiles.empty() ? std::string_view("recommended") : rule.profiles.front();
}

const rules::Rule& rule_named(std::string_view name) {
  const auto rules = rules::builtin_rules();
  const auto it = std::ranges::find(rules, name, &rules::Rule::name);
  REQUIRE(it != rules.end());
  return *it;
}

Exported exported(std::string_view name, std::optional<Action> action = {}) {
  const engine::SelectedRule rule{.rule = &rule_named(name), .params = {}};
  return Exported(rule, "strict", action);
}

/// The rules that have policies.
const std::vector<const rules::Rule*>& exportable() {
  static const auto kFound = [] {
    std::vector<const rules::Rule*> found;
    for (const rules::Rule& rule : rules::builtin_rules()) {
      if (exported(rule.name).reason.empty()) found.push_back(&rule);
    }
    return found;
  }();
  return kFound;
}

std::string shown(const rules::Rule& rule, const k8s::Resource& resource) {
  return std::string(rule.name) + ": " + std::string(resource.kind) + " " +
         std::string(resource.name) + "\n" + std::string(resource.source->text());
}

TEST_CASE("exported policies and their rules agree on every example", "[policy][export]") {
  std::size_t found = 0;
  std::size_t passed = 0;
  std::set<std::string> changed;
  for (const rules::Rule* rule : exportable()) {
    for (const rules::Example& example : rule->examples) {
      if (example.config.kind != rules::Constant::Kind::kNull) continue;
      const engine::SelectedRule selected_rule = selected(*rule, example);
      const std::string_view profile = profile_of(*rule, example);
      const Exported policies(selected_rule, profile);
      JudgedExample judged(selected_rule, example, profile);
      const Cluster cluster(judged.resources);
      for (const k8s::Resource* resource : judged.resources) {
        // Only the cluster knows into which namespace such an object is put.
        if (rule->name == "default-namespace" && resource->namespace_.empty()) continue;
        const bool expected = judged.finds(*resource);
        INFO(shown(*rule, *resource) << policies.text);
        CHECK(policies.denies(*resource, cluster) == expected);
        if (policies.denies(*resource, cluster, Reading::kDefaulted) != expected) {
          changed.emplace(rule->name);
        }
        ++(expected ? found : passed);
      }
    }
  }
  CHECK(found > 90);
  CHECK(passed > 90);
  // docs/policies.md tells of these. (Of default-service-account only an example that names
  // the account by the deprecated field, which an API server moves before it fills in any.)
  CHECK(changed ==
        std::set<std::string>{"cronjob-history", "default-service-account", "probe-timing"});
}

TEST_CASE("the documentation says how many rules have policies", "[policy][export]") {
  std::ifstream file(std::filesystem::path(TIDEWAITER_SOURCE_DIR) /
                     "docs/exported-policies.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  std::smatch count;
  REQUIRE(std::regex_search(page, count, std::regex("(\\d+) of the (\\d+) rules")));
  CHECK(std::stoul(count[1]) == exportable().size());
  CHECK(std::stoul(count[2]) == rules::builtin_rules().size());
  CHECK(exportable().size() >= 50);
}

TEST_CASE("every policy is what the API server accepts", "[policy][export]") {
  const std::regex dns_name("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  const std::regex identifier("[_a-zA-Z][_a-zA-Z0-9]*");
  const std::set<std::string_view> reserved = {"namespace", "package", "var",  "loop", "import",
                                               "function",  "const",   "void", "as",   "let"};
  std::set<std::string> names;
  for (const rules::Rule* rule : exportable()) {
    const Exported policies = exported(rule->name, Action::kAudit);
    INFO(policies.text);
    REQUIRE(policies.set->policies().size() == 1);  // one action, one policy
    const BoundPolicy& bound = policies.set->policies().front();
    const std::string name(bound.policy.name);
    CHECK(std::regex_match(name, dns_name));
    CHECK(name.size() <= 63);
    CHECK(names.insert(name).second);
    REQUIRE(bound.bindings.size() == 1);
    CHECK(bound.bindings.front().actions == std::vector{Action::kAudit});
    CHECK(policies.oldest_minor >= 30);
    for (const ResourceRule& match : bound.policy.match_constraints.resource_rules) {
      CHECK(match.operations.size() == 2);
      for (const std::string_view resource : match.resources) {
        CHECK(resource.find('/') == resource.npos);
        CHECK(resource != "*");
      }
    }
    CHECK(bound.policy.match_conditions.size() <= 64);
    std::set<std::string_view> variables;
    for (const NamedExpression& variable : bound.policy.variables) {
      CHECK(std::regex_match(std::string(variable.name), identifier));
      CHECK_FALSE(reserved.contains(variable.name));
      CHECK(variables.insert(variable.name).second);
    }
    for (const Validation& validation : bound.policy.validations) {
      CHECK(validation.expression.text.ends_with("== true"));
      CHECK_FALSE(validation.message.empty());
      CHECK(validation.message.size() < 1024);
      CHECK(validation.message.find('\n') == validation.message.npos);
    }
    const CompiledPolicy& compiled = policies.compiled.front();
    for (const CompiledExpression& variable : compiled.variables) {
      CHECK(variable.program.has_value());
    }
    for (const CompiledValidation& validation : compiled.validations) {
      CHECK(validation.expression.program.has_value());
      if (validation.message_expression) CHECK(validation.message_expression->program);
    }
  }
}

TEST_CASE("the release that a policy names is the oldest that takes it", "[policy][export]") {
  for (const rules::Rule* rule : exportable()) {
    for (const ExportedPolicy& policy : exported(rule->name).policies) {
      if (policy.oldest_minor == 30) continue;
      const Manifest manifest(yaml::emit({&policy.policy, 1}));
      const Policy read = read_policy(manifest.resource(0));
      // New expressions are compiled as the release before would.
      const CompiledPolicy older = compile_policy(read, policy.oldest_minor - 2);
      const auto fails = [](const CompiledExpression& e) { return e.error.has_value(); };
      INFO(policy.name);
      CHECK((std::ranges::any_of(older.variables, fails) ||
             std::ranges::any_of(older.validations, [&](const CompiledValidation& v) {
               return fails(v.expression) ||
                      (v.message_expression && fails(*v.message_expression));
             })));
    }
  }
}

TEST_CASE("each check has the action of its severity unless one is given", "[policy][export]") {
  const Exported split = exported("topology-key");
  CHECK_FALSE(split.reason.empty());
  const Exported exposed = exported("service-exposed");
  REQUIRE(exposed.policies.size() == 2);
  CHECK(exposed.policies[0].name == "tidewaiter-service-exposed.deny");
  CHECK(exposed.policies[0].action == Action::kDeny);
  CHECK(exposed.policies[1].name == "tidewaiter-service-exposed");
  CHECK(exposed.policies[1].action == Action::kWarn);
  CHECK(exported("service-exposed", Action::kDeny).policies.size() == 1);
}

TEST_CASE("a policy tells of its rule what reports show", "[policy][export]") {
  const Exported policies = exported("privileged");
  const PolicyHelp help = policy_help(*policies.resources.front());
  const rules::Rule& rule = rule_named("privileged");
  CHECK(help.title == rule.summary);
  CHECK(help.severity == "error");
  CHECK(help.id == rule.id);
  CHECK(help.category == "security");
  CHECK(help.url.ends_with("/docs/rules/privileged.md"));
  CHECK(help.description.starts_with(rule.rationale.substr(0, 40)));
}

TEST_CASE("the message of a policy names what the finding names", "[policy][export]") {
  const Exported policies = exported("privileged");
  const Manifest pod(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n"
      "  - {name: a, securityContext: {privileged: true}}\n"
      "  - {name: b, securityContext: {privileged: true}}\n");
  const k8s::Resource* const resource = &pod.resource(0);
  CHECK(policies.denies(*resource, Cluster({&resource, 1})));
  REQUIRE(policies.messages.size() == 1);
  CHECK(policies.messages.begin()->find("'a'") != std::string::npos);
  CHECK(policies.messages.begin()->find("'b'") != std::string::npos);
}

TEST_CASE("what a controller made is left alone by rules about what people write",
          "[policy][export]") {
  const Exported policies = exported("job-ttl");
  const auto denied = [&](const std::string& metadata) {
    const Manifest job("apiVersion: batch/v1\nkind: Job\nmetadata: {name: x, " + metadata +
                       "}\nspec: {template: {}}\n");
    const k8s::Resource* const resource = &job.resource(0);
    return policies.denies(*resource, Cluster({&resource, 1}));
  };
  CHECK(denied("labels: {}"));
  CHECK_FALSE(denied("ownerReferences: [{kind: CronJob, name: y}]"));
  CHECK_FALSE(denied("deletionTimestamp: '2025-01-01T00:00:00Z'"));
}

/// A rule of the user's own, exported.
struct OwnRule {
  explicit OwnRule(const std::string& rest, const std::string& rule_name = "own") {
    const auto name = std::make_shared<FileName>(FileName{.shown = "own.yaml", .uri = {}});
    const auto errors = pack.add(
        std::make_shared<const Source>(name, "id: ACME1\nname: " + rule_name +
                                                 "\nsummary: A rule\nseverity: error\n" + rest),
        "lint", /*of_user=*/true);
    if (!errors.empty()) FAIL(errors.front().message);
    rule = {.rule = &pack.rules().back(), .params = {}};
  }
  Exported exported() const { return Exported(rule, "strict"); }

  rules::RulePack pack;
  engine::SelectedRule rule;
};

TEST_CASE("names that policies do not allow, or that meet, are changed", "[policy][export]") {
  const Exported policies = OwnRule(R"(
match: {kinds: [Pod]}
variables:
  namespace: object.?metadata.?namespace.orValue('')
  containers: containers.map(c, c.?name.orValue(''))
checks:
  - each: variables.containers
    as: c
    variables: {same: 'containers.filter(c, c.name == variables.namespace)', item: c + '!'}
    expr: size(variables.same) == 0 && ['x'].all(c, variables.item != c)
    message: "{c} of {variables.namespace}: {variables.same.map(c, c.name)}"
)")
                                .exported();
  CHECK(policies.reason == "");
  INFO(policies.text);
  const auto denied = [&](const std::string& name) {
    const Manifest pod(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: nn}\nspec: " +
        ("{containers: [{name: " + name + "}]}\n"));
    const k8s::Resource* const resource = &pod.resource(0);
    return policies.denies(*resource, Cluster({&resource, 1}));
  };
  CHECK(denied("nn"));
  CHECK_FALSE(denied("m"));
  CHECK(policies.messages == std::set<std::string>{"nn of nn: nn"});
  CHECK(policies.text.find("name: namespace\n") == std::string::npos);
}

TEST_CASE("params become literals whatever they hold", "[policy][export]") {
  const Exported policies = OwnRule(R"(
match: {kinds: [ConfigMap]}
params:
  low: {type: int, value: -3, description: x}
  part: {type: number, value: 2, description: x}
  word: {type: string, value: "it's \"x\" \\ \n\t{{", description: x}
  words: {type: list(string), value: ["a'b"], description: x}
  table: {type: map(list(string)), value: {"k'": [v]}, description: x}
checks:
  - expr: params.low - params.low == 0 && params.part / 2.0 == 1.0 && object.data.word == params.word
      && object.data.item in params.words && params.table[object.data.key] == ['v']
    message: "{params.low} {params.words} {{}} {object.data.word}"
)")
                                .exported();
  CHECK(policies.reason == "");
  INFO(policies.text);
  const auto denied = [&](const std::string& item) {
    const Manifest map(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n" +
        ("  word: \"it's \\\"x\\\" \\\\ \\n\\t{{\"\n  key: k'\n  item: " + item));
    const k8s::Resource* const resource = &map.resource(0);
    return policies.denies(*resource, Cluster({&resource, 1}));
  };
  CHECK_FALSE(denied("a'b\n"));
  CHECK(denied("b\n"));
}

TEST_CASE("why a rule has no policy is said", "[policy][export]") {
  const auto reason = [](const std::string& match, const std::string& expr) {
    return OwnRule("match: " + match + "\nchecks:\n  - {message: x, expr: \"" + expr + "\"}\n")
        .exported()
        .reason;
  };
  const OwnRule long_name("match: {kinds: [Pod]}\nchecks: [{expr: \"true\", message: x}]\n",
                          std::string(300, 'a'));
  CHECK(long_name.exported().reason == "its name is too long for a policy");
  CHECK(exported("syntax-error").reason ==
        "it is about how files are read, which no API server sees");
  CHECK(exported("image-tag").reason.starts_with("it calls "));
  CHECK(exported("ssh-port").reason.starts_with("it judges every kind"));
  CHECK(exported("job-selector-set").reason.find("gives one to every Job") !=
        std::string::npos);
  CHECK(reason("{kinds: [Pod]}", "file.name == 'x'") == "it asks for the manifest's file");
  CHECK(reason("{kinds: [Pod]}", "scope.has('Service')") ==
        "it calls scope.has(), which Kubernetes does not have");
  CHECK(reason("{kinds: [Pod]}", "cel.bind(x, 1, x == 1)") ==
        "it uses cel.bind(), which Kubernetes does not have");
  CHECK(reason("{kinds: [Pod]}", "[1].all(object, object == 1)") ==
        "it has a loop variable named 'object'");
  CHECK(reason("{kinds: [Microsoft.App/containerApps]}", "object.x == 1") ==
        "it judges 'Microsoft.App/containerApps', which no Kubernetes cluster serves");
  CHECK(reason("{kinds: [extensions/Ingress]}", "object.x == 1") ==
        "it judges kinds that clusters no longer serve");
}

TEST_CASE("variables that repeat one another without end are no policy", "[policy][export]") {
  std::string rule =
      "match: {kinds: [Pod]}\nchecks:\n  - each: containers\n    as: c\n    message: x\n"
      "    variables:\n      v0: c.name\n";
  for (int i = 1; i < 60; ++i) {
    const std::string last = "variables.v" + std::to_string(i - 1);
    rule += "      v" + std::to_string(i) + ": " + last + " + " + last + "\n";
  }
  rule += "    expr: variables.v59 == ''\n";
  CHECK(OwnRule(rule).exported().reason == "its expressions would grow too long");
}

}  // namespace
}  // namespace tidewaiter::policy
