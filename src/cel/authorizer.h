#ifndef TIDEWAITER_CEL_AUTHORIZER_H_
#define TIDEWAITER_CEL_AUTHORIZER_H_

#include "cel/function.h"
#include "cel/type.h"
#include "cel/value.h"

// The `authorizer` of policies (k8s.io/apiserver pkg/cel/library/authz.go). Outside a cluster
// nobody can be asked, so there are two values for the variable: one that knows nothing, and
// one that answers as an API server whose authorizers have no opinion.

namespace tidewaiter::cel {

/// Adds the functions of the library: path, group, serviceAccount, resource, subresource,
/// namespace, name, fieldSelector, labelSelector, check, allowed, errored, error, reason.
void add_authorizer_functions(FunctionRegistry& registry);

/// The types of the variables `authorizer` and `authorizer.requestResource`.
Type authorizer_type();
Type resource_check_type();

/// An error that says that a linter cannot know; for either variable. Static.
Value unknown_authorizer();
/// Values for `authorizer` and `authorizer.requestResource` of which every check ends in "not
/// allowed", without a reason or an error. Static.
Value no_opinion_authorizer();
Value no_opinion_resource_check();

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_AUTHORIZER_H_
