#include "policy/cluster.h"

#include <functional>
#include <utility>

#include "k8s/group_kind.h"
#include "policy/api_resource.h"
#include "policy/fields.h"

namespace tidewaiter::policy {

namespace {

using k8s::KindScope;
using k8s::Resource;
using yaml::Node;

bool is_definition(const Resource& resource) {
  return resource.group == "apiextensions.k8s.io" &&
         resource.kind == "CustomResourceDefinition";
}

/// v1beta1 has `version` in place of a list with one item.
std::vector<std::string_view> served_versions(const Node& spec) {
  std::vector<std::string_view> served;
  const Node* const versions = sequence_at(&spec, "versions");
  for (std::uint32_t i = 0; versions != nullptr && i < versions->size(); ++i) {
    const Node* const flag = versions->item(i).find("served");
    const bool is_served =
        flag != nullptr && flag->kind() == yaml::Kind::kBool && flag->as_bool();
    const std::string_view name = text_at(&versions->item(i), "name");
    if (is_served && !name.empty()) served.push_back(name);
  }
  const std::string_view only = text_at(&spec, "version");
  if (versions == nullptr && !only.empty()) served.push_back(only);
  return served;
}

}  // namespace

std::size_t Cluster::Hash::operator()(const Key& key) const {
  std::size_t hash = 0;
  for (const std::string_view part : {key.group, key.kind, key.namespace_, key.name}) {
    hash = hash * 0x9E3779B97F4A7C15U + std::hash<std::string_view>()(part);
  }
  return hash;
}

Cluster::Cluster(std::span<const Resource* const> resources) {
  for (const Resource* resource : resources) {
    if (is_definition(*resource)) define(*resource);
  }
  for (const Resource* resource : resources) {
    meet(*resource);
    add(*resource);
  }
}

void Cluster::define(const Resource& definition) {
  const Node* const spec = mapping_at(definition.object, "spec");
  const Node* const names = mapping_at(spec, "names");
  const Key key{.group = text_at(spec, "group"), .kind = text_at(names, "kind")};
  const std::string_view plural = text_at(names, "plural");
  if (key.group.empty() || key.kind.empty() || plural.empty()) return;
  kinds_.try_emplace(key, Kind{.plural = plural,
                               .namespaced = text_at(spec, "scope") != "Cluster",
                               .known = true,
                               .served_versions = served_versions(*spec)});
}

void Cluster::meet(const Resource& resource) {
  const auto [kind, is_new] =
      kinds_.try_emplace(Key{.group = resource.group, .kind = resource.kind});
  if (is_new) {
    const KindScope scope = well_known_scope(resource.group, resource.kind);
    PluralGuess guess = plural_of_kind(resource.group, resource.kind);
    kind->second.plural = plurals_.emplace_back(std::move(guess.plural));
    if (!guess.mechanical.empty()) {
      kind->second.other_plural = plurals_.emplace_back(std::move(guess.mechanical));
    }
    kind->second.namespaced = scope != KindScope::kCluster;
    kind->second.known = scope != KindScope::kUnknown;
  }
  if (!resource.namespace_.empty()) kind->second.states_namespace = true;
}

void Cluster::add(const Resource& resource) {
  if (resource.name.empty()) return;
  Key key{.group = resource.group, .kind = resource.kind};
  if (kinds_.at(key).namespaced) {
    key.namespace_ = resource.namespace_.empty() ? "default" : resource.namespace_;
  }
  Key named = key;
  named.name = resource.name;
  if (by_name_.try_emplace(named, &resource).second) objects_[key].push_back(&resource);
}

ApiResource Cluster::resource_of(std::string_view group, std::string_view kind) const {
  if (const auto found = kinds_.find(Key{.group = group, .kind = kind});
      found != kinds_.end()) {
    const Kind& known = found->second;
    return {.plural = known.plural,
            .other_plural = known.other_plural,
            .namespaced = known.namespaced,
            .known = known.known,
            .served_versions = known.served_versions};
  }
  const KindScope scope = well_known_scope(group, kind);
  return {.plural = {},
          .namespaced = scope != KindScope::kCluster,
          .known = scope != KindScope::kUnknown};
}

const Resource* Cluster::namespace_named(std::string_view name) const {
  return param_named("", "Namespace", "", name);
}

std::span<const Resource* const> Cluster::params(std::string_view group, std::string_view kind,
                                                 std::string_view namespace_) const {
  const auto found = objects_.find(Key{.group = group, .kind = kind, .namespace_ = namespace_});
  if (found == objects_.end()) return {};
  return found->second;
}

const Resource* Cluster::param_named(std::string_view group, std::string_view kind,
                                     std::string_view namespace_, std::string_view name) const {
  const auto found =
      by_name_.find(Key{.group = group, .kind = kind, .namespace_ = namespace_, .name = name});
  return found == by_name_.end() ? nullptr : found->second;
}

bool Cluster::states_namespace(std::string_view group, std::string_view kind) const {
  const auto found = kinds_.find(Key{.group = group, .kind = kind});
  return found != kinds_.end() && found->second.states_namespace;
}

}  // namespace tidewaiter::policy
