#ifndef TIDEWAITER_CEL_COMPREHENSION_TYPES_H_
#define TIDEWAITER_CEL_COMPREHENSION_TYPES_H_

#include <string_view>
#include <vector>

#include "cel/checking.h"

namespace tidewaiter::cel {

/// The part of the checker that knows what the macros over lists, maps and optionals take and
/// give. The nodes are checked children first: range, then what the variables are used in, then
/// the macro itself.
class ComprehensionTypes {
 public:
  /// Borrows `checking`.
  explicit ComprehensionTypes(Checking& checking);

  /// Node `id` has its type: if it is the range of a macro, the macro's variables get theirs.
  void note_range(ExprId id);
  /// The type of a kLocal.
  const Type& type_of(const Name& local) const;
  /// Sets the type of the kComprehension `id`, or fails.
  void check(ExprId id);

 private:
  struct Locals {
    Type var1;
    Type var2;
  };

  void declare(ExprId id);
  bool is_condition(const Expr& macro, ExprId condition);
  void check_result(ExprId id, const Type& wanted, std::string_view words);
  void check_sort_by(ExprId id);

  Checking& checking_;
  std::vector<ExprId> macro_of_range_;
  std::vector<Locals> locals_;  ///< By the id of the comprehension.
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_COMPREHENSION_TYPES_H_
