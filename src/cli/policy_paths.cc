#include "cli/policy_paths.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/glob.h"
#include "base/path.h"

namespace tidewaiter::cli {
namespace {

/// The files below `folder` whose path below it the glob matches, in byte order. Symbolic
/// links to folders are not followed, so the walk ends; a folder that cannot be listed holds
/// nothing.
std::vector<std::string> matching_files(const FileSystem& files, const std::string& folder,
                                        const Glob& glob) {
  std::vector<std::string> found;
  std::vector<std::string> open = {folder};
  while (!open.empty()) {
    const std::string at = std::move(open.back());
    open.pop_back();
    const auto entries = files.list(at);
    if (!entries) continue;
    for (const FolderEntry& entry : *entries) {
      const std::string path = join_path(at, entry.name);
      if (entry.type == FileType::kFolder) {
        if (entry.name != ".git") open.push_back(path);
      } else if (const auto below = path_below(folder, path); below && glob.matches(*below)) {
        found.push_back(path);
      }
    }
  }
  std::ranges::sort(found);
  return found;
}

/// The absolute paths that a word of the config stands for; none when it leads nowhere.
std::vector<std::string> expanded(std::string_view word, const std::string& config_folder,
                                  const FileSystem& files) {
  const std::size_t literal = literal_prefix(word);
  if (literal == word.size()) {
    std::string path = absolute_path(config_folder, word);
    if (!files.type_of(path)) return {};
    return {std::move(path)};
  }
  // Relative to the deepest folder that is named without a wildcard, which may lie anywhere.
  const std::size_t slash = word.substr(0, literal).rfind('/');
  const std::size_t folder_size = slash == std::string_view::npos ? 0 : slash + 1;
  const std::string folder = absolute_path(config_folder, word.substr(0, folder_size));
  return matching_files(files, folder, Glob(word.substr(folder_size)));
}

}  // namespace

PolicyPaths policy_paths(const CheckOptions& options, const config::Config& config,
                         const std::string& config_folder, const World& world) {
  PolicyPaths result{.paths = options.policies};
  for (const config::Word& word : config.policies) {
    const std::vector<std::string> paths = expanded(word.text, config_folder, world.files);
    if (paths.empty()) {
      result.errors.push_back(
          {.code = ErrorCode::kIo,
           .message = fmt::format("There is no file at '{}', seen from the config's folder.",
                                  word.text),
           .where = word.at,
           .path = config.source->name()->shown});
    }
    for (const std::string& path : paths) {
      const auto shown = path_below(world.working_folder, path);
      result.paths.push_back(shown && !shown->empty() ? std::string(*shown) : path);
    }
  }
  return result;
}

}  // namespace tidewaiter::cli
