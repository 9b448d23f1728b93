#include "policy/policy_notes.h"

#include <fmt/core.h>

#include <set>
#include <span>

namespace tidewaiter::policy {
namespace {

constexpr std::size_t kMaxNamed = 3;

/// "'a'", "'a' and 'b'", "'a', 'b', 'c' and 4 more".
template <class Names>
std::string enumerated(const Names& names) {
  std::string text;
  std::size_t index = 0;
  for (const auto& name : names) {
    if (index == kMaxNamed && names.size() > kMaxNamed + 1) {
      return fmt::format("{} and {} more", text, names.size() - kMaxNamed);
    }
    if (index > 0) text += index + 1 == names.size() ? " and " : ", ";
    text += fmt::format("'{}'", name);
    ++index;
  }
  return text;
}

std::string policies_named(const auto& names) {
  return fmt::format("{} {}", names.size() == 1 ? "Policy" : "Policies", enumerated(names));
}

Notification note(std::string id, Severity level, std::string message) {
  return {.level = level, .id = std::move(id), .message = std::move(message)};
}

std::string not_run(std::string_view policy, std::string_view binding,
                    std::string_view reason) {
  const std::string bound =
      binding.empty() ? std::string() : fmt::format(" under binding '{}'", binding);
  return fmt::format("Policy '{}' was not run{}: {}", policy, bound, reason);
}

/// Each sentence with the number of resources that it is about.
void add_counted(const std::map<std::string, std::uint64_t, std::less<>>& sentences,
                 Severity level, std::vector<Notification>& notes) {
  for (const auto& [sentence, count] : sentences) {
    const std::string resources =
        count == 1 ? "1 resource" : fmt::format("{} resources", count);
    notes.push_back(note("policy-not-run", level,
                         fmt::format("{} This concerns {}.", sentence, resources)));
  }
}

/// The namespaces and the policies of a map from those to these, each in words.
struct Asking {
  std::string policies;
  std::string namespaces;
  bool one_policy = true;
};
Asking asking_of(const std::map<std::string, std::set<std::string, std::less<>>, std::less<>>&
                     by_namespace) {
  std::set<std::string> names;
  std::set<std::string> policies;
  for (const auto& [name, asking] : by_namespace) {
    names.insert(name);
    policies.insert(asking.begin(), asking.end());
  }
  return {.policies = policies_named(policies),
          .namespaces =
              fmt::format("{} that no manifest shows ({})",
                          names.size() == 1 ? "a namespace" : "namespaces", enumerated(names)),
          .one_policy = policies.size() == 1};
}

/// One note for each policy that bindings name in vain.
void add_stray_bindings(std::span<const Binding> bindings, std::vector<Notification>& notes) {
  std::map<std::string_view, std::vector<const Binding*>> by_policy;
  for (const Binding& binding : bindings) by_policy[binding.policy_name].push_back(&binding);
  for (const auto& [policy, strays] : by_policy) {
    std::vector<std::string_view> names;
    for (const Binding* binding : strays) names.push_back(binding->name);
    std::string message = fmt::format("{} {} {} ", names.size() == 1 ? "Binding" : "Bindings",
                                      enumerated(names), names.size() == 1 ? "names" : "name");
    message += policy.empty() ? "no policy."
                              : fmt::format(
                                    "policy '{}', which is not among what was read; "
                                    "add it with --policy.",
                                    policy);
    notes.push_back(note("policy-missing", Severity::kWarning, std::move(message)));
    notes.back().file = strays.front()->resource->source->name();
  }
}

}  // namespace

void PolicyNotes::misconfigured(std::string_view policy, std::string_view binding,
                                std::string_view error) {
  ++misconfigured_[not_run(policy, binding, error)];
}

void PolicyNotes::no_params(std::string_view policy, std::string_view binding,
                            std::string_view absent) {
  ++no_params_[not_run(policy, binding, absent)];
}

void PolicyNotes::lacks_namespace(std::string_view policy, std::string_view name) {
  const auto it = lacking_.try_emplace(std::string(name)).first;
  if (!it->second.contains(policy)) it->second.emplace(policy);
}

void PolicyNotes::guessed_namespace(std::string_view policy, std::string_view name) {
  const auto it = guessed_.try_emplace(std::string(name)).first;
  if (!it->second.contains(policy)) it->second.emplace(policy);
}

void PolicyNotes::unconverted(std::string_view policy, std::string_view from,
                              std::string_view to) {
  unconverted_[{std::string(from), std::string(to)}].emplace(policy);
}

void PolicyNotes::asks_authorizer(std::string_view policy) {
  if (!authorizer_.contains(policy)) authorizer_.emplace(policy);
}

void PolicyNotes::merge(const PolicyNotes& other) {
  for (const auto& [sentence, count] : other.misconfigured_) misconfigured_[sentence] += count;
  for (const auto& [name, policies] : other.guessed_) {
    guessed_[name].insert(policies.begin(), policies.end());
  }
  for (const auto& [versions, policies] : other.unconverted_) {
    unconverted_[versions].insert(policies.begin(), policies.end());
  }
  for (const auto& [sentence, count] : other.no_params_) no_params_[sentence] += count;
  for (const auto& [name, policies] : other.lacking_) {
    lacking_[name].insert(policies.begin(), policies.end());
  }
  authorizer_.insert(other.authorizer_.begin(), other.authorizer_.end());
}

std::vector<Notification> PolicyNotes::notifications() const {
  std::vector<Notification> notes;
  add_counted(misconfigured_, Severity::kWarning, notes);
  add_counted(no_params_, Severity::kNote, notes);
  if (!guessed_.empty()) {
    const Asking asking = asking_of(guessed_);
    notes.push_back(note("policy-namespace", Severity::kNote,
                         fmt::format("{} {} by labels of {}; only "
                                     "'kubernetes.io/metadata.name' counted.",
                                     asking.policies, asking.one_policy ? "selects" : "select",
                                     asking.namespaces)));
  }
  if (!lacking_.empty()) {
    const Asking asking = asking_of(lacking_);
    notes.push_back(note(
        "policy-namespace", Severity::kNote,
        fmt::format("{} {} about {}; only the name was known, and what fails for want of "
                    "more was not judged.",
                    asking.policies, asking.one_policy ? "asks" : "ask", asking.namespaces)));
  }
  for (const auto& [versions, policies] : unconverted_) {
    notes.push_back(
        note("policy-conversion", Severity::kNote,
             fmt::format("{} {} for {}; what is written as {} was judged as it "
                         "stands, while the API server converts it first.",
                         policies_named(policies), policies.size() == 1 ? "asks" : "ask",
                         versions.second, versions.first)));
  }
  if (!authorizer_.empty()) {
    notes.push_back(
        note("policy-authorizer", Severity::kNote,
             fmt::format("{} asked the authorizer, which only a cluster has; what depends on "
                         "its answer was not judged.",
                         policies_named(authorizer_))));
  }
  return notes;
}

std::vector<Notification> notes_on(const PolicySet& policies) {
  std::vector<Notification> notes;
  std::vector<std::string_view> unbound;
  for (const BoundPolicy& bound : policies.policies()) {
    if (!bound.has_clear_params()) {
      notes.push_back(note("policy-not-run", Severity::kWarning,
                           fmt::format("Policy '{}' was not run: it has no binding here, and "
                                       "nothing else says which {} holds its params.",
                                       bound.policy.name, bound.policy.param_kind->kind)));
      notes.back().file = bound.policy.resource->source->name();
    } else if (bound.bindings.empty()) {
      unbound.push_back(bound.policy.name);
    }
  }
  if (!unbound.empty()) {
    notes.push_back(
        note("policy-unbound", Severity::kNote,
             fmt::format("{} {} no binding here; run as if bound with "
                         "validationActions [Deny].",
                         policies_named(unbound), unbound.size() == 1 ? "has" : "have")));
  }
  for (const k8s::Resource* resource : policies.nameless()) {
    notes.push_back(note("policy-not-run", Severity::kWarning,
                         "A ValidatingAdmissionPolicy has no name, so it was not run: give it "
                         "a metadata.name."));
    notes.back().file = resource->source->name();
  }
  add_stray_bindings(policies.stray_bindings(), notes);
  for (const DuplicatePolicy& duplicate : policies.duplicates()) {
    notes.push_back(note("policy-duplicate", Severity::kWarning,
                         fmt::format("There are two {} named '{}'; the one in '{}' counts.",
                                     duplicate.resource->kind, duplicate.resource->name,
                                     duplicate.first->source->name()->shown)));
    notes.back().file = duplicate.resource->source->name();
  }
  return notes;
}

}  // namespace tidewaiter::policy
