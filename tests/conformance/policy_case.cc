#include "conformance/policy_case.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "policy/admission_request.h"
#include "policy/cluster.h"
#include "policy/evaluation.h"
#include "policy/match.h"
#include "policy/params.h"

namespace tidewaiter::conformance {
namespace {

using nlohmann::json;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::shared_ptr<const FileName> name_of(const std::string& path) {
  auto name = std::make_shared<FileName>();
  name->shown = path;
  return name;
}

const k8s::Resource& first_where(const Manifests& manifests,
                                 bool (*accepts)(const k8s::Resource&)) {
  const auto& resources = manifests.extraction.resources;
  const auto found = std::find_if(resources.begin(), resources.end(), accepts);
  if (found == resources.end()) {
    throw std::runtime_error("nothing of use in " + manifests.source.name()->shown);
  }
  return *found;
}

const k8s::Resource& first(const Manifests& manifests) {
  return first_where(manifests, [](const k8s::Resource&) { return true; });
}

/// The namespace that the case says the object lies in, as a manifest.
std::string namespace_manifest(const json& labels, std::string_view name) {
  return json{{"apiVersion", "v1"},
              {"kind", "Namespace"},
              {"metadata", {{"name", name}, {"labels", labels}}}}
      .dump();
}

policy::UserInfo user_of(const json& info) {
  policy::UserInfo user{.username = info.value("username", ""), .uid = info.value("uid", "")};
  const json groups = info.value("groups", json());
  if (groups.is_array()) user.groups = groups.get<std::vector<std::string>>();
  const json extra = info.value("extra", json());
  for (const auto& [key, values] : extra.items()) {
    user.extra.emplace_back(key, values.get<std::vector<std::string>>());
  }
  return user;
}

/// What became of a case, in the form of its "kubernetes" entry.
class CaseRun {
 public:
  CaseRun(const LoadedPolicy& policy, const Manifests* binding, const json& test,
          cel::Arena& arena)
      : policy_(policy), test_(test), arena_(arena) {
    if (binding == nullptr) return;
    for (const k8s::Resource& each : binding->extraction.resources) {
      if (policy::is_binding(each)) bindings_.push_back(policy::read_binding(each));
    }
  }

  json run(const k8s::Resource& resource, const Manifests* old, const Manifests* params) {
    read_namespace(resource);
    std::vector<const k8s::Resource*> known = params_of(params);
    if (namespace_) known.push_back(&first(*namespace_));
    const policy::Cluster cluster(known);
    make_request(resource, old);

    const policy::NamespaceLabels labels = policy::namespace_labels(request_, cluster);
    const bool matched =
        !policy::is_exempt(request_) &&
        policy::matches(policy_.policy.match_constraints, request_, labels, false).matched;
    json result = {{"matched", matched}, {"outcome", "skipped"}};
    if (!matched) return result;
    if (!bindings_.empty()) {
      choose_binding(labels);
      result["binding_matched"] = binding_ != nullptr;
      if (binding_ == nullptr) return result;
    }
    evaluate_all(known, cluster);
    report(result);
    return result;
  }

 private:
  void read_namespace(const k8s::Resource& resource) {
    if (!test_.contains("namespace_labels")) return;
    const std::string_view name =
        resource.namespace_.empty() ? std::string_view("default") : resource.namespace_;
    namespace_.emplace("namespace", namespace_manifest(test_.at("namespace_labels"), name));
  }

  static std::vector<const k8s::Resource*> params_of(const Manifests* params) {
    std::vector<const k8s::Resource*> result;
    if (params == nullptr) return result;
    for (const k8s::Resource& each : params->extraction.resources) result.push_back(&each);
    return result;
  }

  void make_request(const k8s::Resource& resource, const Manifests* old) {
    // A cluster of its own, so that the object is no param of its policy.
    kinds_.emplace(std::vector<const k8s::Resource*>{&resource});
    request_ = policy::admission_request(resource, *kinds_);
    operation_ = test_.value("operation", "CREATE");
    request_.operation = operation_;
    if (old != nullptr) request_.old_object = first(*old).object;
    if (operation_ == "DELETE") {
      if (old == nullptr) request_.old_object = request_.object;
      request_.object = nullptr;
    }
    if (test_.contains("userinfo")) {
      user_ = user_of(test_.at("userinfo"));
      request_.user = &user_;
    }
  }

  /// Of the bindings that match, the one with the gravest action: the cases show one.
  void choose_binding(const policy::NamespaceLabels& labels) {
    for (const policy::Binding& each : bindings_) {
      const bool bound = !each.match_resources ||
                         policy::matches(*each.match_resources, request_, labels, true).matched;
      if (bound && (binding_ == nullptr || gravity(each) > gravity(*binding_))) {
        binding_ = &each;
      }
    }
  }

  static int gravity(const policy::Binding& binding) {
    if (binding.actions.empty() || has(binding, policy::Action::kDeny)) return 2;
    return has(binding, policy::Action::kWarn) ? 1 : 0;
  }
  static bool has(const policy::Binding& binding, policy::Action action) {
    return std::find(binding.actions.begin(), binding.actions.end(), action) !=
           binding.actions.end();
  }

  /// Every evaluation that Kubernetes would make: one for each param.
  void evaluate_all(const std::vector<const k8s::Resource*>& known,
                    const policy::Cluster& cluster) {
    policy::ResolvedParams resolved;
    if (binding_ != nullptr || !test_.contains("params")) {
      resolved = policy::resolve_params(policy_.policy, binding_, request_, cluster);
    } else {
      const std::size_t others = namespace_ ? 1 : 0;
      resolved.params.assign(known.begin(), known.end() - static_cast<std::ptrdiff_t>(others));
    }
    if (!resolved.error.empty()) {
      const bool admitted = policy_.policy.failure_policy == policy::FailurePolicy::kIgnore;
      decisions_.push_back({.admitted = admitted,
                            .verdict = policy::Verdict::kError,
                            .message = resolved.error});
      evaluated_ = true;
    }
    for (const k8s::Resource* param : resolved.params) evaluate(param);
  }

  void evaluate(const k8s::Resource* param) {
    policy::EvaluationInput input{.request = &request_,
                                  .params = param == nullptr ? nullptr : param->object,
                                  .reading = policy::Reading::kRaw};
    if (namespace_) input.namespace_object = first(*namespace_).object;
    if (request_.namespaced) input.namespace_name = request_.namespace_;
    policy::Evaluation evaluation = policy::evaluate(policy_.compiled, input, arena_);
    if (evaluation.skipped) return;
    evaluated_ = true;
    std::move(evaluation.decisions.begin(), evaluation.decisions.end(),
              std::back_inserter(decisions_));
    for (const policy::AuditAnnotation& each : evaluation.audit_annotations) {
      audit_.push_back({{"Key", each.key}, {"Value", each.value}, {"Action", "publish"}});
    }
    for (const policy::Decision& each : evaluation.failed_annotations) {
      audit_.push_back({{"Key", policy_.policy.audit_annotations[each.index].name},
                        {"Action", each.admitted ? "exclude" : "error"}});
    }
  }

  void report(json& result) const {
    if (!evaluated_) return;
    bool admitted = true;
    json decisions = json::array();
    for (const policy::Decision& each : decisions_) {
      admitted = admitted && each.admitted;
      json decision = {{"index", each.index},
                       {"action", each.admitted ? "admit" : "deny"},
                       {"evaluation", evaluation_of(each.verdict)}};
      if (!each.message.empty()) decision["message"] = each.message;
      if (!each.reason.empty()) decision["reason"] = each.reason;
      decisions.push_back(std::move(decision));
    }
    result["decisions"] = std::move(decisions);
    result["outcome"] = admitted ? "allowed" : denial();
    if (!audit_.empty()) result["audit"] = audit_;
  }

  static const char* evaluation_of(policy::Verdict verdict) {
    switch (verdict) {
      case policy::Verdict::kAdmit: return "admit";
      case policy::Verdict::kDeny: return "deny";
      case policy::Verdict::kError: return "error";
    }
    return "";
  }

  const char* denial() const {
    constexpr std::array kWords = {"audited", "warned", "denied"};
    return kWords[binding_ == nullptr ? 2 : static_cast<std::size_t>(gravity(*binding_))];
  }

  const LoadedPolicy& policy_;
  const json& test_;
  cel::Arena& arena_;
  std::vector<policy::Binding> bindings_;
  const policy::Binding* binding_ = nullptr;  // the one that is evaluated
  std::optional<Manifests> namespace_;
  std::string operation_;
  policy::UserInfo user_;
  std::optional<policy::Cluster> kinds_;
  policy::AdmissionRequest request_;
  bool evaluated_ = false;
  std::vector<policy::Decision> decisions_;
  json audit_ = json::array();
};

/// The parts of an audit annotation that Kubernetes acts on; what is left out says nothing.
json effective_audit(const json& audit) {
  json result = json::array();
  for (const json& each : audit) {
    const std::string action = each.at("Action");
    if (action == "exclude") continue;
    result.push_back({{"Key", each.at("Key")},
                      {"Action", action},
                      {"Value", action == "publish" ? each.at("Value") : json("")}});
  }
  std::sort(result.begin(), result.end());
  return result;
}

/// Texts of errors are Kubernetes' own words, so they are no part of the comparison.
json comparable(const json& answer) {
  json result = {{"matched", answer.at("matched")}, {"outcome", answer.at("outcome")}};
  if (answer.contains("binding_matched")) {
    result["binding_matched"] = answer["binding_matched"];
  }
  result["decisions"] = answer.value("decisions", json::array());
  for (json& decision : result["decisions"]) {
    if (decision.at("evaluation") == "error") decision.erase("message");
  }
  result["audit"] = effective_audit(answer.value("audit", json::array()));
  return result;
}

std::string messages_of(const json& answer) {
  std::string result;
  for (const json& decision : answer.value("decisions", json::array())) {
    if (decision.at("evaluation") == "error") {
      result += "\n      " + decision.value("message", "");
    }
  }
  return result;
}

std::string text_of(const json& part) {
  return part.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

Manifests::Manifests(const std::string& path, std::string text)
    : source(name_of(path), std::move(text)),
      file(yaml::read(source, {}, yaml::Templates::kRead)),
      extraction(k8s::extract_resources(source, file, {})) {}

const Manifests& PolicyCases::manifests(const std::string& path) {
  auto& known = files_[path];
  if (!known) known = std::make_unique<const Manifests>(path, read(folder_ / path));
  return *known;
}

const LoadedPolicy& PolicyCases::policy(const std::string& path) {
  auto& known = policies_[path];
  if (!known) {
    auto loaded = std::make_unique<LoadedPolicy>();
    loaded->policy = policy::read_policy(first_where(manifests(path), policy::is_policy));
    loaded->compiled = compile_policy(loaded->policy, 0);
    known = std::move(loaded);
  }
  return *known;
}

std::vector<std::string> PolicyCases::run(const json& test) {
  const auto named = [&](const char* key) -> const Manifests* {
    return test.contains(key) ? &manifests(test.at(key)) : nullptr;
  };
  CaseRun run(policy(test.at("policy")), named("binding"), test, arena_);
  const json got =
      run.run(first(manifests(test.at("resource"))), named("old_object"), named("params"));
  const json& wanted = test.at("kubernetes");
  const json got_part = comparable(got);
  const json wanted_part = comparable(wanted);
  std::vector<std::string> differences;
  for (const auto& [key, value] : got_part.items()) {
    const json expected = wanted_part.value(key, json());
    if (value == expected) continue;
    differences.push_back(key + "\n    got:      " + text_of(value) +
                          "\n    expected: " + text_of(expected));
  }
  if (!differences.empty()) {
    differences.push_back("errors\n    got:      " + messages_of(got) +
                          "\n    expected: " + messages_of(wanted));
  }
  return differences;
}

}  // namespace tidewaiter::conformance
