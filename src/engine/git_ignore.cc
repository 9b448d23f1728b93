#include "engine/git_ignore.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/path.h"

namespace tidewaiter::engine {
namespace {

bool is_file(const FileSystem& files, const std::string& path) {
  const auto type = files.type_of(path);
  return type && *type == FileType::kFile;
}

const FolderEntry* entry_of(const std::vector<FolderEntry>& entries, std::string_view name) {
  const auto found = std::ranges::lower_bound(
      entries, name, {}, [](const FolderEntry& entry) { return std::string_view(entry.name); });
  return found == entries.end() || found->name != name ? nullptr : &*found;
}

/// The first line of a small file without its line end; empty when there is none.
std::string first_line(const FileSystem& files, const std::string& path) {
  static constexpr std::uint64_t kMaxLine = 1U << 14U;
  const auto text = files.read(path, kMaxLine);
  return text ? text->substr(0, text->find_first_of("\r\n")) : std::string();
}

/// The folder of a repository that holds info/exclude. A worktree's and a submodule's `.git` is
/// a file that says where the rest lies (gitrepository-layout(5)).
std::string common_folder(const FileSystem& files, const std::string& path) {
  std::string git = join_path(path, ".git");
  if (!is_file(files, git)) return git;
  static constexpr std::string_view kPrefix = "gitdir: ";
  const std::string line = first_line(files, git);
  if (!line.starts_with(kPrefix)) return git;
  git = join_path(path, line.substr(kPrefix.size()));
  const std::string common = first_line(files, join_path(git, "commondir"));
  return common.empty() ? git : join_path(git, common);
}

}  // namespace

bool is_ignored(const IgnoreFrame* frames, std::string_view path, bool is_folder) {
  for (const IgnoreFrame* frame = frames; frame != nullptr; frame = frame->parent.get()) {
    const auto below = path_below(frame->folder, path);
    if (!below || below->empty()) continue;
    const auto verdict = frame->rules.judge(*below, is_folder);
    if (verdict != IgnoreRules::Verdict::kNone) {
      return verdict == IgnoreRules::Verdict::kIgnored;
    }
  }
  return false;
}

IgnoreFrames IgnoreReader::add(const IgnoreFrames& around, const std::string& path,
                               const std::string& folder) {
  const auto text = files_.read(path, kMaxSize);
  if (!text) {
    problems.push_back(text.error());
    return around;
  }
  IgnoreRules rules(*text);
  if (rules.empty()) return around;
  return std::make_shared<const IgnoreFrame>(
      IgnoreFrame{.parent = around, .folder = folder, .rules = std::move(rules)});
}

IgnoreFrames IgnoreReader::repository(const std::string& path, const std::string& folder) {
  const std::string exclude = join_path(common_folder(files_, path), "info/exclude");
  return is_file(files_, exclude) ? add(nullptr, exclude, folder) : nullptr;
}

IgnoreFrames IgnoreReader::above(const std::string& folder, const std::string& fallback) {
  std::string top = folder;
  while (!files_.type_of(join_path(top, ".git"))) {
    if (top == "/") {
      if (!path_below(fallback, folder)) return nullptr;
      top = fallback;
      break;
    }
    top = std::string(parent_of(top));
  }
  IgnoreFrames frames = repository(top, top);
  std::vector<std::string> between;
  for (std::string at = folder; at != top;) {
    at = std::string(parent_of(at));
    between.push_back(at);
  }
  for (auto at = between.rbegin(); at != between.rend(); ++at) {
    const std::string file = join_path(*at, ".gitignore");
    if (is_file(files_, file)) frames = add(frames, file, *at);
  }
  return frames;
}

IgnoreFrames IgnoreReader::inside(const IgnoreFrames& around, const std::string& path,
                                  const std::string& folder,
                                  const std::vector<FolderEntry>& entries) {
  IgnoreFrames frames =
      entry_of(entries, ".git") == nullptr ? around : repository(path, folder);
  // git follows no symbolic link here.
  const FolderEntry* const own = entry_of(entries, ".gitignore");
  if (own == nullptr || own->type != FileType::kFile) return frames;
  return add(frames, join_path(path, ".gitignore"), folder);
}

}  // namespace tidewaiter::engine
