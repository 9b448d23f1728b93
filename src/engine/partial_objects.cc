#include "engine/partial_objects.h"

#include <string>
#include <string_view>
#include <unordered_set>

#include "base/path.h"
#include "engine/normal_path.h"
#include "k8s/kustomization.h"

namespace tidewaiter::engine {
namespace {

std::unordered_set<std::string> partial_paths(std::span<const LoadedFile> files) {
  std::unordered_set<std::string> paths;
  for (const LoadedFile& file : files) {
    if (file.source == nullptr || !k8s::is_kustomization_name(base_name(file.input->path))) {
      continue;
    }
    for (const yaml::Document& document : file.yaml.documents) {
      if (document.root == nullptr) continue;
      for (const std::string_view path : k8s::partial_files(*document.root)) {
        paths.insert(path_written_in(file.input->path, path));
      }
    }
  }
  return paths;
}

}  // namespace

void set_partial_objects_aside(std::span<LoadedFile> files) {
  const auto partial = partial_paths(files);
  if (partial.empty()) return;
  for (LoadedFile& file : files) {
    if (file.source == nullptr || !partial.contains(normal_path(file.input->path))) continue;
    file.extraction.resources.clear();
    file.extraction.faults.clear();
    for (k8s::Content& content : file.extraction.contents) {
      const bool is_object =
          content == k8s::Content::kResources || content == k8s::Content::kNotAResource;
      if (is_object) content = k8s::Content::kPartial;
    }
  }
}

}  // namespace tidewaiter::engine
