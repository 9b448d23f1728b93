#ifndef TIDEWAITER_ENGINE_FOLDER_NAMES_H_
#define TIDEWAITER_ENGINE_FOLDER_NAMES_H_

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/file_system.h"
#include "base/source.h"

namespace tidewaiter::engine {

/// `file.siblings` and `file.folders`: what else lies in the folder of a file, and where that
/// folder lies. It is listed when first asked for. Safe to share among threads.
class FolderNames {
 public:
  explicit FolderNames(const FileSystem& files) : files_(files) {}

  /// Tells where a source was read, and its path below the argument that led to it (empty for
  /// a file that was named itself); one that came from elsewhere has neither siblings nor
  /// folders.
  void add(const Source& source, std::string_view path, std::string_view below);
  /// The names in the source's folder, its own too, in byte order; empty when the folder cannot
  /// be listed. Valid as long as this.
  const std::vector<std::string>& siblings(const Source& source) const;
  /// The names of the folders between that argument and the source, the outermost first.
  std::vector<std::string_view> folders(const Source& source) const;

 private:
  struct Location {
    std::string folder;  ///< For FileSystem::list.
    std::string below;   ///< The same below the argument, "" for the argument itself.
  };

  const FileSystem& files_;
  std::unordered_map<const Source*, Location> locations_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::vector<std::string>, std::less<>> names_;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_FOLDER_NAMES_H_
