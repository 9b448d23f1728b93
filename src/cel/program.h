#ifndef TIDEWAITER_CEL_PROGRAM_H_
#define TIDEWAITER_CEL_PROGRAM_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cel/arena.h"
#include "cel/environment.h"
#include "cel/target.h"
#include "cel/type.h"
#include "cel/value.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

enum class Work : std::uint8_t { kEvaluation, kBlame };

/// The values of the variables during one evaluation. The program asks for a variable by the
/// slot that Environment gave it, each time it is read; the implementer caches what is costly.
class Activation {
 public:
  virtual ~Activation() = default;
  virtual Value variable(std::uint32_t slot) = 0;
  /// For context functions: whatever the caller agreed on with them; null if nothing.
  virtual const void* context() const { return nullptr; }
  /// What all evaluations (or, with kBlame, all searches for places) with this activation may
  /// still cost together, those of variables included; null if only each has its limit. What
  /// one took is subtracted.
  virtual std::uint64_t* budget(Work /*work*/) { return nullptr; }
  /// How far below the root of its document a node lies (0 = the root, or unknown): blame takes
  /// the longest path among several.
  virtual std::uint32_t depth(Origin) const { return 0; }
  /// Where to point for a variable whose value came from no document: the blame of the
  /// expression that defines it (Program::blame); null if there is none.
  virtual Origin blame_of_variable(std::uint32_t) { return nullptr; }
  /// The same for an item of the list that a variable is (Program::blame_item).
  virtual Origin blame_of_item(std::uint32_t /*slot*/, std::uint32_t /*index*/) {
    return nullptr;
  }
  /// Of a variable that stands for a mapping the document leaves out: the keys from the origin
  /// of its value to where the mapping would be. Empty when that is not known.
  virtual std::span<const std::string_view> missing_path(std::uint32_t) { return {}; }
};

/// A compiled expression: parsed, checked, folded and planned. Immutable, so any number of
/// threads may evaluate it at once, each with its own activation and arena.
class Program {
 public:
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;
  ~Program();

  const Type& result_type() const;
  /// The text it was compiled from.
  std::string_view text() const;

  /// Never throws; what goes wrong is a value of kind kError. The result borrows from the
  /// arena, the program and the activation's values. Bounded by the environment's cost limit
  /// and Activation::budget().
  Value evaluate(Activation& activation, Arena& arena) const;

  /// Where to point for what the expression gave (mostly false): the blame rules of DESIGN 4,
  /// by a second, tracing evaluation. Null when nothing that took part came from a document.
  Origin blame(Activation& activation, Arena& arena) const;
  /// Where to point for item `index` of the list that the expression gave: what of the manifest
  /// let filter() take it, else the item. Null when nothing of it came from a document.
  Origin blame_item(Activation& activation, Arena& arena, std::uint32_t index) const;

  /// Evaluates an `at:` expression leniently: where a selection finds nothing or null, the
  /// place is the operand's (or the hidden null entry). Null when there is no place.
  Origin locate(Activation& activation, Arena& arena) const;

  /// The place that a selection (`c.resources.limits['memory']`) names, whether it exists or
  /// not. Nothing when the expression names none, or leads through what is no map.
  std::optional<Target> target(Activation& activation, Arena& arena) const;

 private:
  friend Result<Program> compile(const Environment& environment, std::string_view text);
  struct Compiled;
  template <class Find>
  Origin trace(Activation& activation, Arena& arena, Find&& find) const;
  explicit Program(std::unique_ptr<const Compiled> compiled);
  std::unique_ptr<const Compiled> compiled_;
};

/// Compiles `text`. Fails with kInvalidInput (message in plain words, `where` in `text`) on
/// syntax and type errors and constant parts that fail, with kLimitExceeded on depth or size.
/// The program borrows the environment's function registry, not its variables.
Result<Program> compile(const Environment& environment, std::string_view text);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_PROGRAM_H_
