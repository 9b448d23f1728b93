#include "policy/policy_activation.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "cel/authorizer.h"
#include "cel/value_build.h"
#include "cel/value_data.h"
#include "engine/document_values.h"
#include "k8s/builtin_kinds.h"
#include "policy/request_values.h"

namespace tidewaiter::policy {
namespace {

using cel::Value;

/// How deep variables may be evaluated from within one another before those that come first are
/// evaluated in their order, without nesting: a policy decides how long its chains are.
constexpr std::uint32_t kMaxNesting = 16;

// The API server's RuntimeCELCostBudgetMatchConditions and RuntimeCELCostBudget.
constexpr std::uint64_t kConditionsBudget = 2'500'000;
constexpr std::uint64_t kValidationsBudget = 10'000'000;
constexpr std::uint64_t kBlameBudget = 4 * kValidationsBudget;

ManifestOptions object_options(const EvaluationInput& input, const ApiDefaults& defaults) {
  const AdmissionRequest& request = *input.request;
  const bool admitted = input.reading != Reading::kRaw;
  // Custom resources are stored as they are written: their schema is not known here.
  const bool builtin =
      k8s::scope_of_kind(request.group, request.kind) != k8s::KindScope::kUnknown;
  return {.hides_null = admitted,
          .amounts_as_text = admitted && builtin,
          .default_namespace = request.namespaced ? request.namespace_ : std::string_view(),
          .defaults = input.reading == Reading::kDefaulted ? &defaults : nullptr};
}

ManifestOptions other_options(const EvaluationInput& input) {
  return {.hides_null = input.reading != Reading::kRaw, .places = false};
}

const yaml::Node* root_of(const yaml::Node* node) {
  while (node != nullptr && node->parent() != nullptr) node = node->parent();
  return node;
}

}  // namespace

PolicyActivation::PolicyActivation(const CompiledPolicy& policy, const EvaluationInput& input,
                                   cel::Arena& arena)
    : policy_(policy),
      input_(input),
      arena_(arena),
      defaults_(*input.request),
      object_(object_options(input, defaults_), arena),
      other_(other_options(input), arena),
      root_(root_of(input.request->object)),
      variables_(policy.variables.size()) {}

void PolicyActivation::enter(Phase phase) {
  phase_ = phase;
  if (phase != Phase::kMessages) {
    budget_ = phase == Phase::kMatchConditions ? kConditionsBudget : kValidationsBudget;
    blame_budget_ = kBlameBudget;
  }
  std::ranges::fill(variables_, Variable());
  standard_[static_cast<std::size_t>(Slot::kNamespaceObject)].reset();
}

bool PolicyActivation::take_read_broken() {
  return std::exchange(read_broken_, false);
}

Value PolicyActivation::variable(std::uint32_t slot) {
  if (slot < kStandardCount) return standard(static_cast<Slot>(slot));
  return variable_at(slot - kStandardCount);
}

Value PolicyActivation::standard(Slot slot) {
  if (slot == Slot::kAuthorizer || slot == Slot::kRequestResource) return authorizer(slot);
  if (slot == Slot::kNamespaceObject && guesses_namespace()) asked_.namespace_object = true;
  std::optional<Value>& known = standard_[static_cast<std::size_t>(slot)];
  if (!known) known = make_standard(slot);
  return *known;
}

/// Whether namespaceObject stands for what no manifest shows.
bool PolicyActivation::guesses_namespace() const {
  return input_.reading != Reading::kRaw && phase_ != Phase::kMatchConditions &&
         input_.request->namespaced && input_.namespace_object == nullptr &&
         !input_.namespace_name.empty();
}

Value PolicyActivation::make_standard(Slot slot) {
  const AdmissionRequest& request = *input_.request;
  switch (slot) {
    case Slot::kObject:
      return request.object == nullptr ? Value::null() : object_.value_of(*request.object);
    case Slot::kOldObject:
      return request.old_object == nullptr ? Value::null()
                                           : other_.value_of(*request.old_object);
    case Slot::kRequest: return request_value(request, arena_);
    case Slot::kNamespaceObject:
      return phase_ == Phase::kMatchConditions ? Value::null()
                                               : namespace_value(input_, other_, arena_);
    case Slot::kParams:
      return input_.params == nullptr ? Value::null() : other_.value_of(*input_.params);
    default: break;
  }
  return Value::null();
}

Value PolicyActivation::authorizer(Slot slot) {
  if (phase_ == Phase::kMessages || phase_ == Phase::kAuditAnnotations) {
    return cel::make_error(arena_, "There is no 'authorizer' in messages and annotations.");
  }
  if (input_.reading == Reading::kRaw) {
    return slot == Slot::kAuthorizer ? cel::no_opinion_authorizer()
                                     : cel::no_opinion_resource_check();
  }
  asked_.authorizer = true;
  return cel::unknown_authorizer();
}

Value PolicyActivation::variable_at(std::size_t index) {
  TIDEWAITER_CHECK(index < variables_.size());
  if (!variables_[index].value) {
    if (nesting_ >= kMaxNesting) {
      for (std::size_t i = 0; i < index; ++i) {
        if (!variables_[i].value) evaluate_variable(i);
      }
    }
    evaluate_variable(index);
  }
  const Asked& asked = variables_[index].asked;
  asked_.authorizer = asked_.authorizer || asked.authorizer;
  asked_.namespace_object = asked_.namespace_object || asked.namespace_object;
  read_broken_ = read_broken_ || variables_[index].is_broken;
  return *variables_[index].value;
}

void PolicyActivation::evaluate_variable(std::size_t index) {
  const CompiledExpression& expression = policy_.variables[index];
  const Asked asked_before = take_asked();
  const bool broken_before = std::exchange(read_broken_, !expression.program);
  Value value;
  if (expression.program) {
    ++nesting_;
    value = expression.program->evaluate(*this, arena_);
    --nesting_;
    if (value.is_error()) value = failed(index, value);
  } else {
    const std::string_view name = policy_.policy->variables[index].name;
    value = cel::make_error(arena_, fmt::format("The variable '{}' does not compile: {}", name,
                                                expression.error->message));
  }
  variables_[index].value = value;
  variables_[index].asked = std::exchange(asked_, asked_before);
  variables_[index].is_broken = std::exchange(read_broken_, broken_before);
}

/// Says which variable failed, once for a chain of them.
Value PolicyActivation::failed(std::size_t index, const Value& error) {
  const auto is_told = [&](const Variable& other) {
    return other.value && other.value->is_error() &&
           other.value->as_error() == error.as_error();
  };
  if (std::ranges::any_of(variables_, is_told)) return error;
  const cel::ErrorData& data = *error.as_error();
  return cel::make_error(arena_,
                         fmt::format("The variable '{}' cannot be evaluated: {}",
                                     policy_.policy->variables[index].name, data.message),
                         data.cause, error.origin());
}

// Values that no finding should point to have no origin at all. What a resource is called is
// mostly a condition, and something else the fault.
std::uint32_t PolicyActivation::depth(cel::Origin origin) const {
  const yaml::Node* node = engine::node_of(origin);
  if (node == nullptr || is_identity(*node)) return 0;
  std::uint32_t depth = 1;
  while ((node = node->parent()) != nullptr) ++depth;
  return depth;
}

/// apiVersion, kind, and name and namespace of metadata.
bool PolicyActivation::is_identity(const yaml::Node& node) const {
  const yaml::Node* object = input_.request->object;
  const yaml::Node* parent = node.parent();
  if (object == nullptr || parent == nullptr || node.key() == nullptr) return false;
  const std::string_view key = node.key()->as_string();
  if (parent == object) return key == "kind" || key == "apiVersion";
  return parent == object->find("metadata") && (key == "name" || key == "namespace");
}

cel::Origin PolicyActivation::blame_of_variable(std::uint32_t slot) {
  if (slot < kStandardCount) return nullptr;
  Variable& known = variables_[slot - kStandardCount];
  const std::optional<cel::Program>& program = policy_.variables[slot - kStandardCount].program;
  if (!known.blame && program && nesting_ < kMaxNesting) {
    ++nesting_;
    known.blame = program->blame(*this, arena_);
    --nesting_;
  }
  return known.blame.value_or(nullptr);
}

cel::Origin PolicyActivation::blame_of_item(std::uint32_t slot, std::uint32_t index) {
  if (slot < kStandardCount || nesting_ >= kMaxNesting) return nullptr;
  const std::optional<cel::Program>& program = policy_.variables[slot - kStandardCount].program;
  if (!program) return nullptr;
  ++nesting_;
  const cel::Origin origin = program->blame_item(*this, arena_, index);
  --nesting_;
  return origin;
}

const yaml::Node* PolicyActivation::node_of(cel::Origin origin) const {
  const yaml::Node* node = engine::node_of(origin);
  return node != nullptr && root_of(node) == root_ ? node : input_.request->object;
}

}  // namespace tidewaiter::policy
