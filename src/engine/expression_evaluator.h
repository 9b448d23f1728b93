#ifndef TIDEWAITER_ENGINE_EXPRESSION_EVALUATOR_H_
#define TIDEWAITER_ENGINE_EXPRESSION_EVALUATOR_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cel/arena.h"
#include "cel/program.h"
#include "engine/folder_names.h"
#include "engine/loaded_file.h"
#include "engine/raw_finding.h"
#include "engine/scopes.h"
#include "engine/source_map.h"
#include "rules/embedded_documents.h"
#include "tidewaiter/result.h"

namespace tidewaiter::engine {

/// Compiles an expression that may name what the checks of a rule may: object, pod, containers
/// and the others, but no params. Looks at functions and kubernetes_minor of the settings. The
/// error's `where` lies in `text`.
Result<cel::Program> compile_expression(std::string_view text, const Settings& settings);

/// What an expression gave on a resource; valid until the next evaluation.
struct Evaluation {
  cel::Value value;  ///< Of kind kError when the evaluation failed.
  /// Where the value comes from: its own node in a manifest; of one that the expression made,
  /// what it rests on (DESIGN 4, blame); of an error what caused it; else the resource.
  /// Without a resource the source may be null: there is no place.
  RawPlace place;
  const yaml::Node* node = nullptr;  ///< The node at that place; null when it is the resource.
};

/// Evaluates one expression on each resource of some files. For one thread.
class ExpressionEvaluator {
 public:
  /// Borrows all of these.
  ExpressionEvaluator(const cel::Program& program, std::span<const LoadedFile> files,
                      const FileSystem& disk, std::uint32_t kubernetes_minor);

  /// Those of the files, in their order.
  std::span<const k8s::Resource* const> resources() const { return resources_; }
  Evaluation evaluate(const k8s::Resource& resource);
  /// The value that the expression has by itself; each variable is an error.
  Evaluation evaluate_alone();

 private:
  Evaluation evaluate(cel::Activation& activation, const k8s::Resource* resource);
  bool place_at(const yaml::Node* node, Evaluation& evaluation) const;

  const cel::Program& program_;
  std::uint32_t kubernetes_minor_;
  SourceMap sources_;
  FolderNames folders_;
  Scopes scopes_;
  std::vector<const k8s::Resource*> resources_;
  rules::EmbeddedDocuments embedded_;
  cel::Arena resource_arena_;
  cel::Arena arena_;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_EXPRESSION_EVALUATOR_H_
