#include "engine/expression_evaluator.h"

#include "cel/environment.h"
#include "cel/value_build.h"
#include "engine/document_values.h"
#include "engine/resource_values.h"
#include "engine/shown_place.h"
#include "rules/compiled_rule.h"
#include "rules/rule_context.h"

namespace tidewaiter::engine {
namespace {

/// The variables of a rule on one resource, or without one.
class ResourceActivation final : public cel::Activation {
 public:
  /// `values` may be null: every variable is an error then.
  ResourceActivation(ResourceValues* values, const rules::RuleContext& context,
                     cel::Arena& arena)
      : values_(values), context_(context), arena_(arena) {}

  cel::Value variable(std::uint32_t slot) override {
    if (values_ != nullptr) return values_->value(static_cast<rules::Slot>(slot));
    return cel::make_error(arena_,
                           "The expression asks about a resource, but there is none: name the "
                           "files whose resources it is about.");
  }
  const void* context() const override { return &context_; }
  std::uint32_t depth(cel::Origin origin) const override {
    std::uint32_t depth = 0;
    const yaml::Node* node = node_of(origin);
    while (node != nullptr && (node = node->parent()) != nullptr) ++depth;
    return depth;
  }

 private:
  ResourceValues* values_;
  const rules::RuleContext& context_;
  cel::Arena& arena_;
};

/// Context functions always have a resource: this one when there is none.
const k8s::Resource& no_resource() {
  static const Source kSource(std::make_shared<FileName>(), "{}");
  static const yaml::File kFile = yaml::read(kSource);
  static const k8s::Resource kResource = [] {
    k8s::Resource resource;
    resource.source = &kSource;
    resource.document = &kFile.documents.front();
    resource.object = kFile.documents.front().root;
    return resource;
  }();
  return kResource;
}

std::vector<const k8s::Resource*> resources_of(std::span<const LoadedFile> files) {
  std::vector<const k8s::Resource*> resources;
  for (const LoadedFile& file : files) {
    for (const k8s::Resource& resource : file.extraction.resources) {
      resources.push_back(&resource);
    }
  }
  return resources;
}

}  // namespace

Result<cel::Program> compile_expression(std::string_view text, const Settings& settings) {
  cel::Environment environment(*settings.functions);
  environment.kubernetes_minor = settings.kubernetes_minor;
  rules::declare_standard_variables(environment);
  return cel::compile(environment, text);
}

ExpressionEvaluator::ExpressionEvaluator(const cel::Program& program,
                                         std::span<const LoadedFile> files,
                                         const FileSystem& disk, std::uint32_t kubernetes_minor)
    : program_(program),
      kubernetes_minor_(kubernetes_minor),
      sources_(documents_of(files)),
      folders_(disk),
      scopes_(files),
      resources_(resources_of(files)) {
  for (const LoadedFile& file : files) {
    if (file.source == nullptr) continue;
    if (!file.input->text) folders_.add(*file.source, file.input->path, file.input->below);
  }
}

Evaluation ExpressionEvaluator::evaluate(const k8s::Resource& resource) {
  resource_arena_.reset();
  embedded_.clear();
  ResourceValues values(resource, folders_, resource_arena_);
  const rules::RuleContext context{.resource = &resource,
                                   .scope = &scopes_.of(resource),
                                   .kubernetes_minor = kubernetes_minor_,
                                   .embedded = &embedded_};
  ResourceActivation activation(&values, context, resource_arena_);
  return evaluate(activation, &resource);
}

Evaluation ExpressionEvaluator::evaluate_alone() {
  const rules::RuleContext context{.resource = &no_resource(),
                                   .scope = &scopes_.of(no_resource()),
                                   .kubernetes_minor = kubernetes_minor_};
  ResourceActivation activation(nullptr, context, resource_arena_);
  return evaluate(activation, nullptr);
}

Evaluation ExpressionEvaluator::evaluate(cel::Activation& activation,
                                         const k8s::Resource* resource) {
  arena_.reset();
  Evaluation evaluation{.value = program_.evaluate(activation, arena_), .place = {}};
  if (place_at(node_of(evaluation.value.origin()), evaluation)) return evaluation;
  if (place_at(node_of(program_.blame(activation, arena_)), evaluation)) return evaluation;
  if (resource != nullptr) evaluation.place = sources_.place_of(*resource->object);
  return evaluation;
}

/// False for a node of no file: what a function made, or stands for what is absent.
bool ExpressionEvaluator::place_at(const yaml::Node* node, Evaluation& evaluation) const {
  if (node == nullptr) return false;
  const ShownPlace shown = shown_place(*node, sources_, embedded_);
  if (shown.place.source == nullptr) return false;
  evaluation.place = shown.place;
  evaluation.node = shown.node;
  return true;
}

}  // namespace tidewaiter::engine
