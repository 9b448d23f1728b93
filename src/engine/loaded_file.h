#ifndef TIDEWAITER_ENGINE_LOADED_FILE_H_
#define TIDEWAITER_ENGINE_LOADED_FILE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/source.h"
#include "engine/run.h"
#include "k8s/extract.h"
#include "k8s/kustomization.h"
#include "yaml/file.h"

namespace tidewaiter::engine {

/// One input, read. Stays where it is: everything else borrows from it.
struct LoadedFile {
  const Input* input = nullptr;
  std::size_t position = 0;              ///< Among the inputs of the run.
  std::unique_ptr<const Source> source;  ///< Null when the file could not be read.
  yaml::File yaml;
  k8s::Extraction extraction;
  /// Of each resource what stands in the text, where a kustomization was applied
  /// (apply_kustomizations); else empty.
  std::vector<k8s::NamePair> written;
  std::deque<std::string> names;  ///< Made for the resources.
  std::string sha256;             ///< Empty unless asked for.
  std::optional<Error> error;     ///< Why it could not be read.
  bool left_out = false;
};

/// All documents of the files, in order.
std::vector<const yaml::Document*> documents_of(std::span<const LoadedFile> files);

/// Reads inputs, on several threads, in the order of `inputs`, which must outlive the result:
/// those at `positions` (ascending), or all; JSON that is no manifest is left out, what a
/// kustomization among them patches with is no resource (set_partial_objects_aside), and
/// resources are as kustomizations make them (apply_kustomizations). Looks at
/// pod_template_paths, limits, threads and with_hashes of the settings.
std::vector<LoadedFile> load_files(std::span<const Input> inputs, const Settings& settings,
                                   const FileSystem& files);
std::vector<LoadedFile> load_files(std::span<const Input> inputs,
                                   std::span<const std::uint32_t> positions,
                                   const Settings& settings, const FileSystem& files);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_LOADED_FILE_H_
