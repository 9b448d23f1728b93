#ifndef TIDEWAITER_RULES_FUNCTIONS_ASKED_H_
#define TIDEWAITER_RULES_FUNCTIONS_ASKED_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "cel/function.h"
#include "cel/value.h"
#include "cel/value_build.h"
#include "k8s/group_kind.h"
#include "k8s/reference_graph.h"
#include "k8s/resource.h"
#include "k8s/scope.h"
#include "rules/document_adapter.h"
#include "rules/functions/judged.h"

// Member functions that any resource of the scope may be asked: object.references().

namespace tidewaiter::rules {

/// What the first argument of a member function is about.
struct Asked {
  const RuleContext* context = nullptr;
  std::uint32_t number = k8s::ReferenceGraph::kNone;  ///< kNone: null; nothing is known of it.

  const k8s::Resource& resource() const { return *context->scope->all()[number]; }
};

/// Answers with `function` for a resource of the scope, with `nothing` for null.
template <cel::Value (*function)(cel::CallContext&, const Asked&, std::span<const cel::Value>),
          cel::Value (*nothing)(cel::CallContext&)>
cel::Value of_resource(cel::CallContext& call, std::span<const cel::Value> args) {
  Asked asked{.context = judged(call)};
  if (asked.context == nullptr) return no_resource(call);
  if (args[0].is(cel::ValueKind::kNull)) return nothing(call);
  const yaml::Node* const object = node_of(args[0]);
  const auto number =
      object == nullptr ? std::nullopt : asked.context->scope->number_of(*object);
  if (!number) {
    return cel::make_error(call.arena,
                           "Only a resource of the scope can be asked this, such as object "
                           "or the target of a reference.");
  }
  asked.number = *number;
  return function(call, asked, args);
}

/// What is answered of null where the question is whether something holds.
inline cel::Value false_value(cel::CallContext&) {
  return cel::Value::boolean(false);
}

/// In what concerns references a bare Kind means that of any group: which groups can refer, or
/// have a selector, is known.
inline k8s::KindPattern pattern_of(const cel::Value& text) {
  auto pattern = k8s::parse_kind_pattern(text.as_string());
  pattern.any_group = pattern.any_group || text.as_string().find('/') == std::string_view::npos;
  return pattern;
}

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_FUNCTIONS_ASKED_H_
