// What a kustomization makes of the namespaces, names, replicas and images of resources.

#include <algorithm>
#include <optional>
#include <string>

#include "k8s/builtin_kinds.h"
#include "k8s/group_kind.h"
#include "k8s/kustomization.h"
#include "k8s/kustomized_image.h"
#include "k8s/node_path.h"
#include "yaml/substitute.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

constexpr KindPattern kNamespaceKind = {.group = "", .kind = "Namespace"};

/// Kinds that get no prefix and no suffix.
/// Source: PrefixTransformer.go, prefixFieldSpecsToSkip.
constexpr KindPattern kFixedNames[] = {
    {.group = {}, .kind = "CustomResourceDefinition", .any_group = true},
    {.group = "apiregistration.k8s.io", .kind = "APIService"},
    {.group = {}, .kind = "Namespace", .any_group = true},
};

std::string_view text_of(const Node* node) {
  return node == nullptr ? std::string_view() : node->as_string();
}

bool has_namespace(const Resource& resource) {
  return scope_of_kind(resource.group, resource.kind) != KindScope::kCluster;
}

bool is_binding(const Resource& resource) {
  return resource.kind == "RoleBinding" || resource.kind == "ClusterRoleBinding";
}

/// Once for each mapping, however many aliases lead to it.
void set(yaml::File& file, const Node& mapping, std::string_view key, const Node& from,
         std::optional<std::string_view> text = {}) {
  const Node* const written = mapping.find(key);
  if (written == nullptr || !written->is_substitute()) {
    yaml::substitute(file, mapping, key, from, text);
  }
}

/// kustomize gives a namespace to subjects named `default`, and to those that are accounts it
/// lists; of the others nobody could say which one is meant.
void apply_to_subjects(const Kustomization& kustomization, const Resource& resource,
                       yaml::File& file) {
  for (const Node* const subject : nodes_at(*resource.object, "subjects.*")) {
    const Node* const kind = subject->find("kind");
    const bool is_account = text_of(kind) == "ServiceAccount";
    const bool is_default = text_of(subject->find("name")) == "default";
    if (!is_account || (!is_default && !text_of(subject->find("namespace")).empty())) continue;
    set(file, *subject, "namespace", *kustomization.namespace_);
  }
}

void apply_replicas(const Kustomization& kustomization, const Resource& resource,
                    yaml::File& file) {
  const auto& kinds = Kustomization::kScaledKinds;
  if (std::ranges::find(kinds, resource.kind) == kinds.end()) return;
  const Node* const spec = resource.object->find("spec");
  if (spec == nullptr) return;
  const auto found = std::ranges::equal_range(kustomization.replicas, resource.name, {},
                                              &Kustomization::Replicas::name);
  if (!found.empty()) set(file, *spec, "replicas", *found.back().count);
}

void apply_images(const Kustomization& kustomization, const Resource& resource,
                  yaml::File& file) {
  if (kustomization.images.empty()) return;
  for (const Node* const container : containers_of_images(resource)) {
    const Node& image = *container->find("image");
    const auto made = image_under(kustomization, image.as_string());
    if (!made) continue;
    set(file, *container, "image", made->tag_from != nullptr ? *made->tag_from : image,
        made->text);
  }
}

}  // namespace

std::vector<const Node*> containers_of_images(const Resource& resource) {
  std::vector<const Node*> found;
  if (resource.pod == nullptr) return found;
  for (const std::string_view path : {"initContainers.*", "containers.*"}) {
    for (const Node* const container : nodes_at(*resource.pod, path)) {
      if (!text_at(container, "image").empty()) found.push_back(container);
    }
  }
  return found;
}

NamePair names_under(const Kustomization& kustomization, const Resource& resource,
                     std::deque<std::string>& names) {
  NamePair pair{.namespace_ = resource.namespace_, .name = resource.name};
  const std::string_view given = text_of(kustomization.namespace_);
  if (!given.empty() && has_namespace(resource)) pair.namespace_ = given;
  if (!given.empty() && kNamespaceKind.matches(resource.group, resource.kind)) {
    pair.name = given;
  }
  const bool is_fixed = std::ranges::any_of(kFixedNames, [&](const KindPattern& kind) {
    return kind.matches(resource.group, resource.kind);
  });
  if (is_fixed || resource.name.empty() || !kustomization.changes_names()) return pair;
  std::string name(text_of(kustomization.name_prefix));
  name += resource.name;
  name += text_of(kustomization.name_suffix);
  pair.name = names.emplace_back(std::move(name));
  return pair;
}

void apply(const Kustomization& kustomization, Resource& resource, yaml::File& file,
           std::deque<std::string>& names) {
  const Node* const metadata = resource.object->find("metadata");
  const Node* const name = metadata == nullptr ? nullptr : metadata->find("name");
  if (name == nullptr || !name->is_string()) return;
  apply_replicas(kustomization, resource, file);
  apply_images(kustomization, resource, file);
  const NamePair pair = names_under(kustomization, resource, names);
  if (kustomization.namespace_ != nullptr && has_namespace(resource)) {
    set(file, *metadata, "namespace", *kustomization.namespace_);
  }
  if (kustomization.namespace_ != nullptr && is_binding(resource)) {
    apply_to_subjects(kustomization, resource, file);
  }
  if (pair.name != resource.name) {
    const bool is_namespace = kNamespaceKind.matches(resource.group, resource.kind);
    set(file, *metadata, "name", is_namespace ? *kustomization.namespace_ : *name, pair.name);
  }
  resource.namespace_ = pair.namespace_;
  resource.name = pair.name;
}

}  // namespace tidewaiter::k8s
