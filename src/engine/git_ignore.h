#ifndef TIDEWAITER_ENGINE_GIT_IGNORE_H_
#define TIDEWAITER_ENGINE_GIT_IGNORE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "base/ignore_rules.h"
#include "tidewaiter/result.h"

namespace tidewaiter::engine {

/// The ignore rules that hold in a folder: its own .gitignore, then those of the folders above
/// it up to the repository's, then .git/info/exclude. Immutable; folders share their parents'.
struct IgnoreFrame {
  std::shared_ptr<const IgnoreFrame> parent;
  std::string folder;  ///< Absolute; the rules' paths are relative to it.
  IgnoreRules rules;
};
using IgnoreFrames = std::shared_ptr<const IgnoreFrame>;

/// Whether git would ignore what stands at the absolute `path`, given that it does not ignore
/// the folder around it: the innermost rules that say anything decide.
bool is_ignored(const IgnoreFrame* frames, std::string_view path, bool is_folder);

/// Reads ignore files. What cannot be read is left out and told by an Error in `problems`.
class IgnoreReader {
 public:
  /// A larger ignore file is not honored: no person wrote it.
  static constexpr std::uint64_t kMaxSize = 1U << 20U;

  explicit IgnoreReader(const FileSystem& files) : files_(files) {}

  /// The rules that hold around the absolute `folder`, whose own .gitignore is left out: from
  /// its repository's info/exclude down to the .gitignore of its parent. Outside of any
  /// repository the rules begin at `fallback`, if that is a folder above.
  IgnoreFrames above(const std::string& folder, const std::string& fallback);

  /// The rules in `folder`, which was listed as `entries` and is opened by `path`: those
  /// `around` it and its own .gitignore; a repository of its own begins anew.
  IgnoreFrames inside(const IgnoreFrames& around, const std::string& path,
                      const std::string& folder, const std::vector<FolderEntry>& entries);

  std::vector<Error> problems;

 private:
  IgnoreFrames repository(const std::string& path, const std::string& folder);
  IgnoreFrames add(const IgnoreFrames& around, const std::string& path,
                   const std::string& folder);
  const FileSystem& files_;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_GIT_IGNORE_H_
