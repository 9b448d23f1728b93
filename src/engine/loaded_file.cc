#include "engine/loaded_file.h"

#include <numeric>
#include <utility>

#include "base/sha256.h"
#include "engine/discover.h"
#include "engine/kustomizations.h"
#include "engine/parallel.h"
#include "engine/partial_objects.h"

namespace tidewaiter::engine {
namespace {

void load(LoadedFile& file, const Settings& settings, const FileSystem& files) {
  std::string text;
  if (file.input->text) {
    text = *file.input->text;
  } else {
    auto read = files.read(file.input->path, Source::kMaxSize);
    if (!read) {
      file.error = read.error();
      return;
    }
    text = *std::move(read);
  }
  file.left_out = file.input->if_manifest && !looks_like_manifest(text);
  if (file.left_out) return;
  if (settings.with_hashes) file.sha256 = sha256_hex(text);
  file.source = std::make_unique<const Source>(file.input->name, std::move(text));
  file.yaml =
      yaml::read(*file.source, settings.limits,
                 file.input->chart.empty() ? yaml::Templates::kSkip : yaml::Templates::kAll);
  file.extraction =
      k8s::extract_resources(*file.source, file.yaml, settings.pod_template_paths);
}

}  // namespace

std::vector<const yaml::Document*> documents_of(std::span<const LoadedFile> files) {
  std::vector<const yaml::Document*> documents;
  for (const LoadedFile& file : files) {
    for (const yaml::Document& document : file.yaml.documents) documents.push_back(&document);
  }
  return documents;
}

std::vector<LoadedFile> load_files(std::span<const Input> inputs, const Settings& settings,
                                   const FileSystem& files) {
  std::vector<std::uint32_t> all(inputs.size());
  std::iota(all.begin(), all.end(), 0U);
  return load_files(inputs, all, settings, files);
}

std::vector<LoadedFile> load_files(std::span<const Input> inputs,
                                   std::span<const std::uint32_t> positions,
                                   const Settings& settings, const FileSystem& files) {
  std::vector<LoadedFile> loaded(positions.size());
  parallel_for(positions.size(), settings.threads, [&](std::size_t i) {
    loaded[i].input = &inputs[positions[i]];
    loaded[i].position = positions[i];
    load(loaded[i], settings, files);
  });
  std::erase_if(loaded, [](const LoadedFile& file) { return file.left_out; });
  set_partial_objects_aside(loaded);
  apply_kustomizations(loaded);
  return loaded;
}

}  // namespace tidewaiter::engine
