#ifndef TIDEWAITER_ENGINE_DISCOVER_H_
#define TIDEWAITER_ENGINE_DISCOVER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "tidewaiter/finding.h"
#include "tidewaiter/reporter.h"
#include "tidewaiter/result.h"

namespace tidewaiter::engine {

/// Globs that name files or folders, written as the lines of a .gitignore that lies in
/// `folder`: `--exclude` (the working folder) and the config's `exclude` and `scopes` (the
/// folder of the config).
struct PathPatterns {
  std::string folder;  ///< Absolute.
  std::vector<std::string> patterns;
};

struct DiscoverOptions {
  std::string working_folder;               ///< Absolute.
  std::string root;                         ///< Absolute; what uris are relative to.
  std::vector<PathPatterns> excludes = {};  ///< Files and folders not to read.
  std::vector<PathPatterns> scopes = {};    ///< Folders whose files are deployed together.
  bool honor_ignore_files = true;
  /// More arguments, whose files are only read for the policies in them: InputFile::linted is
  /// false unless another argument leads to the file too. `excludes` do not matter to them.
  std::vector<std::string> supporting = {};
};

/// A file to read.
struct InputFile {
  std::shared_ptr<const FileName> name;
  std::string path;   ///< For FileSystem::read.
  std::string chart;  ///< Of a Helm template the folder of its chart as shown, else empty.
  /// Files with equal ones are deployed together (DESIGN 5): the nearest folder as shown that
  /// holds a kustomization or a chart or that DiscoverOptions::scopes match, else the argument;
  /// empty for files named one by one.
  std::string scope = {};
  std::string below = {};    ///< Its path below the argument; empty for one named itself.
  bool named = false;        ///< On the command line: not to be readable is an error.
  bool if_manifest = false;  ///< JSON from a walk: lint it only if looks_like_manifest.
  bool linted = true;        ///< False: only DiscoverOptions::supporting leads to it.
};

/// All that the arguments lead to.
struct Discovery {
  std::vector<InputFile> files;  ///< In byte order of the path below the root, each file once.
  std::vector<Notification> notifications;
  std::vector<Error> errors;  ///< Arguments that cannot be read; the others are in `files`.
};

/// Finds the files to lint: each argument that is a file, and of each folder all below it whose
/// names end in .yaml, .yml or .json (and `Kustomization`), but not in .git, not what
/// .gitignore files and .git/info/exclude ignore, and not what `excludes` match. A symbolic
/// link is followed where it is an argument, and below a folder where it leads into the root or
/// the argument; no folder and no file is taken twice. Never fails as a whole. No recursion.
Discovery discover(const FileSystem& files, std::span<const std::string> arguments,
                   const DiscoverOptions& options);

/// The nearest folder at or above `working_folder` that holds `.git`, else `working_folder`.
std::string default_root(const FileSystem& files, const std::string& working_folder);

/// The names of an input that is no file, as standard input with `--stdin-filename`: as if it
/// were the file `typed`, which need not exist.
std::shared_ptr<const FileName> name_of_input(std::string_view typed,
                                              const DiscoverOptions& options);

/// JSON that a walk should lint: it holds the words "apiVersion" and "kind", or the type of a
/// container app.
bool looks_like_manifest(std::string_view json);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_DISCOVER_H_
