#ifndef TIDEWAITER_TESTS_RULES_MANIFEST_H_
#define TIDEWAITER_TESTS_RULES_MANIFEST_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source.h"
#include "cel/program.h"
#include "k8s/extract.h"
#include "k8s/scope.h"
#include "rules/document_adapter.h"
#include "rules/domain_functions.h"
#include "rules/embedded_documents.h"
#include "rules/message_template.h"
#include "rules/rule_context.h"
#include "support/catch.h"
#include "yaml/file.h"
#include "yaml/scalar_offsets.h"

namespace tidewaiter::rules {

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
    context_ = {.resource = resources.back(),
                .scope = &scope_,
                .kubernetes_minor = 36,
                .embedded = &embedded_};
  }

  /// The value of `expression`, as a message would show it.
  std::string operator()(std::string_view expression) { return display(value(expression)); }
  /// The text of the place that the value of `expression` came from.
  std::string_view text_of(std::string_view expression) {
    const yaml::Node* const node = node_of(value(expression));
    return node == nullptr ? std::string_view() : source_.text(node->span());
  }

  /// As text_of, where the value may lie in a document within a string.
  std::string_view shown_text_of(std::string_view expression) {
    const yaml::Node* const node = node_of(value(expression));
    if (node == nullptr) return {};
    const auto inside = embedded_.place_of(*node);
    if (!inside) return source_.text(node->span());
    return source_.text(yaml::written_span(source_.text(), *inside->host, inside->range));
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
  EmbeddedDocuments embedded_;
  RuleContext context_;
  cel::Arena arena_;
  std::vector<Result<cel::Program>> programs_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_TESTS_RULES_MANIFEST_H_
