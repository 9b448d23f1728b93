#ifndef TIDEWAITER_K8S_CLEAN_PATH_H_
#define TIDEWAITER_K8S_CLEAN_PATH_H_

#include <string>
#include <string_view>

namespace tidewaiter::k8s {

/// The shortest path that means the same, by text alone, as Go's path.Clean makes it: no
/// doubled or final slash, no `.`, no `..` that could be taken back. "." for an empty path.
std::string clean_path(std::string_view path);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_CLEAN_PATH_H_
