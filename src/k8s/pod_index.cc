#include "k8s/pod_index.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "k8s/selector.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

std::uint64_t hash_of(std::string_view namespace_, std::string_view key = {},
                      std::string_view value = {}) {
  std::uint64_t hash = 0;
  for (const std::string_view part : {namespace_, key, value}) {
    hash = hash * 0x9E37'79B9'7F4A'7C15U + std::hash<std::string_view>()(part) + part.size();
  }
  return hash;
}

/// A label's or selector's value as text; null is "".
std::optional<std::string_view> text_of(const Node& value) {
  if (value.is_null()) return std::string_view();
  if (value.is_string()) return value.as_string();
  return std::nullopt;
}

const Node* find(const Node* node, std::string_view key) {
  return node == nullptr ? nullptr : node->find(key);
}

const Node* labels_of(const Resource& workload) {
  return find(workload.pod_meta, "labels");
}

/// The hashes of the entries of `map` that a pod's labels must equal.
std::vector<std::uint64_t> hashes_of(const Node* map, std::string_view namespace_) {
  std::vector<std::uint64_t> hashes;
  if (map == nullptr || !map->is_mapping()) return hashes;
  for (std::uint32_t i = 0; i < map->size(); ++i) {
    const yaml::Entry entry = map->entry(i);
    const std::string_view key = entry.key->as_string();
    const auto value = text_of(*entry.value);
    if (value && !is_controller_label(key)) hashes.push_back(hash_of(namespace_, key, *value));
  }
  return hashes;
}

const Node* service_selector(const Resource& resource) {
  if (resource.kind != "Service" || !resource.group.empty()) return nullptr;
  const Node* const spec = resource.object->find("spec");
  const Node* const type = find(spec, "type");
  if (type != nullptr && type->as_string() == "ExternalName") return nullptr;
  const Node* const selector = find(spec, "selector");
  return selector == nullptr || !selector->is_mapping() || selector->size() == 0 ? nullptr
                                                                                 : selector;
}

/// The classes of Key Vault volumes that name a Secret to log in with.
std::vector<std::string_view> classes_with_credential(const Resource& resource) {
  std::vector<std::string_view> classes;
  const Node* const volumes = find(resource.pod, "volumes");
  if (volumes == nullptr || !volumes->is_sequence()) return classes;
  for (std::uint32_t i = 0; i < volumes->size(); ++i) {
    const Node* const csi = volumes->item(i).find("csi");
    const Node* const driver = find(csi, "driver");
    const Node* const credential = find(csi, "nodePublishSecretRef");
    const Node* const name = find(find(csi, "volumeAttributes"), "secretProviderClass");
    if (driver == nullptr || driver->as_string() != "secrets-store.csi.k8s.io") continue;
    if (credential == nullptr || credential->is_null() || name == nullptr) continue;
    classes.push_back(name->as_string());
  }
  return classes;
}

}  // namespace

PodIndex::PodIndex(std::span<const Resource* const> resources) {
  std::uint32_t order = 0;
  for (const Resource* const resource : resources) {
    ++order;
    if (!resource->is_pod_kind) continue;
    pods_.push_back({hash_of(resource->namespace_), resource, order});
    for (const std::string_view name : classes_with_credential(*resource)) {
      mounted_with_credential_.push_back(hash_of(resource->namespace_, name));
    }
    for (const std::uint64_t hash : hashes_of(labels_of(*resource), resource->namespace_)) {
      pods_.push_back({hash, resource, order});
    }
  }
  sort(pods_);
  std::ranges::sort(mounted_with_credential_);
  add_services(resources);
  sort(services_);
}

void PodIndex::sort(std::vector<Entry>& entries) {
  std::ranges::sort(entries, {},
                    [](const Entry& entry) { return std::pair(entry.hash, entry.order); });
}

std::span<const PodIndex::Entry> PodIndex::under(const std::vector<Entry>& entries,
                                                 std::uint64_t hash) {
  const auto found = std::ranges::equal_range(entries, hash, {}, &Entry::hash);
  return {found.begin(), std::min(found.size(), kMostCandidates)};
}

void PodIndex::add_services(std::span<const Resource* const> resources) {
  std::vector<std::uint64_t> asked;  // every label that a Service asks for
  for (const Resource* const resource : resources) {
    const auto hashes = hashes_of(service_selector(*resource), resource->namespace_);
    asked.insert(asked.end(), hashes.begin(), hashes.end());
  }
  std::ranges::sort(asked);
  std::uint32_t order = 0;
  for (const Resource* const resource : resources) {
    ++order;
    const Node* const selector = service_selector(*resource);
    if (selector == nullptr) continue;
    const auto hashes = hashes_of(selector, resource->namespace_);
    const auto rarest = std::ranges::min_element(hashes, {}, [&](std::uint64_t hash) {
      return std::ranges::equal_range(asked, hash).size();
    });
    const std::uint64_t hash = rarest == hashes.end() ? hash_of(resource->namespace_) : *rarest;
    services_.push_back({hash, resource, order});
  }
}

std::vector<const Resource*> PodIndex::services_of(const Resource& workload) const {
  const Node* const labels = labels_of(workload);
  auto hashes = hashes_of(labels, workload.namespace_);
  hashes.push_back(hash_of(workload.namespace_));
  std::vector<Entry> found;
  std::size_t candidates = 0;
  for (const std::uint64_t hash : hashes) {
    for (const Entry& entry : under(services_, hash)) {
      if (++candidates > kMostCandidates) break;
      if (entry.resource->namespace_ == workload.namespace_ &&
          first_mismatch(*service_selector(*entry.resource), SelectorForm::kLabelMap, labels) ==
              nullptr) {
        found.push_back(entry);
      }
    }
  }
  std::ranges::sort(found, {}, &Entry::order);
  std::vector<const Resource*> services;
  for (const Entry& entry : found) services.push_back(entry.resource);
  return services;
}

bool PodIndex::mounts_with_credential(std::string_view namespace_,
                                      std::string_view class_name) const {
  return std::ranges::binary_search(mounted_with_credential_, hash_of(namespace_, class_name));
}

bool PodIndex::any_matches(std::span<const Entry> candidates, const Node& selector,
                           std::string_view namespace_) const {
  return std::ranges::any_of(candidates, [&](const Entry& entry) {
    return entry.resource->namespace_ == namespace_ &&
           first_mismatch(selector, SelectorForm::kLabelSelector, labels_of(*entry.resource)) ==
               nullptr;
  });
}

bool PodIndex::selects_any(const Node& selector, std::string_view namespace_) const {
  const auto hashes = hashes_of(selector.find("matchLabels"), namespace_);
  const auto size_under = [&](std::uint64_t hash) { return under(pods_, hash).size(); };
  const auto rarest = std::ranges::min_element(hashes, {}, size_under);
  return any_matches(under(pods_, rarest == hashes.end() ? hash_of(namespace_) : *rarest),
                     selector, namespace_);
}

}  // namespace tidewaiter::k8s
