#ifndef TIDEWAITER_ENGINE_FOLDER_NAMES_H_
#define TIDEWAITER_ENGINE_FOLDER_NAMES_H_

#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/file_system.h"
#include "base/source.h"

namespace tidewaiter::engine {

/// `file.siblings`: what else lies in the folder of a file. A folder is listed when first asked
/// for. Safe to share among threads.
class FolderNames {
 public:
  explicit FolderNames(const FileSystem& files) : files_(files) {}

  /// Tells where a source was read; one that came from elsewhere has no siblings.
  void add(const Source& source, const std::string& path);
  /// The names in the source's folder, its own too, in byte order; empty when the folder cannot
  /// be listed. Valid as long as this.
  const std::vector<std::string>& siblings(const Source& source) const;

 private:
  const FileSystem& files_;
  std::unordered_map<const Source*, std::string> folders_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::vector<std::string>, std::less<>> names_;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_FOLDER_NAMES_H_
