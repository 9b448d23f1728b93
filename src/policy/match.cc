#include "policy/match.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include "policy/label_selector.h"

namespace tidewaiter::policy {

namespace {

using yaml::Node;
using Words = std::span<const std::string_view>;

constexpr std::string_view kNamespaceNameLabel = "kubernetes.io/metadata.name";

struct GroupKind {
  std::string_view group;
  std::string_view kind;

  friend bool operator==(const GroupKind&, const GroupKind&) = default;
};

constexpr GroupKind kExempt[] = {
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicy"},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding"},
    {"admissionregistration.k8s.io", "MutatingWebhookConfiguration"},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicy"},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"},
    {"admissionregistration.k8s.io", "ValidatingWebhookConfiguration"},
    {"authentication.k8s.io", "SelfSubjectReview"},
    {"authentication.k8s.io", "TokenReview"},
    {"authorization.k8s.io", "LocalSubjectAccessReview"},
    {"authorization.k8s.io", "SelfSubjectAccessReview"},
    {"authorization.k8s.io", "SelfSubjectRulesReview"},
    {"authorization.k8s.io", "SubjectAccessReview"},
};

bool holds(Words words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool holds_or_star(Words words, std::string_view word) {
  return holds(words, word) || holds(words, "*");
}

/// A Namespace has its own name for a namespace in requests, and lives in none all the same.
bool is_namespaced(const ServedResource& resource, const AdmissionRequest& request) {
  return !request.namespace_.empty() && resource != ServedResource{"", "v1", "namespaces"};
}

bool scope_fits(std::string_view scope, bool namespaced) {
  return scope == "*" || scope == (namespaced ? "Namespaced" : "Cluster");
}

/// "pods" and "*" are the objects themselves, "pods/status" a subresource, and "pods/*" both.
bool resource_fits(Words patterns, std::string_view resource, std::string_view sub_resource) {
  return std::ranges::any_of(patterns, [&](std::string_view pattern) {
    const std::size_t slash = pattern.find('/');
    const std::string_view first = pattern.substr(0, slash);
    const std::string_view second =
        slash == std::string_view::npos ? std::string_view() : pattern.substr(slash + 1);
    return (first == "*" || first == resource) && (second == "*" || second == sub_resource);
  });
}

bool resource_fits(Words patterns, std::string_view resource, const AdmissionRequest& request) {
  const auto fits = [&](std::string_view name) {
    return resource_fits(patterns, name, request.sub_resource);
  };
  return fits(resource) || (!request.other_resource.empty() && fits(request.other_resource));
}

bool rule_fits(const ResourceRule& rule, const AdmissionRequest& request,
               const ServedResource& resource) {
  return scope_fits(rule.scope, is_namespaced(resource, request)) &&
         holds_or_star(rule.operations, request.operation) &&
         holds_or_star(rule.api_groups, resource.group) &&
         holds_or_star(rule.api_versions, resource.version) &&
         resource_fits(rule.resources, resource.resource, request) &&
         (rule.resource_names.empty() || holds(rule.resource_names, request.name));
}

std::vector<ServedResource> other_versions(const AdmissionRequest& request,
                                           const ServedResource& own) {
  if (request.served_versions.empty()) return equivalents_of(own);
  std::vector<ServedResource> others;
  if (!holds(request.served_versions, own.version)) return others;
  for (const std::string_view version : request.served_versions) {
    if (version != own.version) others.push_back({own.group, version, own.resource});
  }
  return others;
}

/// The resource as the first fitting rule names it; nothing when none fits. What the rules say
/// of the request as it is comes before what they say of its conversions.
std::optional<ServedResource> fitting_resource(std::span<const ResourceRule> rules,
                                               bool equivalent,
                                               const AdmissionRequest& request) {
  const ServedResource own{request.group, request.version, request.resource};
  for (const ResourceRule& rule : rules) {
    if (rule_fits(rule, request, own)) return own;
  }
  const auto is_named = [&](const ResourceRule& rule) {
    return resource_fits(rule.resources, own.resource, request);
  };
  if (!equivalent || std::ranges::none_of(rules, is_named)) return std::nullopt;
  const std::vector<ServedResource> others = other_versions(request, own);
  for (const ResourceRule& rule : rules) {
    for (const ServedResource& other : others) {
      if (rule_fits(rule, request, other)) return other;
    }
  }
  return std::nullopt;
}

/// As the API server, which looks at the name of the resource alone.
bool is_of_namespaces(const AdmissionRequest& request) {
  return request.resource == "namespaces";
}

/// A Namespace that is made or changed is judged by its own labels.
LabelSet seen_by_namespace_selector(const AdmissionRequest& request,
                                    const NamespaceLabels& of_namespace) {
  const bool by_itself = is_of_namespaces(request) && request.sub_resource.empty() &&
                         (request.operation == "CREATE" || request.operation == "UPDATE");
  LabelSet labels = by_itself ? labels_of(request.object) : LabelSet{of_namespace.labels};
  if (!of_namespace.name.empty()) {
    labels.implicit_key = kNamespaceNameLabel;
    labels.implicit_value = of_namespace.name;
  }
  return labels;
}

// Both: a selector with a fault selects until the rules are known to fit, as in the API server.

bool selects_namespace(const LabelSelector& selector, const AdmissionRequest& request,
                       const NamespaceLabels& of_namespace) {
  return selector.empty() || !selector.fault().empty() ||
         selector.selects(seen_by_namespace_selector(request, of_namespace));
}

bool selects_object(const LabelSelector& selector, const AdmissionRequest& request) {
  const auto selects = [&](const Node* object) {
    return object != nullptr && selector.selects(labels_of(object));
  };
  return selector.empty() || !selector.fault().empty() || selects(request.object) ||
         selects(request.old_object);
}

}  // namespace

NamespaceLabels namespace_labels(const AdmissionRequest& request, const Cluster& cluster) {
  NamespaceLabels labels{.name = request.namespace_};
  if (const auto* const found = cluster.namespace_named(request.namespace_)) {
    labels.labels = labels_of(found->object).labels;
    labels.known = true;
  }
  return labels;
}

bool is_exempt(const AdmissionRequest& request) {
  return std::ranges::find(kExempt, GroupKind{request.group, request.kind}) !=
         std::end(kExempt);
}

Match matches(const MatchResources& resources, const AdmissionRequest& request,
              const NamespaceLabels& namespace_labels, bool is_binding) {
  if (is_exempt(request)) return {};
  // Nobody asks for the namespace of what lies in none and is none.
  static const LabelSelector kEverything;
  const bool in_namespace = !request.namespace_.empty() || is_of_namespaces(request);
  const LabelSelector& by_namespace = in_namespace ? resources.namespace_selector : kEverything;
  const LabelSelector& by_object = resources.object_selector;
  const ServedResource own{request.group, request.version, request.resource};

  const bool is_guess = !namespace_labels.known && is_namespaced(own, request) &&
                        by_namespace.asks_beyond(kNamespaceNameLabel);
  const bool selected = selects_namespace(by_namespace, request, namespace_labels);
  if ((!selected && !is_guess) || !selects_object(by_object, request)) return {};
  if (fitting_resource(resources.exclude_resource_rules, resources.equivalent, request)) {
    return {};
  }
  Match match{.guessed_namespace = is_guess};
  if (!is_binding || !resources.resource_rules.empty()) {
    const auto fitting =
        fitting_resource(resources.resource_rules, resources.equivalent, request);
    if (!fitting) return {};
    if (*fitting != own) match.converted = fitting;
  }
  match.error = by_namespace.fault().empty() ? by_object.fault() : by_namespace.fault();
  match.matched = selected && match.error.empty();
  return match;
}

}  // namespace tidewaiter::policy
