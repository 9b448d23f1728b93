#ifndef TIDEWAITER_K8S_KUSTOMIZATION_H_
#define TIDEWAITER_K8S_KUSTOMIZATION_H_

#include <string_view>
#include <vector>

#include "yaml/node.h"

namespace tidewaiter::k8s {

/// Whether kustomize takes a file of this name for the kustomization of its folder.
/// Source: sigs.k8s.io/kustomize/api/konfig, RecognizedKustomizationFileNames.
bool is_kustomization_name(std::string_view name);

/// The files that a kustomization reads for something else than resources, as it writes them:
/// patches, replacements, transformers, configurations, openapi and values of charts (DESIGN
/// 5). What they hold are parts of objects. Text that is no path (a patch written inline) is
/// left out; what has another shape than kustomize's too. In the order of the fields below.
std::vector<std::string_view> partial_files(const yaml::Node& kustomization);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_KUSTOMIZATION_H_
