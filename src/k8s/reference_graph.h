#ifndef TIDEWAITER_K8S_REFERENCE_GRAPH_H_
#define TIDEWAITER_K8S_REFERENCE_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "k8s/group_kind.h"
#include "k8s/product.h"
#include "k8s/reference.h"
#include "k8s/resource.h"

namespace tidewaiter::k8s {

class Scope;

/// What the references of a scope by name come to, in both directions (DESIGN 5). Resources are
/// known by their number: their position in Scope::all(). Built once by Scope::references();
/// immutable, so safe to share among threads; borrows from the manifests. Building takes
/// O(n log n) for n resources and references with a small constant, whatever their names are;
/// a question takes O(1) but where said.
class ReferenceGraph {
 public:
  /// Instead of a number: no resource.
  static constexpr std::uint32_t kNone = 0xFFFF'FFFFU;
  static constexpr std::size_t kMostMakers = 64;

  /// `generated`: what makes objects besides the resources (a kustomization's generators).
  ReferenceGraph(const Scope& scope, std::span<const Product> generated);
  ReferenceGraph(const ReferenceGraph&) = delete;
  ReferenceGraph& operator=(const ReferenceGraph&) = delete;

  std::span<const Resource* const> resources() const { return resources_; }
  const Resource& resource(std::uint32_t number) const { return *resources_[number]; }

  /// All references, those of a resource together, in order. A reference is known by its
  /// position here.
  std::span<const Reference> references() const { return references_; }
  std::span<const Reference> references_of(std::uint32_t resource) const {
    return std::span(references_)
        .subspan(first_reference_[resource],
                 first_reference_[resource + 1] - first_reference_[resource]);
  }
  std::uint32_t number_of(const Reference& reference) const {
    return static_cast<std::uint32_t>(&reference - references_.data());
  }

  /// The resource that a reference finds, as Scope::find, but of several of one identity the
  /// one nearest to what refers (its file, else its folder, else the first), since copies in
  /// other folders are for other clusters; kNone when the scope has none.
  std::uint32_t target_of(std::uint32_t reference) const { return outcomes_[reference].target; }
  /// What makes the object that a reference names, if anything of the scope does: numbers of
  /// products.
  std::span<const std::uint32_t> makers_of(std::uint32_t reference) const;
  /// Nothing in the scope is or makes what the reference names, although the scope has others
  /// of that kind in the namespace concerned (RULES, Common readings): probably a mistake. Of
  /// ConfigMaps, Secrets and claims without namespace only those near count (ConfigFolders).
  /// False for what is optional, for names with a variable in them, for what a reference
  /// without namespace would find in `default`, and for those that a
  /// cluster has of itself (ServiceAccount default, ClusterRole view, kube-root-ca.crt ...) or
  /// that are customarily made by other means (certificates, credentials for images); for all
  /// where the scope is open, and for those that an overlay finds or makes.
  bool dangles(std::uint32_t reference) const { return outcomes_[reference].dangles; }
  /// The reference's key is not among those of the ConfigMap or Secret, of copies that lie as
  /// near, and of all that makes it; false when a maker's keys are unknown (of more than
  /// kMostMakers nothing is known, nor of as many copies), the object is patched, an overlay
  /// adds the key, or nothing in the scope has or makes it.
  bool lacks_key(std::uint32_t reference) const { return outcomes_[reference].lacks_key; }

  /// The references that find a resource, by kind and group of what refers, then in order.
  std::span<const std::uint32_t> incoming(std::uint32_t resource) const {
    return slice(incoming_, first_incoming_, resource);
  }
  /// Those of resources of one kind; O(log n).
  std::span<const std::uint32_t> incoming(std::uint32_t resource,
                                          const KindPattern& kind) const;

  /// The first resource with a container that mounts a volume of this one; null if none does.
  const Resource* mounter_of(std::uint32_t resource) const {
    const std::uint32_t reference = first_mount_[resource];
    return reference == kNone ? nullptr : resources_[references_[reference].from];
  }

  std::span<const Product> products() const { return products_.products; }
  /// What a resource makes.
  std::span<const Product> products_of(std::uint32_t resource) const {
    return products().subspan(first_product_[resource],
                              first_product_[resource + 1] - first_product_[resource]);
  }
  std::uint32_t number_of(const Product& product) const {
    return static_cast<std::uint32_t>(&product - products_.products.data());
  }
  /// The products that a reference from `namespace_` to an object of the core group finds;
  /// O(log n).
  std::span<const std::uint32_t> products_named(std::string_view kind,
                                                std::string_view namespace_,
                                                std::string_view name) const;
  /// The references that name a product, or another of its name, in order.
  std::span<const std::uint32_t> users_of(std::uint32_t product) const {
    return slice(users_, first_user_, group_of_[product]);
  }

  /// The references of autoscalers (HPA, ScaledObject, VPA) to the target of `reference`, in
  /// the scope or not, itself included; in order. O(log n).
  std::span<const std::uint32_t> scaling_same(std::uint32_t reference) const;

  /// The HorizontalPodAutoscaler or ScaledObject that scales a resource, the first in order of
  /// several; null if none does. O(log n).
  const Resource* autoscaler_of(std::uint32_t resource) const;

 private:
  struct Outcome {
    std::uint32_t target = kNone;
    std::uint32_t first_maker = 0;  // in by_name_
    std::uint32_t makers = 0;
    bool dangles = false;
    bool lacks_key = false;
  };
  template <class Owner>
  static std::span<const std::uint32_t> slice(const std::vector<std::uint32_t>& items,
                                              const std::vector<Owner>& first,
                                              std::uint32_t i) {
    return std::span(items).subspan(first[i], first[i + 1] - first[i]);
  }

  void collect();
  void index_products();
  void resolve(const Scope& scope);
  void index_incoming();
  void index_users();
  void index_scalers();
  bool lacks_key_of(const Scope& scope, const Reference& reference,
                    const Outcome& outcome) const;
  void ask_overlays(const Scope& scope, std::uint32_t reference, Outcome& outcome) const;

  std::span<const Resource* const> resources_;  // of the scope
  std::vector<Reference> references_;
  std::vector<std::uint32_t> first_reference_;  // of each resource, and the end
  std::vector<Outcome> outcomes_;               // parallel to references_
  std::vector<std::uint32_t> incoming_;
  std::vector<std::uint32_t> first_incoming_;
  std::vector<std::uint32_t> first_mount_;  // of each resource: a reference, or kNone
  ProductList products_;
  std::vector<std::uint32_t> first_product_;
  std::vector<std::uint32_t> by_name_;   // products by kind, name, namespace, order
  std::vector<std::uint32_t> group_of_;  // where its name begins in by_name_
  std::vector<std::uint32_t> users_;
  std::vector<std::uint32_t> first_user_;  // of each name, at where it begins
  std::vector<std::uint32_t> scalers_;     // references by target, order
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_REFERENCE_GRAPH_H_
