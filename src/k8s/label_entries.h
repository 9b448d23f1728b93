#ifndef TIDEWAITER_K8S_LABEL_ENTRIES_H_
#define TIDEWAITER_K8S_LABEL_ENTRIES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// What the API server takes an entry for.
enum class LabelRole : std::uint8_t { kLabel, kAnnotation, kSelector };

/// Which metadata an entry stands in; kNone for selectors.
enum class LabelPart : std::uint8_t {
  kNone,
  kMetadata,
  kPodTemplate,  ///< Of a Pod, whose labels are its own, always kMetadata.
  kJobTemplate,
  kVolumeClaimTemplate,
};

/// A label, an annotation, or a piece of a selector as it is written.
struct LabelEntry {
  LabelRole role = LabelRole::kLabel;
  LabelPart part = LabelPart::kNone;
  /// The key: a key node, or the string that `key:` of a match expression gives; null for the
  /// items of `values:`.
  const yaml::Node* key = nullptr;
  /// The value; null for the key of a match expression and where an entry's value is null (a
  /// null item of `values:` is its node).
  const yaml::Node* value = nullptr;
};

/// Every label, annotation and selector entry whose place in the resource is known: its
/// metadata; pod, job and volume claim templates; and the selectors of Kubernetes' own kinds
/// (a custom kind may give a field of the same name another meaning). In the order of that
/// list. What is written once and shared by an alias or `<<` is given once. Linear.
std::vector<LabelEntry> label_entries(const Resource& resource);

/// `label`, `annotation` or `selector`.
std::string_view name_of(LabelRole role);
/// `metadata`, `pod template`, `job template`, `volume claim template`, or "" for kNone.
std::string_view name_of(LabelPart part);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_LABEL_ENTRIES_H_
