#ifndef TIDEWAITER_CEL_OPERATOR_TYPES_H_
#define TIDEWAITER_CEL_OPERATOR_TYPES_H_

#include <string_view>

#include "cel/function.h"

namespace tidewaiter::cel {

/// The types that the operators of ast.h take, as overloads without callbacks: the standard
/// definitions of the CEL language definition, comparisons across numeric types, and indexing
/// of optionals. Read-only, safe from any thread.
const FunctionRegistry& operator_types();

/// Whether a kCall of this name is an operator.
bool is_operator(std::string_view name);

/// How people write the operator: "+" for "_+_", "in" for "@in".
std::string_view operator_symbol(std::string_view name);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_OPERATOR_TYPES_H_
