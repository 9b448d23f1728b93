#include "k8s/surprising_scalar.h"

#include <optional>

#include "k8s/label_entries.h"
#include "k8s/pod.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

std::optional<Surprise> surprise_of(const Node& value) {
  switch (value.kind()) {
    case yaml::Kind::kNull: return Surprise::kNull;
    case yaml::Kind::kBool: return Surprise::kBool;
    case yaml::Kind::kInt:
    case yaml::Kind::kUint:
    case yaml::Kind::kDouble: return Surprise::kNumber;
    default: return std::nullopt;
  }
}

class Finder {
 public:
  explicit Finder(const Resource& resource) : resource_(resource) {}

  std::vector<SurprisingScalar> find() {
    add_labels();
    const Node& object = *resource_.object;
    if (is("", "ConfigMap")) add_map(object.find("data"), "data");
    if (is("", "Secret")) {
      add_map(object.find("data"), "data");
      add_map(object.find("stringData"), "stringData");
    }
    if (is("storage.k8s.io", "StorageClass")) add_map(object.find("parameters"), "parameter");
    if (is("", "PersistentVolume")) add_volume(object.find("spec"));
    add_pod();
    return std::move(found_);
  }

 private:
  bool is(std::string_view group, std::string_view kind) const {
    return resource_.group == group && resource_.kind == kind;
  }

  std::string_view written(const Node& node) const {
    return resource_.source->text(node.resolved().span());
  }

  void add_value(const Node& value, std::string_view what, std::string_view name) {
    if (value.is_substitute()) return;  // a kustomization's, which writes it elsewhere
    if (const auto surprise = surprise_of(value)) {
      found_.push_back({.node = &value,
                        .surprise = *surprise,
                        .what = what,
                        .name = name,
                        .written = written(value)});
    }
  }

  void add_key(const Node& key, std::string_view what) {
    const bool changed = key.is_plain() && written(key) != key.as_string();
    if (!changed) return;
    found_.push_back({.node = &key,
                      .surprise = Surprise::kKey,
                      .what = what,
                      .name = key.as_string(),
                      .written = written(key)});
  }

  void add_map(const Node* map, std::string_view what) {
    if (map == nullptr || !map->is_mapping()) return;
    for (std::uint32_t i = 0; i < map->size(); ++i) {
      const yaml::Entry entry = map->entry(i);
      add_key(*entry.key, what);
      add_value(*entry.value, what, entry.key->as_string());
    }
  }

  void add_labels() {
    for (const LabelEntry& entry : label_entries(resource_)) {
      const std::string_view what = name_of(entry.role);
      const bool is_map_entry = entry.key != nullptr && entry.key->is_key();
      if (is_map_entry) add_key(*entry.key, what);
      const Node* value = is_map_entry ? entry.key->value_of_key() : entry.value;
      const std::string_view name =
          entry.key != nullptr ? entry.key->as_string() : std::string_view("values");
      if (value != nullptr) add_value(*value, what, name);
    }
  }

  /// The `csi.volumeAttributes` of a volume of a pod or of a PersistentVolume's spec.
  void add_volume(const Node* volume) {
    const Node* csi = volume == nullptr ? nullptr : volume->find("csi");
    if (csi != nullptr) add_map(csi->find("volumeAttributes"), "volumeAttribute");
  }

  void add_pod() {
    if (resource_.pod == nullptr) return;
    const Node* volumes = resource_.pod->find("volumes");
    for (std::uint32_t i = 0; volumes != nullptr && i < volumes->size(); ++i) {
      if (volumes->is_sequence()) add_volume(&volumes->item(i));
    }
    const Containers containers = containers_of(resource_.pod);
    for (const Node* container : containers.all) add_container(*container);
    for (const Node* container : containers.ephemeral) add_container(*container);
  }

  void add_container(const Node& container) {
    const Node* name = container.find("name");
    for (const std::string_view field : {"command", "args"}) {
      const Node* items = container.find(field);
      if (items == nullptr || !items->is_sequence()) continue;
      for (std::uint32_t i = 0; i < items->size(); ++i) {
        add_value(items->item(i), field, name == nullptr ? "" : name->as_string());
      }
    }
    const Node* env = container.find("env");
    for (std::uint32_t i = 0; env != nullptr && env->is_sequence() && i < env->size(); ++i) {
      const Node* variable = env->item(i).find("name");
      const Node* value = env->item(i).find("value");
      // With valueFrom beside it a null value says nothing.
      if (value == nullptr || (value->is_null() && env->item(i).find("valueFrom") != nullptr)) {
        continue;
      }
      add_value(*value, "env", variable == nullptr ? "" : variable->as_string());
    }
  }

  const Resource& resource_;
  std::vector<SurprisingScalar> found_;
};

}  // namespace

std::vector<SurprisingScalar> surprising_scalars(const Resource& resource) {
  return Finder(resource).find();
}

std::string_view name_of(Surprise surprise) {
  switch (surprise) {
    case Surprise::kBool: return "bool";
    case Surprise::kNumber: return "number";
    case Surprise::kNull: return "null";
    case Surprise::kKey: return "key";
  }
  return {};
}

}  // namespace tidewaiter::k8s
