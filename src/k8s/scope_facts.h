#ifndef TIDEWAITER_K8S_SCOPE_FACTS_H_
#define TIDEWAITER_K8S_SCOPE_FACTS_H_

#include <string_view>
#include <unordered_set>
#include <vector>

#include "k8s/product.h"
#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

class Scope;

/// Images of pods that some kustomization sets in a way that is not applied: in an overlay.
struct SetImages {
  std::unordered_set<const yaml::Node*> names;
  std::unordered_set<const yaml::Node*> tags;  ///< Or digests.
};

/// What is known of a scope besides its resources.
struct ScopeFacts {
  /// What a kustomization generates.
  ProductList generated;
  /// Names by which references find a resource besides its own: as it is written where a
  /// kustomization gives it another.
  struct OtherName {
    const Resource* resource = nullptr;
    std::string_view namespace_;
    std::string_view name;
  };
  std::vector<OtherName> other_names;
  /// One kustomization lists the resources, or one chart holds them: folders make no
  /// difference to pairs (RULES, Common readings).
  bool is_one_unit = false;
  /// Those that it does not list: they form pairs among themselves only.
  std::vector<const Resource*> unlisted;
  /// Those that a kustomization of the run changes in ways that are not applied: by a patch, or
  /// an overlay by `replicas`.
  std::vector<const Resource*> patched;
  /// Of what images overlays set the name, and of what the tag or digest; null: of none.
  /// Outlives the scope.
  const SetImages* set_images = nullptr;
  /// A kustomization lists something that was not read: whatever is missing may be there.
  bool is_open = false;
  /// The scopes of overlays that list all of this one, and that no other overlay lists. They
  /// stay where they are.
  std::vector<const Scope*> overlays;
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SCOPE_FACTS_H_
