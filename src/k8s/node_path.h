#ifndef TIDEWAITER_K8S_NODE_PATH_H_
#define TIDEWAITER_K8S_NODE_PATH_H_

#include <string_view>
#include <vector>

#include "yaml/node.h"

namespace tidewaiter::k8s {

/// The nodes at a path below `from`: keys joined by dots, `*` for every item of a list. In the
/// order of the text; nothing where the manifest has another shape. The empty path is `from`.
std::vector<const yaml::Node*> nodes_at(const yaml::Node& from, std::string_view path);

/// The text of an entry; empty where there is no such entry or mapping, or it is no text.
std::string_view text_at(const yaml::Node* mapping, std::string_view key);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_NODE_PATH_H_
