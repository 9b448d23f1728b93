#ifndef TIDEWAITER_ENGINE_RULE_EVALUATOR_H_
#define TIDEWAITER_ENGINE_RULE_EVALUATOR_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cel/arena.h"
#include "engine/judgment.h"
#include "engine/resource_values.h"
#include "engine/selection.h"
#include "engine/source_map.h"
#include "k8s/scope.h"
#include "rules/cluster_settings.h"
#include "rules/compiled_rule.h"
#include "rules/embedded_documents.h"

namespace tidewaiter::engine {

/// What all evaluations of a run share; read-only.
struct EvaluationContext {
  std::span<const SelectedRule> rules;
  /// One for each selected rule; null for built-in ones and those of kinds that do not occur.
  std::span<const rules::CompiledRule* const> compiled;
  const SourceMap* sources = nullptr;
  const FolderNames* folders = nullptr;
  std::uint32_t kubernetes_minor = 0;
  const rules::ClusterSettings* cluster = nullptr;  ///< Null: what is built in.
  bool with_fixes = false;
};

/// Runs rules on resources, one resource at a time. One for each thread.
class RuleEvaluator {
 public:
  explicit RuleEvaluator(const EvaluationContext& context) : context_(context) {}

  /// Runs the rules (indexes into the selected rules, all compiled) on the resource, which is
  /// in the scope, in order.
  Judgment judge(const k8s::Resource& resource, const k8s::Scope& scope,
                 std::span<const std::uint32_t> rules);

 private:
  void run_rule(std::uint32_t index, ResourceValues& values, const k8s::Scope& scope,
                Judgment& judgment);

  const EvaluationContext& context_;
  rules::EmbeddedDocuments embedded_;
  cel::Arena resource_arena_;
  cel::Arena rule_arena_;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_RULE_EVALUATOR_H_
