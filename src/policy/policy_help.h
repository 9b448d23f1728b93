#ifndef TIDEWAITER_POLICY_POLICY_HELP_H_
#define TIDEWAITER_POLICY_POLICY_HELP_H_

#include <string_view>

#include "k8s/resource.h"

namespace tidewaiter::policy {

/// What a policy's author says about it for people. Views of the manifest; empty when absent.
struct PolicyHelp {
  std::string_view title;        ///< One line: "Disallow Host Namespaces".
  std::string_view description;  ///< Prose.
  std::string_view category;     ///< "Pod Security Standards (Baseline)".
  std::string_view severity;     ///< In the author's word: "high".
  std::string_view url;          ///< http or https.
  std::string_view id;           ///< In the author's catalog: "C-0020".
};

/// Reads the annotations, then the labels, of a policy. The prefix of a key does not matter, so
/// that those of every tool count (policies.kyverno.io/title, metadata.gatekeeper.sh/title,
/// kubernetes.io/description, kubescape's controlUrl and controlId); of several for one field
/// the first in the text.
PolicyHelp policy_help(const k8s::Resource& policy);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_POLICY_HELP_H_
