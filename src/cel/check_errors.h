#ifndef TIDEWAITER_CEL_CHECK_ERRORS_H_
#define TIDEWAITER_CEL_CHECK_ERRORS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/ast.h"
#include "cel/environment.h"
#include "cel/type.h"
#include "tidewaiter/result.h"

// The checker's messages: what was seen, in the words of the person who wrote the expression,
// and what to write instead. Cost does not matter here; an expression has one error.

namespace tidewaiter::cel {

/// `name` (possibly qualified, the longest part that stands in the text) has no meaning;
/// `locals` are the comprehension variables in scope.
Error undeclared_name(std::string_view name, ByteSpan where,
                      std::span<const std::string_view> locals, const Environment& environment);

/// `name` is a qualified name that is called; an error if it looks like a namespaced function
/// ("strings.qoute"), else none.
std::optional<Error> unknown_namespaced(std::string_view name, ByteSpan where,
                                        const Environment& environment);

/// No function that `environment` has may be called as `call` is.
Error unknown_function(const Expr& call, const Environment& environment);

/// There are functions of that name, but none takes these types.
Error no_overload(const Expr& call, std::span<const Type> arguments,
                  const Environment& environment);

/// An operator does not take these types.
Error no_operator(const Expr& call, std::span<const Type> arguments);

/// `select` selects a field of something that has none.
Error no_fields(const Expr& select, const Type& type, const Environment& environment);

/// `select` selects a field that the object type (or prefix of variables) `object` does not
/// have; `fields` are those it has.
Error undefined_field(const Expr& select, std::string_view object,
                      std::span<const std::string_view> fields);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_CHECK_ERRORS_H_
