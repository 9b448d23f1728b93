#ifndef TIDEWAITER_POLICY_POLICY_ACTIVATION_H_
#define TIDEWAITER_POLICY_POLICY_ACTIVATION_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "cel/arena.h"
#include "cel/program.h"
#include "policy/api_defaults.h"
#include "policy/compiled_policy.h"
#include "policy/declarations.h"
#include "policy/evaluation.h"
#include "policy/manifest_values.h"

namespace tidewaiter::policy {

/// The parts of an evaluation, which do not all see the same. Variables are evaluated at most
/// once in each, as in the API server.
enum class Phase : std::uint8_t {
  kMatchConditions,  ///< namespaceObject is null.
  kValidations,
  kMessages,          ///< authorizer is not there, not even for variables.
  kAuditAnnotations,  ///< Likewise, although they may name it.
};

/// What an expression read and a cluster would know better.
struct Asked {
  bool authorizer = false;        ///< Outside a cluster reading it is an error.
  bool namespace_object = false;  ///< Of a namespace that no manifest shows.
};

/// What the expressions of one policy see during one evaluation. Makes each value when it is
/// first read. Everything lies in the arena, which must not be reset meanwhile.
class PolicyActivation final : public cel::Activation {
 public:
  PolicyActivation(const CompiledPolicy& policy, const EvaluationInput& input,
                   cel::Arena& arena);

  void enter(Phase phase);
  /// What only a cluster knows, and was read since the last call.
  Asked take_asked() { return std::exchange(asked_, {}); }
  /// Whether a variable that does not compile was read since the last call.
  bool take_read_broken();

  cel::Value variable(std::uint32_t slot) override;
  std::uint64_t* budget(cel::Work work) override {
    return work == cel::Work::kBlame ? &blame_budget_ : &budget_;
  }
  std::uint32_t depth(cel::Origin origin) const override;
  cel::Origin blame_of_variable(std::uint32_t slot) override;
  cel::Origin blame_of_item(std::uint32_t slot, std::uint32_t index) override;

  /// The node to point to: `origin` when it is a node of the object's document, else the
  /// object.
  const yaml::Node* node_of(cel::Origin origin) const;

 private:
  static constexpr std::size_t kStandardCount = static_cast<std::size_t>(Slot::kFirstVariable);

  /// A variable of the policy in the present phase.
  struct Variable {
    std::optional<cel::Value> value;
    std::optional<cel::Origin> blame;
    Asked asked = {};
    bool is_broken = false;  // it, or one that it reads, does not compile
  };

  bool is_identity(const yaml::Node& node) const;
  bool guesses_namespace() const;
  cel::Value standard(Slot slot);
  cel::Value make_standard(Slot slot);
  cel::Value authorizer(Slot slot);
  cel::Value variable_at(std::size_t index);
  void evaluate_variable(std::size_t index);
  cel::Value failed(std::size_t index, const cel::Value& error);

  const CompiledPolicy& policy_;
  const EvaluationInput& input_;
  cel::Arena& arena_;
  ApiDefaults defaults_;
  ManifestValues object_;
  ManifestValues other_;              // what no finding points to
  const yaml::Node* root_ = nullptr;  // of the object's document
  Phase phase_ = Phase::kMatchConditions;
  std::optional<cel::Value> standard_[kStandardCount];
  std::vector<Variable> variables_;
  std::uint32_t nesting_ = 0;
  std::uint64_t budget_ = 0;  // of a phase; messages live on what validations leave
  std::uint64_t blame_budget_ = 0;
  Asked asked_;
  bool read_broken_ = false;
};

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_POLICY_ACTIVATION_H_
