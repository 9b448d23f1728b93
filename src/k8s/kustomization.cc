#include "k8s/kustomization.h"

#include <cstddef>
#include <cstdint>

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

}  // namespace tidewaiter::k8s
