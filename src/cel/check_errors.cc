#include "cel/check_errors.h"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/suggest.h"
#include "cel/macro.h"
#include "cel/operator_types.h"

namespace tidewaiter::cel {

namespace {

// Longer types and lists of overloads help nobody.
constexpr std::size_t kMostTypeText = 80;
constexpr std::size_t kMostOverloads = 4;

Error fail(std::string message, ByteSpan where) {
  return Error{.code = ErrorCode::kInvalidInput, .message = std::move(message), .where = where};
}

std::string text_of(const Type& type) {
  std::string text = type.to_string();
  if (text.size() > kMostTypeText) text = text.substr(0, kMostTypeText) + "...";
  return text;
}

std::string joined(std::span<const Type> types, std::string_view separator) {
  std::string text;
  for (const Type& type : types) {
    if (!text.empty()) text += separator;
    text += text_of(type);
  }
  return text;
}

bool exists(const Function& function, const Environment& environment) {
  return environment.kubernetes_minor == 0 || function.since <= environment.kubernetes_minor;
}

bool is_number(const Type& type) {
  return type.kind() == TypeKind::kInt || type.kind() == TypeKind::kUint ||
         type.kind() == TypeKind::kDouble;
}

/// Every function name that could stand in the place of `call`.
std::vector<std::string_view> function_names(bool member, const Environment& environment) {
  std::vector<std::string_view> names;
  for (const std::string_view name : environment.functions().names()) {
    const auto overloads = environment.functions().overloads(name);
    const bool fits = std::any_of(overloads.begin(), overloads.end(), [&](const Function& f) {
      return f.member == member && exists(f, environment);
    });
    if (fits) names.push_back(name);
  }
  for (const std::string_view macro : macro_names()) {
    if (!macro_usage(macro).starts_with("has(") == member) names.push_back(macro);
  }
  return names;
}

/// The message when the name exists, but not for this kind of call or version; else empty.
std::string other_use(const Expr& call, const Environment& environment) {
  if (const std::string_view usage = macro_usage(call.name); !usage.empty()) {
    return fmt::format("{0}() is called as '{1}'.", call.name, usage);
  }
  std::uint32_t since = 0;
  for (const Function& function : environment.functions().overloads(call.name)) {
    if (!exists(function, environment)) {
      since = since == 0 ? function.since : std::min(since, function.since);
    } else if (function.member && !call.member) {
      return fmt::format("'{}' is called on a value: '{}'.", call.name, to_string(function));
    } else if (!function.member && call.member) {
      return fmt::format("'{0}' is not called on a value: write '{0}(x)', not 'x.{0}()'.",
                         call.name);
    }
  }
  if (since == 0) return {};
  return fmt::format("'{}' exists from Kubernetes 1.{} on, but the target is 1.{}.", call.name,
                     since, environment.kubernetes_minor);
}

}  // namespace

Error undeclared_name(std::string_view name, ByteSpan where,
                      std::span<const std::string_view> locals,
                      const Environment& environment) {
  const std::string_view first = name.substr(0, name.find('.', 1));
  if (environment.is_prefix(first)) {
    return fail(
        fmt::format("'{0}' is no value by itself: name one of its fields, '{0}.x'.", first),
        where);
  }
  std::vector<std::string_view> known(locals.begin(), locals.end());
  bool namespaced = false;
  for (const Variable& variable : environment.variables()) {
    known.push_back(variable.name);
    const std::string_view declared = variable.name;
    namespaced |= declared.size() > first.size() && declared.starts_with(first) &&
                  declared[first.size()] == '.';
  }
  // `params.mx` is one name where `params.max` is declared; of `objct.spec` only `objct` is.
  const std::string_view shown = namespaced ? name : first;
  const auto end = std::min(where.end, where.begin + static_cast<std::uint32_t>(shown.size()));
  return fail(fmt::format("'{}' is not declared.{}", shown, did_you_mean(shown, known)),
              {where.begin, end});
}

std::optional<Error> unknown_namespaced(std::string_view name, ByteSpan where,
                                        const Environment& environment) {
  std::vector<std::string_view> names;
  for (const std::string_view known : environment.functions().names()) {
    if (known.find('.') != std::string_view::npos) names.push_back(known);
  }
  const std::string help = did_you_mean(name, names);
  if (help.empty()) return {};
  return fail(fmt::format("There is no function '{}'.{}", name, help), where);
}

Error unknown_function(const Expr& call, const Environment& environment) {
  std::string message = other_use(call, environment);
  if (message.empty()) {
    message = fmt::format("There is no function '{}'{}.{}", call.name,
                          call.member ? " to call on a value" : "",
                          did_you_mean(call.name, function_names(call.member, environment)));
  }
  return fail(std::move(message), call.name_span);
}

Error no_overload(const Expr& call, std::span<const Type> arguments,
                  const Environment& environment) {
  std::string seen;
  if (call.member) {
    seen = fmt::format("{}.{}({})", text_of(arguments[0]), call.name,
                       joined(arguments.subspan(1), ", "));
  } else {
    seen = fmt::format("{}({})", call.name, joined(arguments, ", "));
  }
  std::string known;
  std::size_t count = 0;
  for (const Function& function : environment.functions().overloads(call.name)) {
    if (function.member != call.member || !exists(function, environment)) continue;
    if (++count > kMostOverloads) continue;
    known += fmt::format("{}'{}'", known.empty() ? "" : ", ", to_string(function));
  }
  if (count > kMostOverloads) known += ", ...";
  return fail(fmt::format("'{}' is called as '{}', but it takes: {}.", call.name, seen, known),
              call.name_span);
}

Error no_operator(const Expr& call, std::span<const Type> arguments) {
  const std::string_view symbol = operator_symbol(call.name);
  std::string message;
  if (call.name == "_?_:_") {
    message = arguments[0].kind() == TypeKind::kBool || arguments[0].kind() == TypeKind::kDyn
                  ? fmt::format(
                        "Both results of '?:' need the same type, but they are {} and "
                        "{}; write 'dyn(...)' around one to allow both.",
                        text_of(arguments[1]), text_of(arguments[2]))
                  : fmt::format("The condition of '?:' needs to be a bool, but it is {}.",
                                text_of(arguments[0]));
  } else if (call.name.starts_with("_[")) {
    message = fmt::format("A value of type {} has no index of type {}.", text_of(arguments[0]),
                          text_of(arguments[1]));
  } else {
    message =
        fmt::format("The operator '{}' does not take {}.", symbol, joined(arguments, " and "));
  }
  const bool mixed = arguments.size() == 2 && is_number(arguments[0]) &&
                     is_number(arguments[1]) && !(arguments[0] == arguments[1]);
  if (mixed) {
    const bool to_double =
        arguments[0].kind() == TypeKind::kDouble || arguments[1].kind() == TypeKind::kDouble;
    message += fmt::format(" Convert one of them, for example by '{}(...)'.",
                           to_double ? "double" : "int");
  }
  return fail(std::move(message), call.name_span);
}

Error no_fields(const Expr& select, const Type& type, const Environment& environment) {
  std::string help;
  for (const Function& function : environment.functions().overloads(select.name)) {
    if (function.member) help = fmt::format(" To call the function write '{}()'.", select.name);
  }
  return fail(fmt::format("A value of type {} has no fields, so '.{}' finds nothing.{}",
                          text_of(type), select.name, help),
              select.name_span);
}

Error undefined_field(const Expr& select, std::string_view object,
                      std::span<const std::string_view> fields) {
  return fail(fmt::format("'{}' is used with the undefined field '{}'.{}", object, select.name,
                          did_you_mean(select.name, fields)),
              select.name_span);
}

}  // namespace tidewaiter::cel
