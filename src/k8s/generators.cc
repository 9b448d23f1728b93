// The ConfigMaps and Secrets that a kustomization generates.

#include <cstdint>
#include <string_view>
#include <utility>

#include "base/path.h"
#include "k8s/kustomization.h"
#include "k8s/node_path.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

struct Generator {
  std::string_view field;
  std::string_view kind;
};
constexpr Generator kGenerators[] = {{"configMapGenerator", "ConfigMap"},
                                     {"secretGenerator", "Secret"}};

/// Adds the key of each item of a list of texts: what stands before `=`, else `otherwise`.
/// `left`: how many may still be added.
template <class Otherwise>
void add_keys(const Node* list, const Otherwise& otherwise, Product& product,
              std::size_t& left) {
  if (list == nullptr || !list->is_sequence()) return;
  for (std::uint32_t i = 0; i < list->size(); ++i) {
    if (left == 0) {
      product.keys_known = false;
      return;
    }
    --left;
    const Node& item = list->item(i);
    const std::string_view text = item.as_string();
    const std::size_t sign = text.find('=');
    const std::string_view key =
        sign == std::string_view::npos ? otherwise(text) : text.substr(0, sign);
    if (!key.empty()) product.keys.push_back({key, &item});
  }
}

Product product_of(const Node& item, std::string_view kind, const Kustomization& kustomization,
                   std::size_t& left) {
  const std::string_view given =
      kustomization.namespace_ == nullptr ? "" : kustomization.namespace_->as_string();
  Product product{.kind = kind,
                  .namespace_ = given.empty() ? text_at(&item, "namespace") : given,
                  .name = text_at(&item, "name"),
                  .node = &item,
                  .keys = {}};
  const bool reads_env = item.find("envs") != nullptr || item.find("env") != nullptr;
  product.keys_known = text_at(&item, "behavior") != "merge" && !reads_env;
  const auto none = [](std::string_view) { return std::string_view(); };
  const auto name_of_file = [](std::string_view path) { return base_name(path); };
  add_keys(item.find("literals"), none, product, left);
  add_keys(item.find("files"), name_of_file, product, left);
  return product;
}

}  // namespace

void append_generated(const Kustomization& kustomization, ProductList& out) {
  std::size_t items = 0;
  std::size_t left = Kustomization::kMostEntries;
  for (const auto& [field, kind] : kGenerators) {
    const Node* const list = kustomization.root->find(field);
    if (list == nullptr || !list->is_sequence()) continue;
    for (std::uint32_t i = 0; i < list->size(); ++i) {
      if (++items > Kustomization::kMostEntries) return;
      if (list->item(i).is_mapping()) {
        out.add(product_of(list->item(i), kind, kustomization, left));
      }
    }
  }
}

}  // namespace tidewaiter::k8s
