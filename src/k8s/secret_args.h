#ifndef TIDEWAITER_K8S_SECRET_ARGS_H_
#define TIDEWAITER_K8S_SECRET_ARGS_H_

#include <string>
#include <vector>

#include "k8s/secret_shape.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// A secret in plain text on the command line of a container.
struct SecretArg {
  const yaml::Node* node = nullptr;  ///< The item that holds the value.
  std::string name;                  ///< Of the flag or variable; empty for a shape.
  Secret secret;
};

/// The secrets in `command` and `args` of a container, at most one for each item: `--x=v`,
/// `--x v` in two items, `-x v`, `VAR=v`, the same within the script of `sh -c`, and shapes
/// anywhere (TW604). Linear.
std::vector<SecretArg> secret_args(const yaml::Node& container, const SecretWords& words);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SECRET_ARGS_H_
