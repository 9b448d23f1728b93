#include "policy/policy_faults.h"

#include <fmt/core.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "policy/fields.h"
#include "policy/label_selector.h"

namespace tidewaiter::policy {

namespace {

using yaml::Node;
using Words = std::initializer_list<std::string_view>;

constexpr std::uint32_t kMaxMatchConditions = 64;
constexpr std::uint32_t kMaxAuditAnnotations = 20;

std::string enumerated(Words words) {
  std::string text;
  for (const std::string_view* word = words.begin(); word != words.end(); ++word) {
    if (word != words.begin()) text += word + 1 == words.end() ? " or " : ", ";
    text += *word;
  }
  return text;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool has_capital(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// An entry that is there; an explicit null counts as absent.
const Node* entry_of(const Node& object, std::string_view field) {
  const Node* const value = object.find(field);
  return value == nullptr || value->is_null() ? nullptr : value;
}

/// Gathers the faults of one manifest. `what` names an object for messages: "a resource rule".
class Inspector {
 public:
  std::vector<PolicyFault> take() { return std::move(faults_); }

  void policy(const Node& spec) {
    word(spec, "the policy", "failurePolicy", {"Fail", "Ignore"});
    if (const Node* kind = mapping_at(&spec, "paramKind")) {
      need_text(*kind, "paramKind", "apiVersion");
      need_text(*kind, "paramKind", "kind");
    }
    if (const Node* match = need_mapping(spec, "the policy", "matchConstraints")) {
      need_list(*match, "matchConstraints", "resourceRules");
      matching(*match);
    }
    conditions(sequence_at(&spec, "matchConditions"));
    expressions(sequence_at(&spec, "variables"), "a variable", "name", "expression");
    const Node* const validations = sequence_at(&spec, "validations");
    const Node* const annotations = sequence_at(&spec, "auditAnnotations");
    if (count(validations) + count(annotations) == 0) {
      add(spec,
          "The policy has neither validations nor auditAnnotations, so it asks for nothing.");
    }
    for (std::uint32_t i = 0; i < count(validations); ++i) validation(validations->item(i));
    audit_annotations(annotations);
  }

  void binding(const Node& spec) {
    need_text(spec, "the binding", "policyName");
    if (const Node* ref = mapping_at(&spec, "paramRef")) param_ref(*ref);
    if (const Node* match = mapping_at(&spec, "matchResources")) matching(*match);
    if (const Node* actions = need_list(spec, "the binding", "validationActions")) {
      validation_actions(*actions);
    }
  }

  const Node* need_mapping(const Node& object, std::string_view what, std::string_view field) {
    return need(object, what, field, &Node::is_mapping, "no mapping");
  }

 private:
  void add(const Node& node, std::string message) {
    faults_.push_back({.node = &node, .message = std::move(message)});
  }

  static std::uint32_t count(const Node* list) { return list == nullptr ? 0 : list->size(); }

  void add(const Node& node, std::string_view what, std::string_view field,
           std::string_view fault) {
    add(node, fmt::format("'{}' of {} is {}.", field, what, fault));
  }

  /// The entry if it is there and of the right type; else a fault.
  const Node* need(const Node& object, std::string_view what, std::string_view field,
                   bool (Node::*fits)() const, std::string_view misfit) {
    const Node* const value = entry_of(object, field);
    if (value != nullptr && (value->*fits)()) return value;
    if (value == nullptr) {
      add(object, what, field, "missing");
    } else {
      add(*value, what, field, misfit);
    }
    return nullptr;
  }

  const Node* need_list(const Node& object, std::string_view what, std::string_view field) {
    const Node* const list = need(object, what, field, &Node::is_sequence, "no list");
    if (list == nullptr || list->size() > 0) return list;
    add(*list, what, field, "empty");
    return nullptr;
  }

  void need_text(const Node& object, std::string_view what, std::string_view field) {
    const Node* const text = need(object, what, field, &Node::is_string, "no string");
    if (text != nullptr && is_blank(text->as_string())) add(*text, what, field, "empty");
  }

  /// Faults unless the entry is absent or one of the words.
  void word(const Node& object, std::string_view what, std::string_view field, Words words) {
    const Node* const value = entry_of(object, field);
    if (value != nullptr) one_of(*value, fmt::format("'{}' of {}", field, what), words);
  }

  void one_of(const Node& value, std::string_view what, Words words) {
    if (std::ranges::find(words, value.as_string()) != words.end()) return;
    add(value, value.is_string() ? fmt::format("{} is '{}', not {}.", what, value.as_string(),
                                               enumerated(words))
                                 : fmt::format("{} is not {}.", what, enumerated(words)));
  }

  void matching(const Node& match) {
    word(match, "the matching", "matchPolicy", {"Exact", "Equivalent"});
    selector(match, "namespaceSelector");
    selector(match, "objectSelector");
    for (const std::string_view field : {"resourceRules", "excludeResourceRules"}) {
      const Node* const rules = sequence_at(&match, field);
      for (std::uint32_t i = 0; i < count(rules); ++i) rule(rules->item(i));
    }
  }

  void selector(const Node& object, std::string_view field) {
    const Node* const node = mapping_at(&object, field);
    if (node == nullptr) return;
    const LabelSelector read(*node);
    if (!read.fault().empty()) add(*node, read.fault());
  }

  void rule(const Node& node) {
    constexpr std::string_view kWhat = "a resource rule";
    for (const std::string_view field :
         {"apiGroups", "apiVersions", "operations", "resources"}) {
      const Node* const words = need_list(node, kWhat, field);
      if (words == nullptr) continue;
      for (std::uint32_t i = 0; i < words->size(); ++i) {
        rule_word(*words, words->item(i), field);
      }
    }
    word(node, kWhat, "scope", {"Cluster", "Namespaced", "*"});
  }

  void rule_word(const Node& words, const Node& item, std::string_view field) {
    if (item.as_string() == "*" && words.size() > 1) {
      add(item,
          fmt::format("'{}' of a resource rule has '*' and more: '*' stands alone.", field));
    } else if (field == "operations") {
      one_of(item, "An operation of a resource rule",
             {"CREATE", "UPDATE", "DELETE", "CONNECT", "*"});
    } else if (!item.is_string()) {
      add(item, fmt::format("An item of '{}' of a resource rule is no string.", field));
    } else if (field == "resources" && has_capital(item.as_string())) {
      // The API takes this, and it never matches.
      add(item, fmt::format("The resource '{}' of a resource rule has capital letters: it is "
                            "named by the plural, such as 'pods', not by the kind.",
                            item.as_string()));
    }
  }

  void conditions(const Node* list) {
    if (count(list) > kMaxMatchConditions) {
      add(*list, fmt::format("The policy has {} match conditions: {} are allowed.",
                             list->size(), kMaxMatchConditions));
    }
    expressions(list, "a match condition", "name", "expression");
    unique(list, "name", "match conditions");
  }

  void audit_annotations(const Node* list) {
    if (count(list) > kMaxAuditAnnotations) {
      add(*list, fmt::format("The policy has {} audit annotations: {} are allowed.",
                             list->size(), kMaxAuditAnnotations));
    }
    expressions(list, "an audit annotation", "key", "valueExpression");
    unique(list, "key", "audit annotations");
  }

  void expressions(const Node* list, std::string_view what, std::string_view name,
                   std::string_view expression) {
    for (std::uint32_t i = 0; i < count(list); ++i) {
      need_text(list->item(i), what, name);
      need_text(list->item(i), what, expression);
    }
  }

  void unique(const Node* list, std::string_view field, std::string_view what) {
    std::unordered_set<std::string_view> seen;
    for (std::uint32_t i = 0; i < count(list); ++i) {
      const std::string_view name = text_at(&list->item(i), field);
      if (name.empty() || seen.insert(name).second) continue;
      add(*list->item(i).find(field),
          fmt::format("Two {} have the {} '{}'.", what, field, name));
    }
  }

  void validation(const Node& item) {
    constexpr std::string_view kWhat = "a validation";
    need_text(item, kWhat, "expression");
    word(item, kWhat, "reason",
         {"Unauthorized", "Forbidden", "Invalid", "RequestEntityTooLarge"});
    const Node* const message = entry_of(item, "message");
    if (message == nullptr || !message->is_string()) return;
    std::string_view text = message->as_string();
    if (text.empty()) return;
    if (is_blank(text)) {
      add(*message, kWhat, "message", "blank");
      return;
    }
    text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
    text.remove_prefix(text.find_first_not_of(" \t\r\n"));
    if (text.find_first_of("\r\n") != std::string_view::npos) {
      add(*message, kWhat, "message", "of several lines: one is allowed");
    }
  }

  void param_ref(const Node& ref) {
    const bool has_name = !text_at(&ref, "name").empty();
    const bool has_selector = mapping_at(&ref, "selector") != nullptr;
    if (has_name == has_selector) {
      add(ref, has_name ? "paramRef has both name and selector: keep one of them."
                        : "paramRef has neither name nor selector: add one of them.");
    }
    selector(ref, "selector");
    if (entry_of(ref, "parameterNotFoundAction") == nullptr) {
      add(ref, "paramRef has no parameterNotFoundAction: add Allow or Deny.");
    }
    word(ref, "paramRef", "parameterNotFoundAction", {"Allow", "Deny"});
  }

  void validation_actions(const Node& actions) {
    std::unordered_set<std::string_view> seen;
    for (std::uint32_t i = 0; i < actions.size(); ++i) {
      const Node& item = actions.item(i);
      one_of(item, "A validation action", {"Deny", "Warn", "Audit"});
      if (item.is_string() && !seen.insert(item.as_string()).second) {
        add(item, fmt::format("validationActions holds {} twice.", item.as_string()));
      }
    }
    if (seen.contains("Deny") && seen.contains("Warn")) {
      add(actions, "validationActions has both Deny and Warn: keep one of them.");
    }
  }

  std::vector<PolicyFault> faults_;
};

std::vector<PolicyFault> inspect(const k8s::Resource& resource, std::string_view what,
                                 void (Inspector::*check)(const Node&)) {
  Inspector inspector;
  if (const Node* spec = inspector.need_mapping(*resource.object, what, "spec")) {
    (inspector.*check)(*spec);
  }
  return inspector.take();
}

}  // namespace

std::vector<PolicyFault> faults_of_policy(const k8s::Resource& resource) {
  return inspect(resource, "the policy", &Inspector::policy);
}

std::vector<PolicyFault> faults_of_binding(const k8s::Resource& resource) {
  return inspect(resource, "the binding", &Inspector::binding);
}

}  // namespace tidewaiter::policy
