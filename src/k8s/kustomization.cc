#include "k8s/kustomization.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "k8s/group_kind.h"

namespace tidewaiter::k8s {
namespace {

/// A field of a kustomization that names files: its items, or in them what `entry` holds.
struct FileField {
  std::string_view name;
  std::string_view entry = {};
};

constexpr FileField kFileFields[] = {
    {"patches", "path"},
    {"patchesStrategicMerge"},
    {"patchesJson6902", "path"},
    {"replacements", "path"},
    {"transformers"},
    {"validators"},
    {"configurations"},
    {"helmCharts", "valuesFile"},
    {"helmCharts", "additionalValuesFiles"},
};

// Aliases can repeat a list without end; kustomizations of real projects name some dozens.
constexpr std::size_t kMostFiles = 10'000;

void add_path(const yaml::Node& node, std::vector<std::string_view>& files) {
  const std::string_view text = node.as_string();
  if (text.empty() || text.find('\n') != text.npos || files.size() == kMostFiles) return;
  files.push_back(text);
}

/// A path, or a list of them.
void add_paths(const yaml::Node* node, std::vector<std::string_view>& files) {
  if (node == nullptr) return;
  if (!node->is_sequence()) return add_path(*node, files);
  for (std::uint32_t i = 0; i < node->size() && files.size() < kMostFiles; ++i) {
    add_path(node->item(i), files);
  }
}

const yaml::Node* text_at(const yaml::Node& mapping, std::string_view key) {
  const yaml::Node* const node = mapping.find(key);
  return node == nullptr || node->as_string().empty() ? nullptr : node;
}

/// Adds the texts of a list; false when there are more than are taken.
bool add_entries(const yaml::Node& root, std::string_view field,
                 std::vector<std::string_view>& entries) {
  const yaml::Node* const list = root.find(field);
  if (list == nullptr || !list->is_sequence()) return true;
  for (std::uint32_t i = 0; i < list->size(); ++i) {
    if (entries.size() == Kustomization::kMostEntries) return false;
    const std::string_view text = list->item(i).as_string();
    if (!text.empty()) entries.push_back(text);
  }
  return true;
}

void add_replicas(const yaml::Node& root, std::vector<Kustomization::Replicas>& replicas) {
  const yaml::Node* const list = root.find("replicas");
  if (list == nullptr || !list->is_sequence()) return;
  const std::size_t size = std::min<std::size_t>(list->size(), Kustomization::kMostEntries);
  for (std::uint32_t i = 0; i < size; ++i) {
    const yaml::Node* const name = text_at(list->item(i), "name");
    const yaml::Node* const count = list->item(i).find("count");
    if (name == nullptr || count == nullptr || count->kind() != yaml::Kind::kInt) continue;
    replicas.push_back({.name = name->as_string(), .count = count});
  }
  std::ranges::stable_sort(replicas, {}, &Kustomization::Replicas::name);
}

void add_images(const yaml::Node& root, std::vector<Kustomization::ImageChange>& images) {
  const yaml::Node* const list = root.find("images");
  if (list == nullptr || !list->is_sequence()) return;
  const std::size_t size = std::min<std::size_t>(list->size(), Kustomization::kMostImages);
  for (std::uint32_t i = 0; i < size; ++i) {
    const yaml::Node& image = list->item(i);
    const yaml::Node* const name = text_at(image, "name");
    if (name == nullptr) continue;
    images.push_back({.name = name->as_string(),
                      .new_name = text_at(image, "newName"),
                      .new_tag = text_at(image, "newTag"),
                      .digest = text_at(image, "digest"),
                      .tag_suffix = text_at(image, "tagSuffix")});
  }
}

/// Fields whose presence means resources of which nothing is known.
constexpr std::string_view kUnknownMakers[] = {"generators", "helmCharts",
                                               "helmChartInflationGenerator"};

}  // namespace

bool is_kustomization_name(std::string_view name) {
  return name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization";
}

std::vector<std::string_view> partial_files(const yaml::Node& kustomization) {
  std::vector<std::string_view> files;
  for (const FileField& field : kFileFields) {
    const yaml::Node* const list = kustomization.find(field.name);
    if (list == nullptr) continue;
    if (field.entry.empty()) {
      add_paths(list, files);
      continue;
    }
    const std::uint32_t size = list->is_sequence() ? list->size() : 0;
    for (std::uint32_t i = 0; i < size && files.size() < kMostFiles; ++i) {
      add_paths(list->item(i).find(field.entry), files);
    }
  }
  if (const yaml::Node* const schema = kustomization.find("openapi")) {
    add_paths(schema->find("path"), files);
  }
  return files;
}

std::optional<Kustomization> read_kustomization(const yaml::Node& root) {
  if (!root.is_mapping()) return std::nullopt;
  if (const yaml::Node* const version = root.find("apiVersion")) {
    const std::string_view group = split_api_version(version->as_string()).group;
    if (!group.empty() && group != "kustomize.config.k8s.io") return std::nullopt;
  }
  Kustomization found{.root = &root,
                      .namespace_ = text_at(root, "namespace"),
                      .name_prefix = text_at(root, "namePrefix"),
                      .name_suffix = text_at(root, "nameSuffix"),
                      .replicas = {},
                      .images = {},
                      .resources = {},
                      .components = {}};
  add_replicas(root, found.replicas);
  add_images(root, found.images);
  const bool all = add_entries(root, "resources", found.resources) &&
                   add_entries(root, "bases", found.resources) &&
                   add_entries(root, "components", found.components);
  found.makes_unknown =
      !all || std::ranges::any_of(kUnknownMakers, [&](std::string_view field) {
        const yaml::Node* const makers = root.find(field);
        return makers != nullptr && makers->size() > 0;
      });
  return found;
}

}  // namespace tidewaiter::k8s
