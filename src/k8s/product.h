#ifndef TIDEWAITER_K8S_PRODUCT_H_
#define TIDEWAITER_K8S_PRODUCT_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

class ReferenceGraph;

/// A key of a product's data.
struct ProductKey {
  std::string_view text;
  const yaml::Node* node = nullptr;  ///< Where it is written; null: nowhere.
};

/// An object that no manifest holds but something in the scope makes: the Secret of an
/// ExternalSecret, a SealedSecret, a Certificate, or of secretObjects of a
/// SecretProviderClass; a ConfigMap or Secret that a kustomization generates; the claims of a
/// StatefulSet. Borrows from the manifests and, for names that are made, from a ProductList.
struct Product {
  static constexpr std::uint32_t kNobody = 0xFFFF'FFFFU;

  std::uint32_t by =
      kNobody;            ///< The maker: its number in the scope; kNobody: a kustomization.
  std::string_view kind;  ///< Of the core group: Secret, ConfigMap, PersistentVolumeClaim.
  std::string_view namespace_;
  std::string_view name;
  /// The name ends in `-` and a number: `data-db` stands for data-db-0, data-db-1 ...
  bool is_numbered = false;
  const yaml::Node* node = nullptr;  ///< What makes it: an item of secretObjects, a generator.
  bool keys_known = false;           ///< False: it may have any key.
  std::vector<ProductKey> keys;      ///< Sorted by text.
  const ReferenceGraph* graph = nullptr;  ///< Which it is part of; null: of none yet.

  /// Where keys are known; O(log n).
  const ProductKey* find_key(std::string_view key) const;
};

/// Products and the names that were made for them.
struct ProductList {
  ProductList() = default;
  ProductList(ProductList&&) = default;
  ProductList& operator=(ProductList&&) = default;

  std::vector<Product> products;
  std::deque<std::string> names;

  /// Sorts the keys of a product and adds it.
  void add(Product product);
};

/// Adds what `resource`, number `by` of the scope, makes once it is in the cluster, in the
/// order of the text.
void append_products(const Resource& resource, std::uint32_t by, ProductList& out);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_PRODUCT_H_
