#include "engine/loaded_file.h"

#include <utility>

#include "base/sha256.h"
#include "engine/parallel.h"

namespace tidewaiter::engine {
namespace {

struct NoState {};

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
  if (settings.with_hashes) file.sha256 = sha256_hex(text);
  file.source = std::make_unique<const Source>(file.input->name, std::move(text));
  file.yaml = yaml::read(*file.source, settings.limits);
  file.extraction =
      k8s::extract_resources(*file.source, file.yaml, settings.pod_template_paths);
}

}  // namespace

std::vector<LoadedFile> load_files(std::span<const Input> inputs, const Settings& settings,
                                   const FileSystem& files) {
  std::vector<LoadedFile> loaded(inputs.size());
  parallel_for<NoState>(inputs.size(), settings.threads, [&](NoState&, std::size_t i) {
    loaded[i].input = &inputs[i];
    load(loaded[i], settings, files);
  });
  return loaded;
}

}  // namespace tidewaiter::engine
