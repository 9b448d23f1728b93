#include <memory>
#include <string>
#include <vector>

#include "base/source.h"
#include "cel/program.h"
#include "cel/value_read.h"
#include "k8s/extract.h"
#include "k8s/scope.h"
#include "rules/document_adapter.h"
#include "rules/domain_functions.h"
#include "rules/message_template.h"
#include "rules/rule_context.h"
#include "support/catch.h"
#include "yaml/file.h"

namespace tidewaiter::rules {
namespace {

/// The resources of one manifest as a rule sees them; expressions are asked about the last.
class Manifest final : public cel::Activation {
 public:
  explicit Manifest(std::string text)
      : source_(std::make_shared<FileName>(FileName{.shown = "a.yaml", .uri = "a.yaml"}),
                std::move(text)),
        file_(yaml::read(source_)),
        extraction_(k8s::extract_resources(source_, file_, k8s::PodTemplatePaths())) {
    REQUIRE(!extraction_.resources.empty());
    std::vector<const k8s::Resource*> resources;
    for (const k8s::Resource& resource : extraction_.resources) resources.push_back(&resource);
    scope_ = k8s::Scope(resources);
    context_ = {.resource = resources.back(), .scope = &scope_, .kubernetes_minor = 36};
  }

  /// The value of `expression`, as a message would show it.
  std::string operator()(std::string_view expression) { return display(value(expression)); }
  /// The text of the place that the value of `expression` came from.
  std::string_view text_of(std::string_view expression) {
    const yaml::Node* const node = node_of(value(expression));
    return node == nullptr ? std::string_view() : source_.text(node->span());
  }

  cel::Value variable(std::uint32_t) override { return value_of(*context_.resource->object); }
  const void* context() const override { return &context_; }

 private:
  cel::Value value(std::string_view expression) {
    cel::Environment environment(domain_functions());
    environment.declare("object", cel::Type());
    programs_.push_back(cel::compile(environment, expression));
    REQUIRE(programs_.back());
    return (*programs_.back()).evaluate(*this, arena_);
  }

  Source source_;
  yaml::File file_;
  k8s::Extraction extraction_;
  k8s::Scope scope_;
  RuleContext context_;
  cel::Arena arena_;
  std::vector<Result<cel::Program>> programs_;
};

constexpr const char* kDeployment = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {env: prod}}
spec:
  selector:
    matchLabels: {app: web}
    matchExpressions: [{key: tier, operator: Exists}]
  template: {metadata: {labels: {app: web, env: dev}}}
)";

}  // namespace

TEST_CASE("labelEntries gives facts whose keys and values keep their places", "[rules]") {
  Manifest manifest(kDeployment);
  CHECK(manifest("labelEntries().filter(e, e.role == 'label').map(e, e.part + ' ' + e.key)") ==
        "metadata env, pod template app, pod template env");
  CHECK(manifest.text_of("labelEntries().filter(e, e.role == 'selector')[0].value") == "web");
  CHECK(manifest("labelEntries().exists(e, has(e.key) && !has(e.value))") == "true");
}

TEST_CASE("the syntax of labels and annotations differs in the case of prefixes", "[rules]") {
  Manifest manifest(kDeployment);
  CHECK(manifest("isLabelKey('a.b/C') && !isLabelKey('A.b/C') && isAnnotationKey('A.b/C')") ==
        "true");
  CHECK(manifest("isLabelValue('') && isLabelValue('a_b.C') && !isLabelValue('a b')") ==
        "true");
}

TEST_CASE("selectorMismatch names the first part of a selector that fails", "[rules]") {
  Manifest manifest(kDeployment);
  const std::string call =
      "selectorMismatch(object.spec.selector, object.spec.template.metadata.labels)";
  CHECK(manifest(call + ".value().key") == "tier");
  CHECK(manifest.text_of(call + ".value().at") == "{key: tier, operator: Exists}");
  CHECK(manifest("selectorMismatch(object.spec.selector, null).value().key") == "app");
  CHECK(manifest("labelMapMismatch(object.spec.selector.matchLabels, "
                 "object.spec.template.metadata.labels).hasValue()") == "false");
  CHECK(manifest("selectorMismatch({'a': 'b'}, null)") == "?");
}

TEST_CASE("kindScope tells namespaced kinds, kubernetesMinor the target", "[rules]") {
  Manifest manifest(kDeployment);
  CHECK(manifest("kindScope(object.apiVersion, object.kind)") == "Namespaced");
  CHECK(manifest("kindScope('v1', 'Node') + kindScope('contoso.com/v1', 'Node')") == "Cluster");
  CHECK(manifest("kubernetesMinor()") == "36");
}

TEST_CASE("earlier finds the first of several definitions", "[rules]") {
  Manifest manifest(
      "apiVersion: v1\nkind: Secret\nmetadata: {name: a, labels: {order: first}}\n---\n"
      "apiVersion: v1\nkind: Secret\nmetadata: {name: a, labels: {order: second}}\n---\n"
      "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n");
  CHECK(manifest("object.earlier('duplicate').value().metadata.labels.order") == "first");
  CHECK(manifest("object.earlier('no-such-relation')") == "?");
  CHECK(manifest("object.metadata.earlier('duplicate')") == "?");
  Manifest lonely(kDeployment);
  CHECK(lonely("object.earlier('duplicate').hasValue()") == "false");
}

}  // namespace tidewaiter::rules
