#include "policy/policy_notes.h"

#include <string>
#include <vector>

#include "policy/cluster_of.h"
#include "support/catch.h"

using tidewaiter::Notification;
using tidewaiter::policy::notes_on;
using tidewaiter::policy::PolicyNotes;
using tidewaiter::policy::PolicySet;
using tidewaiter::testing::Manifest;
using tidewaiter::testing::resources_of;

namespace {

std::vector<std::string> messages(const std::vector<Notification>& notes) {
  std::vector<std::string> texts;
  for (const Notification& note : notes) texts.push_back(note.id + ": " + note.message);
  return texts;
}

std::vector<std::string> messages(const PolicyNotes& notes) {
  return messages(notes.notifications());
}

std::string object(const std::string& kind, const std::string& metadata,
                   const std::string& spec) {
  return "---\napiVersion: admissionregistration.k8s.io/v1\nkind: " + kind + "\nmetadata: {" +
         metadata + "}\nspec: {" + spec + "}\n";
}

}  // namespace

TEST_CASE("notes say each thing once, whatever the order", "[policy_notes]") {
  PolicyNotes one;
  PolicyNotes other;
  one.misconfigured("limit", "everywhere", "There is no ConfigMap 'limit'.");
  other.misconfigured("limit", "everywhere", "There is no ConfigMap 'limit'.");
  one.guessed_namespace("team", "web");
  other.guessed_namespace("team", "api");
  other.guessed_namespace("owner", "api");
  other.unconverted("probes", "extensions/v1beta1 deployments", "apps/v1 deployments");
  one.asks_authorizer("who");
  one.no_params("soft", "b", "The Limit 'l' of paramRef is not found.");
  other.lacks_namespace("home", "web");
  const std::vector<std::string> expected = {
      "policy-not-run: Policy 'limit' was not run under binding 'everywhere': There is no "
      "ConfigMap 'limit'. This concerns 2 resources.",
      "policy-not-run: Policy 'soft' was not run under binding 'b': The Limit 'l' of paramRef "
      "is not found. This concerns 1 resource.",
      "policy-namespace: Policies 'owner' and 'team' select by labels of namespaces that no "
      "manifest shows ('api' and 'web'); only 'kubernetes.io/metadata.name' counted.",
      "policy-namespace: Policy 'home' asks about a namespace that no manifest shows ('web'); "
      "only the name was known, and what fails for want of more was not judged.",
      "policy-conversion: Policy 'probes' asks for apps/v1 deployments; what is written as "
      "extensions/v1beta1 deployments was judged as it stands, while the API server converts "
      "it first.",
      "policy-authorizer: Policy 'who' asked the authorizer, which only a cluster has; what "
      "depends on its answer was not judged."};
  PolicyNotes forward = one;
  forward.merge(other);
  CHECK(messages(forward) == expected);
  PolicyNotes backward = other;
  backward.merge(one);
  CHECK(messages(backward) == expected);
}

TEST_CASE("many names are not all said", "[policy_notes]") {
  PolicyNotes notes;
  for (const char* name : {"a", "b", "c", "d", "e"}) notes.asks_authorizer(name);
  CHECK(messages(notes).front().find("Policies 'a', 'b', 'c' and 2 more asked") !=
        std::string::npos);
}

TEST_CASE("bindings without policy are told by the policy that they name", "[policy_notes]") {
  std::string text;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    text += object("ValidatingAdmissionPolicyBinding", "name: " + std::string(name),
                   "policyName: gone");
  }
  text += object("ValidatingAdmissionPolicyBinding", "name: f", "policyName: other");
  text += object("ValidatingAdmissionPolicyBinding", "name: g", "");
  const Manifest manifest(text);
  CHECK(messages(notes_on(PolicySet(resources_of(manifest)))) ==
        std::vector<std::string>{
            "policy-missing: Binding 'g' names no policy.",
            "policy-missing: Bindings 'a', 'b', 'c' and 2 more name policy 'gone', which is "
            "not among what was read; add it with --policy.",
            "policy-missing: Binding 'f' names policy 'other', which is not among what was "
            "read; add it with --policy."});
}

TEST_CASE("a policy without a name is not run, and that is told", "[policy_notes]") {
  const Manifest manifest(object("ValidatingAdmissionPolicy", "generateName: x-", "") +
                          object("ValidatingAdmissionPolicy", "name: 7", ""));
  CHECK(messages(notes_on(PolicySet(resources_of(manifest)))) ==
        std::vector<std::string>(
            2,
            "policy-not-run: A ValidatingAdmissionPolicy has no name, so it was not run: give "
            "it a metadata.name."));
}
