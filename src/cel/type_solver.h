#ifndef TIDEWAITER_CEL_TYPE_SOLVER_H_
#define TIDEWAITER_CEL_TYPE_SOLVER_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cel/type.h"

namespace tidewaiter::cel {

/// Finds types for the type parameters of one expression, as cel-go's checker does: a parameter
/// is bound by the first type that meets it and widened to dyn when dyn meets it. Its unknown
/// types are of kind kParam and only it can read them: pass no type with a signature's own
/// parameters before instantiate().
class TypeSolver {
 public:
  /// A new unknown type.
  Type unknown();

  /// The unknowns that stand for the type parameters of one use of a signature.
  using Renaming = std::map<std::string, Type, std::less<>>;
  /// `type` with an unknown for each parameter; `renaming` keeps which, for the next call.
  Type instantiate(const Type& type, Renaming& renaming);

  /// Whether values of each type `from[i]` may be used where `to[i]` is asked for; if so, what
  /// that says about unknowns is kept, else nothing is changed. Spans of the same size.
  bool assign(std::span<const Type> from, std::span<const Type> to);
  bool assign(const Type& from, const Type& to) { return assign({&from, 1}, {&to, 1}); }

  /// The type that covers both: the less specific if one is assignable to the other, else dyn.
  Type join(const Type& a, const Type& b);

  /// What is known of the outermost constructor of `type`: kParam only if nothing is.
  Type outer(const Type& type);
  /// `type` with all that is known filled in, and dyn for what is not.
  Type known(const Type& type);
  /// `type` with all that is known filled in, and its unknowns left as they are.
  Type bound(const Type& type);

  /// True after an expression whose types would take too long to compare; answers are then
  /// meaningless. Guards against types that double in size with each nesting.
  bool exhausted() const { return steps_ > kMaxSteps; }

 private:
  static constexpr std::uint64_t kMaxSteps = 2'000'000;

  bool fits(const Type& from, const Type& to);
  bool fits_unknown(const Type& other, const Type& unknown);
  bool occurs(const Type& unknown, const Type& within);
  Type filled(const Type& type, bool unknowns_are_dyn);
  Type wider(const Type& a, const Type& b);
  bool less_specific(const Type& a, const Type& b);
  Type representative(Type type);
  const Type* binding(const Type& unknown) const;
  void bind(const Type& unknown, Type type);
  static std::size_t index(const Type& unknown);

  struct Binding {
    bool bound = false;
    Type type;
  };
  std::vector<Binding> bindings_;
  std::vector<std::pair<std::size_t, Binding>> undo_;
  std::uint64_t steps_ = 0;
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_TYPE_SOLVER_H_
