#include "policy/policy_notes.h"

#include <string>
#include <vector>

#include "support/catch.h"

using tidewaiter::Notification;
using tidewaiter::policy::PolicyNotes;

namespace {

std::vector<std::string> messages(const PolicyNotes& notes) {
  std::vector<std::string> texts;
  for (const Notification& note : notes.notifications()) {
    texts.push_back(note.id + ": " + note.message);
  }
  return texts;
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
  const std::vector<std::string> expected = {
      "policy-not-run: Policy 'limit' was not run under binding 'everywhere': There is no "
      "ConfigMap 'limit'. This concerns 2 resources.",
      "policy-namespace: Policies 'owner' and 'team' select by labels of namespaces that no "
      "manifest shows ('api' and 'web'); only 'kubernetes.io/metadata.name' counted.",
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
