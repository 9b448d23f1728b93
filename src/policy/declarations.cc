#include "policy/declarations.h"

#include <string>
#include <utility>

#include "cel/authorizer.h"
#include "policy/compiled_policy.h"

namespace tidewaiter::policy {
namespace {

using cel::Type;
using cel::TypeKind;

constexpr const char* kRequestType = "kubernetes.AdmissionRequest";
constexpr const char* kNamespaceType = "kubernetes.Namespace";
/// Stands in a slot whose variable is not declared: no expression can name it.
constexpr const char* kUndeclared = "(not declared)";

/// BuildRequestType.
void declare_request(cel::Environment& environment) {
  const Type text(TypeKind::kString);
  const Type texts = Type::list(text);
  environment.declare_object("kubernetes.GroupVersionKind",
                             {{"group", text}, {"version", text}, {"kind", text}});
  environment.declare_object("kubernetes.GroupVersionResource",
                             {{"group", text}, {"version", text}, {"resource", text}});
  environment.declare_object("kubernetes.UserInfo", {{"username", text},
                                                     {"uid", text},
                                                     {"groups", texts},
                                                     {"extra", Type::map(text, texts)}});
  const Type kind = Type::object("kubernetes.GroupVersionKind");
  const Type resource = Type::object("kubernetes.GroupVersionResource");
  environment.declare_object(kRequestType, {{"kind", kind},
                                            {"resource", resource},
                                            {"subResource", text},
                                            {"requestKind", kind},
                                            {"requestResource", resource},
                                            {"requestSubResource", text},
                                            {"name", text},
                                            {"namespace", text},
                                            {"operation", text},
                                            {"userInfo", Type::object("kubernetes.UserInfo")},
                                            {"dryRun", Type(TypeKind::kBool)},
                                            {"options", Type()}});
}

/// BuildNamespaceType.
void declare_namespace(cel::Environment& environment) {
  const Type text(TypeKind::kString);
  const Type time(TypeKind::kTimestamp);
  const Type number(TypeKind::kInt);
  const Type texts = Type::list(text);
  environment.declare_object("kubernetes.NamespaceMetadata",
                             {{"name", text},
                              {"generateName", text},
                              {"namespace", text},
                              {"labels", Type::map(text, text)},
                              {"annotations", Type::map(text, text)},
                              {"UID", text},
                              {"creationTimestamp", time},
                              {"deletionGracePeriodSeconds", number},
                              {"deletionTimestamp", time},
                              {"generation", number},
                              {"resourceVersion", text},
                              {"finalizers", texts}});
  environment.declare_object("kubernetes.NamespaceSpec", {{"finalizers", texts}});
  environment.declare_object("kubernetes.NamespaceCondition", {{"status", text},
                                                               {"type", text},
                                                               {"lastTransitionTime", time},
                                                               {"message", text},
                                                               {"reason", text}});
  environment.declare_object(
      "kubernetes.NamespaceStatus",
      {{"conditions", Type::list(Type::object("kubernetes.NamespaceCondition"))},
       {"phase", text}});
  environment.declare_object(kNamespaceType,
                             {{"metadata", Type::object("kubernetes.NamespaceMetadata")},
                              {"spec", Type::object("kubernetes.NamespaceSpec")},
                              {"status", Type::object("kubernetes.NamespaceStatus")}});
}

/// Deeper types are dyn: each variable may nest the one before it once more.
constexpr int kMaxTypeDepth = 16;

Type shallow_type(const Type& type, int depth) {
  if (depth == 0) return Type();
  switch (type.kind()) {
    case TypeKind::kNull:
    case TypeKind::kBool:
    case TypeKind::kInt:
    case TypeKind::kUint:
    case TypeKind::kDouble:
    case TypeKind::kString:
    case TypeKind::kBytes:
    case TypeKind::kDuration:
    case TypeKind::kTimestamp: return type;
    case TypeKind::kList: return Type::list(shallow_type(type.params()[0], depth - 1));
    case TypeKind::kMap:
      return Type::map(shallow_type(type.params()[0], depth - 1),
                       shallow_type(type.params()[1], depth - 1));
    default: return Type();
  }
}

}  // namespace

cel::Environment policy_environment(const Declared& declared, std::uint32_t kubernetes_minor) {
  cel::Environment environment(policy_functions());
  environment.bind_macro = false;
  environment.kubernetes_minor = kubernetes_minor;
  declare_request(environment);
  declare_namespace(environment);
  environment.declare_prefix("variables");
  // In the order of Slot.
  environment.declare("object", Type());
  environment.declare("oldObject", Type());
  environment.declare("request", Type::object(kRequestType));
  environment.declare("namespaceObject", Type::object(kNamespaceType));
  environment.declare(declared.params ? "params" : kUndeclared, Type());
  environment.declare(declared.authorizer ? "authorizer" : kUndeclared, cel::authorizer_type());
  environment.declare(declared.authorizer ? "authorizer.requestResource" : kUndeclared,
                      cel::resource_check_type());
  return environment;
}

Type variable_type(const Type& type) {
  return shallow_type(type, kMaxTypeDepth);
}

}  // namespace tidewaiter::policy
