#include <algorithm>
#include <iterator>

#include "policy/fields.h"
#include "policy/policy.h"

namespace tidewaiter::policy {

namespace {

using yaml::Node;

constexpr std::string_view kGroup = "admissionregistration.k8s.io";
constexpr std::string_view kVersions[] = {"v1", "v1beta1", "v1alpha1"};

bool is_served(const k8s::Resource& resource, std::string_view kind) {
  return resource.kind == kind && resource.group == kGroup &&
         std::ranges::find(kVersions, resource.version) != std::end(kVersions);
}

/// `read` of every item of the list, even of those that are no mappings: decisions name a
/// validation by its index.
template <class Read>
auto read_list(const Node* object, std::string_view field, Read read) {
  std::vector<decltype(read(Node()))> items;
  const Node* const list = sequence_at(object, field);
  if (list == nullptr) return items;
  items.reserve(list->size());
  for (std::uint32_t i = 0; i < list->size(); ++i) items.push_back(read(list->item(i)));
  return items;
}

std::vector<std::string_view> read_words(const Node& object, std::string_view field) {
  return read_list(&object, field, [](const Node& item) { return item.as_string(); });
}

/// A null counts as absent; every other value is an expression, if only one that is wrong.
Expression read_expression(const Node& object, std::string_view field) {
  const Node* const value = object.find(field);
  if (value == nullptr || value->is_null()) return {};
  return {.text = value->as_string(), .node = value};
}

std::vector<NamedExpression> read_named(const Node* spec, std::string_view field,
                                        std::string_view name, std::string_view expression) {
  return read_list(spec, field, [=](const Node& item) {
    return NamedExpression{.name = text_at(&item, name),
                           .expression = read_expression(item, expression)};
  });
}

ResourceRule read_rule(const Node& rule) {
  ResourceRule result{
      .api_groups = read_words(rule, "apiGroups"),
      .api_versions = read_words(rule, "apiVersions"),
      .resources = read_words(rule, "resources"),
      .operations = read_words(rule, "operations"),
      .resource_names = read_words(rule, "resourceNames"),
  };
  if (const std::string_view scope = text_at(&rule, "scope"); !scope.empty()) {
    result.scope = scope;
  }
  return result;
}

std::optional<LabelSelector> read_selector(const Node& object, std::string_view field) {
  const Node* const selector = mapping_at(&object, field);
  return selector == nullptr ? std::nullopt : std::optional(LabelSelector(*selector));
}

MatchResources read_match(const Node& match) {
  return {
      .namespace_selector = read_selector(match, "namespaceSelector").value_or(LabelSelector()),
      .object_selector = read_selector(match, "objectSelector").value_or(LabelSelector()),
      .resource_rules = read_list(&match, "resourceRules", read_rule),
      .exclude_resource_rules = read_list(&match, "excludeResourceRules", read_rule),
      .equivalent = text_at(&match, "matchPolicy") != "Exact"};
}

Validation read_validation(const Node& item) {
  Validation validation{.expression = read_expression(item, "expression"),
                        .message = text_at(&item, "message"),
                        .message_expression = read_expression(item, "messageExpression")};
  if (const std::string_view reason = text_at(&item, "reason"); !reason.empty()) {
    validation.reason = reason;
  }
  return validation;
}

std::vector<Action> read_actions(const Node* spec) {
  std::vector<Action> actions;
  const Node* const list = sequence_at(spec, "validationActions");
  for (std::uint32_t i = 0; list != nullptr && i < list->size(); ++i) {
    const std::string_view word = list->item(i).as_string();
    const auto action = word == "Deny"    ? std::optional(Action::kDeny)
                        : word == "Warn"  ? std::optional(Action::kWarn)
                        : word == "Audit" ? std::optional(Action::kAudit)
                                          : std::nullopt;
    if (action && std::ranges::find(actions, *action) == actions.end()) {
      actions.push_back(*action);
    }
  }
  return actions;
}

ParamRef read_param_ref(const Node& node) {
  return {.name = text_at(&node, "name"),
          .selector = read_selector(node, "selector"),
          .namespace_ = text_at(&node, "namespace"),
          .deny_when_not_found = text_at(&node, "parameterNotFoundAction") != "Allow",
          .node = &node};
}

}  // namespace

bool is_policy(const k8s::Resource& resource) {
  return is_served(resource, "ValidatingAdmissionPolicy");
}

bool is_binding(const k8s::Resource& resource) {
  return is_served(resource, "ValidatingAdmissionPolicyBinding");
}

Policy read_policy(const k8s::Resource& resource) {
  const Node* const spec = mapping_at(resource.object, "spec");
  Policy policy{
      .resource = &resource,
      .name = resource.name,
      .match_conditions = read_named(spec, "matchConditions", "name", "expression"),
      .variables = read_named(spec, "variables", "name", "expression"),
      .validations = read_list(spec, "validations", read_validation),
      .audit_annotations = read_named(spec, "auditAnnotations", "key", "valueExpression"),
  };
  if (text_at(spec, "failurePolicy") == "Ignore") {
    policy.failure_policy = FailurePolicy::kIgnore;
  }
  if (const Node* const kind = mapping_at(spec, "paramKind")) {
    policy.param_kind =
        ParamKind{.api_version = text_at(kind, "apiVersion"), .kind = text_at(kind, "kind")};
  }
  if (const Node* const match = mapping_at(spec, "matchConstraints")) {
    policy.match_constraints = read_match(*match);
  }
  return policy;
}

Binding read_binding(const k8s::Resource& resource) {
  const Node* const spec = mapping_at(resource.object, "spec");
  Binding binding{.resource = &resource,
                  .name = resource.name,
                  .policy_name = text_at(spec, "policyName"),
                  .actions = read_actions(spec)};
  if (const Node* const ref = mapping_at(spec, "paramRef")) {
    binding.param_ref = read_param_ref(*ref);
  }
  if (const Node* const match = mapping_at(spec, "matchResources")) {
    binding.match_resources = read_match(*match);
  }
  return binding;
}

}  // namespace tidewaiter::policy
