#ifndef TIDEWAITER_K8S_EXTRACT_H_
#define TIDEWAITER_K8S_EXTRACT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/source.h"
#include "k8s/pod_template_paths.h"
#include "k8s/resource.h"
#include "yaml/file.h"

namespace tidewaiter::k8s {

/// What a document holds, so that each is counted in exactly one place.
enum class Content : std::uint8_t {
  kResources,      ///< Kubernetes objects, or a List of them (perhaps of none).
  kNotAResource,   ///< Meant for Kubernetes, but apiVersion or kind is missing: only a Fault.
  kPartial,        ///< Read by a kustomization as a part of an object (a patch): no resource.
  kNotKubernetes,  ///< Neither apiVersion nor kind, or another program's file.
  kTemplate,       ///< As yaml::DocumentState.
  kRejected,
  kEmpty,
};

/// Why an object is no resource that a cluster would take.
struct Fault {
  enum class Kind : std::uint8_t {
    kNotAResource,  ///< TW003
    kTooManyItems,  ///< TW011: Lists that aliases repeat without end.
  };
  Kind kind = Kind::kNotAResource;
  const yaml::Node* at = nullptr;      ///< yaml::place_of gives the place.
  std::string message;                 ///< A finished sentence.
  const yaml::Node* object = nullptr;  ///< The document's root or the List's item.
  const yaml::Document* document = nullptr;
};

/// The Kubernetes objects of one file.
struct Extraction {
  std::vector<Resource> resources;  ///< In the order of the file; items of Lists in place.
  std::vector<Fault> faults;        ///< In the order of the file.
  std::vector<Content> contents;    ///< One for each of `yaml::File::documents`.
};

/// Finds the Kubernetes objects of a file: one a document, or the items of a List, whatever
/// List it is and however deep Lists lie in Lists. An item of a typed List (ConfigMapList)
/// without apiVersion and kind has those of its List, as in client-go. Objects with apiVersion
/// and kind that lack a name are both: a resource and a Fault (TW003 of RULES, whose exempt
/// groups, kinds and file names are honoured). Borrows from all three arguments but `paths`.
Extraction extract_resources(const Source& source, const yaml::File& file,
                             const PodTemplatePaths& paths);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_EXTRACT_H_
