#include "cel/authorizer.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "cel/functions/libraries.h"
#include "cel/functions/named_format.h"
#include "cel/value_build.h"
#include "cel/value_data.h"

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

// Upstream compares what a check was made of, which no policy does.
Equality never_comparable(const void*, const void*) {
  return Equality::kError;
}
std::string_view no_text(const void*, Arena&) {
  return {};
}

constexpr OpaqueType opaque_type(std::string_view name) {
  return {.as_type = {name}, .equal = never_comparable, .to_string = no_text};
}
constexpr OpaqueType kAuthorizer = opaque_type("kubernetes.authorization.Authorizer");
constexpr OpaqueType kPathCheck = opaque_type("kubernetes.authorization.PathCheck");
constexpr OpaqueType kGroupCheck = opaque_type("kubernetes.authorization.GroupCheck");
constexpr OpaqueType kResourceCheck = opaque_type("kubernetes.authorization.ResourceCheck");
constexpr OpaqueType kDecision = opaque_type("kubernetes.authorization.Decision");

// Whatever is asked has the same answer, so what was asked need not be kept.
template <const OpaqueType& kType>
Value the_only() {
  static constexpr OpaqueData kData{.type = &kType, .payload = nullptr};
  return Value::opaque(&kData);
}

template <const OpaqueType& kType>
Value next(CallContext&, Args) {
  return the_only<kType>();
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos;
}

bool has_format(std::string_view name, std::string_view text) {
  const auto formats = named_formats();
  const auto found = std::find_if(formats.begin(), formats.end(),
                                  [&](const NamedFormat& each) { return each.name == name; });
  return found != formats.end() && found->problems(text).empty();
}

Value path(CallContext& call, Args args) {
  if (is_blank(args[1].as_string())) return make_error(call.arena, "The path is empty.");
  return the_only<kPathCheck>();
}

Value resource(CallContext& call, Args args) {
  if (is_blank(args[1].as_string())) return make_error(call.arena, "The resource is empty.");
  return the_only<kResourceCheck>();
}

Value service_account(CallContext& call, Args args) {
  if (!has_format("dns1123Subdomain", args[2].as_string())) {
    return make_error(call.arena, "This is no name of a service account.");
  }
  if (!has_format("dns1123Label", args[1].as_string())) {
    return make_error(call.arena, "This is no name of a service account's namespace.");
  }
  return the_only<kAuthorizer>();
}

Value no(CallContext&, Args) {
  return Value::boolean(false);
}
Value nothing(CallContext&, Args) {
  return Value::string("");
}

constexpr LibraryRow kRows[] = {
    {"kubernetes.authorization.Authorizer.path(string) -> kubernetes.authorization.PathCheck",
     path, "Begins a check of a path that is no resource."},
    {"kubernetes.authorization.Authorizer.group(string) -> kubernetes.authorization.GroupCheck",
     next<kGroupCheck>, "Begins a check of resources of an API group; '' is the core group."},
    {"kubernetes.authorization.Authorizer.serviceAccount(string, string) -> "
     "kubernetes.authorization.Authorizer",
     service_account, "Asks for a service account (namespace, name) instead of the user."},
    {"kubernetes.authorization.GroupCheck.resource(string) -> "
     "kubernetes.authorization.ResourceCheck",
     resource, "The resource to check, in the plural."},
    {"kubernetes.authorization.ResourceCheck.subresource(string) -> "
     "kubernetes.authorization.ResourceCheck",
     next<kResourceCheck>, "The subresource to check."},
    {"kubernetes.authorization.ResourceCheck.namespace(string) -> "
     "kubernetes.authorization.ResourceCheck",
     next<kResourceCheck>, "The namespace to check in."},
    {"kubernetes.authorization.ResourceCheck.name(string) -> "
     "kubernetes.authorization.ResourceCheck",
     next<kResourceCheck>, "The name of the object to check."},
    {"kubernetes.authorization.ResourceCheck.fieldSelector(string) -> "
     "kubernetes.authorization.ResourceCheck",
     next<kResourceCheck>, "The field selector to check with.", 31},
    {"kubernetes.authorization.ResourceCheck.labelSelector(string) -> "
     "kubernetes.authorization.ResourceCheck",
     next<kResourceCheck>, "The label selector to check with.", 31},
    {"kubernetes.authorization.PathCheck.check(string) -> kubernetes.authorization.Decision",
     next<kDecision>, "What the authorizer says of an HTTP verb on the path."},
    {"kubernetes.authorization.ResourceCheck.check(string) -> "
     "kubernetes.authorization.Decision",
     next<kDecision>, "What the authorizer says of an API verb on the resource."},
    {"kubernetes.authorization.Decision.allowed() -> bool", no,
     "Whether the authorizer allows it."},
    {"kubernetes.authorization.Decision.errored() -> bool", no, "Whether the check failed."},
    {"kubernetes.authorization.Decision.error() -> string", nothing,
     "Why the check failed; '' if it did not."},
    {"kubernetes.authorization.Decision.reason() -> string", nothing,
     "Why it is allowed or denied, as far as the authorizer says."},
};

}  // namespace

void add_authorizer_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

Type authorizer_type() {
  return Type::opaque(std::string(kAuthorizer.as_type.name));
}

Type resource_check_type() {
  return Type::opaque(std::string(kResourceCheck.as_type.name));
}

Value unknown_authorizer() {
  static constexpr ErrorData kUnknown{
      .message =
          "Only a cluster knows what a user is allowed to do: 'authorizer' cannot be "
          "evaluated here.",
      .cause = ErrorCause::kValue};
  return Value::error(&kUnknown);
}

Value no_opinion_authorizer() {
  return the_only<kAuthorizer>();
}

Value no_opinion_resource_check() {
  return the_only<kResourceCheck>();
}

}  // namespace tidewaiter::cel
