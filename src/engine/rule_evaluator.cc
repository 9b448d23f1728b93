#include "engine/rule_evaluator.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"
#include "cel/value_read.h"
#include "engine/fix_maker.h"
#include "engine/shown_place.h"
#include "rules/document_adapter.h"
#include "rules/rule_context.h"

namespace tidewaiter::engine {
namespace {

using cel::Value;
using rules::CompiledCheck;
using rules::CompiledRule;
using rules::CompiledVariable;

// What all expressions of a user's rule may cost together on one resource (tidewaiter's own are
// trusted to be linear), and the search for the places of its findings: less than a second
// each.
constexpr std::uint64_t kBudget = 20'000'000;

/// The variables of one rule on one resource. Lazy ones are evaluated when first read; those of
/// a check are forgotten for each of its items.
class RuleActivation final : public cel::Activation {
 public:
  RuleActivation(const CompiledRule& rule, ResourceValues& values,
                 const rules::RuleContext& context, cel::Arena& arena)
      : rule_(rule), values_(values), context_(context), arena_(arena) {
    slots_.resize(rule.slot_count - rule.first_param_slot);
    known_.resize(slots_.size(), false);
    for (std::size_t i = 0; i < rule.params.size(); ++i) {
      slots_[i] = rule.params[i];
      known_[i] = true;
    }
  }

  /// From now on `check`'s variables and the item it judges are visible.
  void enter(const CompiledCheck& check, const Value* item) {
    check_ = &check;
    for (const CompiledVariable& variable : check.variables) {
      known_[local(variable.slot)] = false;
    }
    blames_.clear();
    if (item != nullptr) {
      slots_[local(check.item_slot)] = *item;
      known_[local(check.item_slot)] = true;
    }
  }

  Value variable(std::uint32_t slot) override {
    if (slot < rule_.first_param_slot) return values_.value(static_cast<rules::Slot>(slot));
    const std::size_t index = local(slot);
    if (!known_[index]) {
      const cel::Program* program = definition(slot);
      TIDEWAITER_CHECK(program != nullptr);
      slots_[index] = program->evaluate(*this, arena_);
      known_[index] = true;
      if (is_of_rule(slot)) ++kept_;
    }
    return slots_[index];
  }

  /// How many values were made that outlive the item that is judged.
  std::size_t kept() const { return kept_; }

  const void* context() const override { return &context_; }

  std::uint64_t* budget(cel::Work work) override {
    if (!rule_.rule->of_user) return nullptr;
    return work == cel::Work::kBlame ? &blame_budget_ : &budget_;
  }

  std::uint32_t depth(cel::Origin origin) const override {
    std::uint32_t depth = 0;
    for (const yaml::Node* node = rules::node_of(origin); node != nullptr; ++depth) {
      const yaml::Node* const parent = node->parent();
      node = parent != nullptr ? parent : context_.embedded->host_of(*node);
    }
    return depth;
  }

  cel::Origin blame_of_variable(std::uint32_t slot) override {
    const cel::Program* program = slot < rule_.first_param_slot ? nullptr : definition(slot);
    if (program == nullptr) return nullptr;
    // Kept, since a variable that names another twice would ask for its blame twice.
    blames_.resize(slots_.size());
    const std::size_t index = local(slot);
    if (!blames_[index]) blames_[index] = program->blame(*this, arena_);
    return *blames_[index];
  }

  cel::Origin blame_of_item(std::uint32_t slot, std::uint32_t index) override {
    const cel::Program* program = slot < rule_.first_param_slot ? nullptr : definition(slot);
    return program == nullptr ? nullptr : program->blame_item(*this, arena_, index);
  }

  std::span<const std::string_view> missing_path(std::uint32_t slot) override {
    if (slot >= rule_.first_param_slot) return {};
    return values_.missing_path(static_cast<rules::Slot>(slot));
  }

 private:
  std::size_t local(std::uint32_t slot) const { return slot - rule_.first_param_slot; }

  bool is_of_rule(std::uint32_t slot) const {
    return std::ranges::find(rule_.variables, slot, &CompiledVariable::slot) !=
           rule_.variables.end();
  }

  /// The expression of a lazy variable; null for params and items.
  const cel::Program* definition(std::uint32_t slot) const {
    const auto in = [&](const std::vector<CompiledVariable>& list) -> const cel::Program* {
      const auto it = std::ranges::find(list, slot, &CompiledVariable::slot);
      return it == list.end() ? nullptr : &it->program;
    };
    const cel::Program* program = in(rule_.variables);
    return program == nullptr && check_ != nullptr ? in(check_->variables) : program;
  }

  const CompiledRule& rule_;
  ResourceValues& values_;
  const rules::RuleContext& context_;
  cel::Arena& arena_;
  const CompiledCheck* check_ = nullptr;
  std::vector<Value> slots_;
  std::vector<bool> known_;
  std::size_t kept_ = 0;
  std::vector<std::optional<cel::Origin>> blames_;
  std::uint64_t budget_ = kBudget;
  std::uint64_t blame_budget_ = kBudget;
};

/// One rule on one resource.
class RuleRun {
 public:
  RuleRun(const EvaluationContext& context, std::uint32_t index, ResourceValues& values,
          const k8s::Scope& scope, rules::EmbeddedDocuments& embedded, cel::Arena& arena,
          Judgment& judgment)
      : context_(context),
        index_(index),
        rule_(*context.compiled[index]),
        resource_(values.resource()),
        rule_context_{.resource = &resource_,
                      .scope = &scope,
                      .kubernetes_minor = context.kubernetes_minor,
                      .embedded = &embedded,
                      .cluster = context.cluster},
        arena_(arena),
        activation_(rule_, values, rule_context_, arena),
        judgment_(judgment) {}

  void run() {
    for (const CompiledCheck& check : rule_.checks) {
      if (is_too_much_) return;
      if (check.each) {
        run_each(check);
      } else {
        run_once(check, nullptr);
      }
    }
  }

 private:
  void run_each(const CompiledCheck& check) {
    activation_.enter(check, nullptr);
    const Value list = check.each->evaluate(activation_, arena_);
    if (!list.is(cel::ValueKind::kList) && !list.is(cel::ValueKind::kMap)) {
      return fail(*check.each, list, "a list or a map");
    }
    if (list.is(cel::ValueKind::kMap)) {
      Value key;
      Value value;
      cel::MapCursor cursor(list);
      while (!is_too_much_ && cursor.next(key, value)) run_item(check, key);
      return;
    }
    const std::uint32_t size = cel::size_of(list);
    for (std::uint32_t i = 0; i < size && !is_too_much_; ++i) {
      run_item(check, cel::item_at(list, i));
    }
  }

  /// Gives back the memory that judging an item took, so that a list may have any length.
  void run_item(const CompiledCheck& check, const Value& item) {
    const cel::Arena::Mark before = arena_.mark();
    const std::size_t kept = activation_.kept();
    run_once(check, &item);
    if (activation_.kept() == kept) arena_.rewind(before);
  }

  void run_once(const CompiledCheck& check, const Value* item) {
    activation_.enter(check, item);
    if (check.when) {
      const Value when = check.when->evaluate(activation_, arena_);
      if (when.is_false()) return;
      if (!when.is_true()) return fail(*check.when, when, "true or false");
    }
    const Value verdict = check.expr.evaluate(activation_, arena_);
    if (verdict.is_true()) return;
    if (verdict.is_false()) return report(check);
    fail(check.expr, verdict, "true or false");
  }

  void report(const CompiledCheck& check) {
    const rules::CheckReport& parts = *check.report;
    const cel::Origin origin = parts.at() ? parts.at()->locate(activation_, arena_)
                                          : check.expr.blame(activation_, arena_);
    const yaml::Node* node = rules::node_of(origin);
    const ShownPlace at = shown(node == nullptr ? *resource_.object : *node);
    RawFinding finding{.rule = index_,
                       .severity = severity_of(check),
                       .message = parts.message().render(activation_, arena_),
                       .place = at.place,
                       .node = at.node,
                       .resource = &resource_};
    for (const rules::CompiledRelated& related : parts.related()) {
      for (const yaml::Node* related_at : places_of(related.at)) {
        finding.related.push_back({.place = shown(*related_at).place,
                                   .message = related.message.render(activation_, arena_)});
      }
    }
    if (context_.with_fixes) {
      auto fix = make_fix(parts.fix(), activation_, arena_, *context_.sources);
      if (fix) finding.fixes.push_back(*std::move(fix));
    }
    judgment_.findings.push_back(std::move(finding));
  }

  ShownPlace shown(const yaml::Node& node) const {
    return shown_place(node, *context_.sources, *rule_context_.embedded);
  }

  /// The place that `at` names; of a list that the expression made, the place of each item.
  std::vector<const yaml::Node*> places_of(const cel::Program& at) {
    std::vector<const yaml::Node*> places;
    const auto add = [&](cel::Origin origin) {
      if (const yaml::Node* node = rules::node_of(origin)) places.push_back(node);
    };
    const Value value = at.evaluate(activation_, arena_);
    if (value.is(cel::ValueKind::kList) && value.origin() == nullptr) {
      for (std::uint32_t i = 0; i < cel::size_of(value); ++i)
        add(cel::item_at(value, i).origin());
    } else {
      add(at.locate(activation_, arena_));
    }
    return places;
  }

  Severity severity_of(const CompiledCheck& check) const {
    const SelectedRule& selected = context_.rules[index_];
    return selected.severity.value_or(check.check->severity.value_or(selected.rule->severity));
  }

  /// `value` is an error, or no `wanted`: only at run time is it known what a field holds.
  void fail(const cel::Program& program, const Value& value, std::string_view wanted) {
    if (value.is_error()) return fail(program, value);
    RuleFailure failure = failure_at(program, value);
    failure.reason = fmt::format("The expression must give {}, but gives a value of type '{}'.",
                                 wanted, cel::type_name(value));
    failure.wrong_type = true;
    judgment_.failures.push_back(std::move(failure));
  }

  void fail(const cel::Program& program, const Value& error) {
    const cel::ErrorData& data = *error.as_error();
    RuleFailure failure = failure_at(program, error);
    failure.reason = std::string(data.message);
    failure.wrong_type = data.cause == cel::ErrorCause::kType;
    failure.too_much = data.cause == cel::ErrorCause::kLimit;
    is_too_much_ = is_too_much_ || failure.too_much;
    judgment_.failures.push_back(std::move(failure));
  }

  /// A failure at the node that the value came from.
  RuleFailure failure_at(const cel::Program& program, const Value& value) const {
    RuleFailure failure{.rule = index_,
                        .resource = &resource_,
                        .expression = std::string(program.text()),
                        .reason = {}};
    if (const yaml::Node* const node = rules::node_of(value.origin())) {
      const ShownPlace at = shown(*node);
      failure.node = at.node;
      if (at.node != node) failure.at = at.place;
    }
    return failure;
  }

  const EvaluationContext& context_;
  std::uint32_t index_;
  const CompiledRule& rule_;
  const k8s::Resource& resource_;
  rules::RuleContext rule_context_;
  cel::Arena& arena_;
  RuleActivation activation_;
  Judgment& judgment_;
  bool is_too_much_ = false;  // what follows would only fail likewise
};

}  // namespace

Judgment RuleEvaluator::judge(const k8s::Resource& resource, const k8s::Scope& scope,
                              std::span<const std::uint32_t> rules) {
  Judgment judgment;
  resource_arena_.reset();
  embedded_.clear();
  ResourceValues values(resource, *context_.folders, resource_arena_);
  for (const std::uint32_t index : rules) run_rule(index, values, scope, judgment);
  return judgment;
}

void RuleEvaluator::run_rule(std::uint32_t index, ResourceValues& values,
                             const k8s::Scope& scope, Judgment& judgment) {
  rule_arena_.reset();
  RuleRun(context_, index, values, scope, embedded_, rule_arena_, judgment).run();
}

}  // namespace tidewaiter::engine
