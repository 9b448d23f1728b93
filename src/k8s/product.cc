#include "k8s/product.h"

#include <algorithm>
#include <utility>

#include "k8s/node_path.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

const Node* first_at(const Node& from, std::string_view path) {
  const auto nodes = nodes_at(from, path);
  return nodes.empty() || nodes.front()->is_null() ? nullptr : nodes.front();
}

void add_texts(const Node& from, std::string_view path, Product& product) {
  for (const Node* const node : nodes_at(from, path)) {
    if (!node->as_string().empty()) product.keys.push_back({node->as_string(), node});
  }
}

void add_entries(const Node* map, Product& product) {
  if (map == nullptr || !map->is_mapping()) return;
  for (std::uint32_t i = 0; i < map->size(); ++i) {
    const yaml::Entry entry = map->entry(i);
    product.keys.push_back({entry.key->as_string(), entry.key});
  }
}

/// Secrets that appear once a pod mounts the class.
void add_of_provider_class(const Resource& resource, Product product, ProductList& out) {
  for (const Node* const item : nodes_at(*resource.object, "spec.secretObjects.*")) {
    product.name = text_at(item, "secretName");
    product.node = item;
    product.keys_known = true;
    product.keys.clear();
    add_texts(*item, "data.*.key", product);
    out.add(product);
  }
}

/// With a template that has data, only its keys; from a whole store, any.
void add_of_external_secret(const Resource& resource, Product product, ProductList& out) {
  const Node* const target = first_at(*resource.object, "spec.target");
  const std::string_view policy = text_at(target, "creationPolicy");
  if (policy == "None") return;
  const std::string_view name = text_at(target, "name");
  if (!name.empty()) product.name = name;
  product.node = name.empty() ? resource.object->find("metadata") : target->find("name");
  if (product.node == nullptr) product.node = resource.object;

  const Node* const made = target == nullptr ? nullptr : target->find("template");
  const Node* const data = made == nullptr ? nullptr : made->find("data");
  const bool replaces = data != nullptr && data->is_mapping() && data->size() > 0;
  const bool merges = text_at(made, "mergePolicy") == "Merge";
  const bool from_files = made != nullptr && first_at(*made, "templateFrom.*") != nullptr;
  const bool from_all = first_at(*resource.object, "spec.dataFrom.*") != nullptr;
  product.keys_known = policy != "Merge" && !from_files && (!from_all || (replaces && !merges));
  if (replaces) add_entries(data, product);
  if (!replaces || merges) add_texts(*resource.object, "spec.data.*.secretKey", product);
  out.add(std::move(product));
}

void add_of_sealed_secret(const Resource& resource, Product product, ProductList& out) {
  product.keys_known = true;
  add_entries(first_at(*resource.object, "spec.encryptedData"), product);
  add_entries(first_at(*resource.object, "spec.template.data"), product);
  out.add(std::move(product));
}

/// A claim for each template and replica; how many there are is nobody's business here.
void add_of_stateful_set(const Resource& resource, Product product, ProductList& out) {
  if (resource.name.empty()) return;
  for (const Node* const item : nodes_at(*resource.object, "spec.volumeClaimTemplates.*")) {
    const Node* const name = first_at(*item, "metadata.name");
    if (name == nullptr || name->as_string().empty()) continue;
    product.kind = "PersistentVolumeClaim";
    product.name = out.names.emplace_back(std::string(name->as_string()) + '-' +
                                          std::string(resource.name));
    product.is_numbered = true;
    product.node = name;
    out.add(product);
  }
}

/// Makers whose product has whatever keys: where its name stands; an empty path: its own name.
struct NamedMaker {
  std::string_view group;
  std::string_view kind;
  std::string_view name;
};
constexpr NamedMaker kNamedMakers[] = {
    {"cert-manager.io", "Certificate", "spec.secretName"},
    {"certmanager.k8s.io", "Certificate", "spec.secretName"},
    {"secrets.hashicorp.com", "VaultStaticSecret", "spec.destination.name"},
    {"secrets.hashicorp.com", "VaultDynamicSecret", "spec.destination.name"},
    {"secrets.hashicorp.com", "VaultPKISecret", "spec.destination.name"},
    {"secrets.infisical.com", "InfisicalSecret", "spec.managedSecretReference.secretName"},
    {"spv.no", "AzureKeyVaultSecret", "spec.output.secret.name"},
    {"onepassword.com", "OnePasswordItem", ""},
    {"kafka.strimzi.io", "KafkaUser", ""},
    {"secretgenerator.mittwald.de", "StringSecret", ""},
};

void add_named(const NamedMaker& maker, const Resource& resource, Product product,
               ProductList& out) {
  if (!maker.name.empty()) {
    const Node* const name = first_at(*resource.object, maker.name);
    if (name == nullptr) return;
    product.name = name->as_string();
    product.node = name;
  }
  out.add(std::move(product));
}

struct Maker {
  std::string_view group;
  std::string_view kind;
  void (*add)(const Resource&, Product, ProductList&);
};
constexpr Maker kMakers[] = {
    {"secrets-store.csi.x-k8s.io", "SecretProviderClass", add_of_provider_class},
    {"external-secrets.io", "ExternalSecret", add_of_external_secret},
    {"bitnami.com", "SealedSecret", add_of_sealed_secret},
    {"apps", "StatefulSet", add_of_stateful_set},
};

}  // namespace

const ProductKey* Product::find_key(std::string_view key) const {
  const auto found = std::ranges::lower_bound(keys, key, {}, &ProductKey::text);
  return found == keys.end() || found->text != key ? nullptr : &*found;
}

void ProductList::add(Product product) {
  if (product.name.empty()) return;
  std::ranges::stable_sort(product.keys, {}, &ProductKey::text);
  products.push_back(std::move(product));
}

void append_products(const Resource& resource, std::uint32_t by, ProductList& out) {
  const Product product{.by = by,
                        .kind = "Secret",
                        .namespace_ = resource.namespace_,
                        .name = resource.name,
                        .node = resource.object,
                        .keys = {}};
  for (const Maker& maker : kMakers) {
    if (maker.kind == resource.kind && maker.group == resource.group) {
      maker.add(resource, product, out);
    }
  }
  for (const NamedMaker& maker : kNamedMakers) {
    if (maker.kind == resource.kind && maker.group == resource.group) {
      add_named(maker, resource, product, out);
    }
  }
}

}  // namespace tidewaiter::k8s
