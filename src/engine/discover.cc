#include "engine/discover.h"

#include <fmt/core.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/path.h"
#include "base/uri.h"
#include "engine/git_ignore.h"
#include "k8s/kustomization.h"

namespace tidewaiter::engine {
namespace {

bool has_manifest_name(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json") ||
         k8s::is_kustomization_name(name);
}

/// As typed, with single slashes at the joint; what lies in "." needs no "./".
std::string shown_below(std::string_view argument, std::string_view below) {
  if (below.empty()) return std::string(argument);
  if (argument == ".") return std::string(below);
  while (argument.size() > 1 && argument.ends_with('/')) argument.remove_suffix(1);
  return join_path(argument, below);
}

/// An argument that exists.
struct Argument {
  std::string typed;
  std::string place;            ///< Absolute, links as typed.
  std::string real = {};        ///< Absolute, without links.
  std::string below_root = {};  ///< The path of the argument below the root; "" is the root.
  bool outside_root = false;
  bool linted = true;
};

/// A folder to list.
struct PendingFolder {
  std::string below;  ///< The path below the argument, as walked.
  std::string real;   ///< Absolute, without links.
  std::string chart;  ///< The chart whose templates lie here, else empty.
  std::string scope;  ///< That of the folder around it.
  IgnoreFrames ignored;
};

/// A symbolic link below an argument, looked at when all real folders were walked.
struct PendingLink {
  std::string below;
  std::string chart;
  std::string scope;
  IgnoreFrames ignored;
};

/// A file found, before those reached twice are dropped.
struct Found {
  InputFile file;
  std::string real;
  std::string below_root;
  bool by_link = false;
};

class Discoverer {
 public:
  Discoverer(const FileSystem& files, const DiscoverOptions& options)
      : files_(files), options_(options), ignore_reader_(files) {
    const auto root = files.resolve(options.root);
    real_root_ = root ? *root : options.root;
    excludes_ = frames_of(options.excludes);
    scopes_ = frames_of(options.scopes);
  }

  Discovery run(std::span<const std::string> typed) {
    take_arguments(typed, /*linted=*/true);
    seen_folders_.clear();
    take_arguments(options_.supporting, /*linted=*/false);
    for (const Error& problem : ignore_reader_.problems) {
      notify("ignore-file", problem.message + " Its ignore rules are not honored.", nullptr);
    }
    finish();
    return std::move(result_);
  }

  Argument locate(std::string_view typed) const {
    Argument argument{.typed = std::string(typed),
                      .place = absolute_path(options_.working_folder, typed)};
    const auto real = files_.resolve(argument.typed);
    argument.real = real ? *real : argument.place;
    auto below = path_below(options_.root, argument.place);
    if (!below) below = path_below(real_root_, argument.real);
    argument.outside_root = !below;
    if (below) argument.below_root = std::string(*below);
    return argument;
  }

  /// The names of what lies at `below` an argument; of the argument itself when that is empty.
  static FileName names(const Argument& argument, std::string_view below) {
    return {.shown = shown_below(argument.typed, below),
            .uri = uri_path(path_below_root(argument, below)),
            .outside_root = argument.outside_root};
  }

 private:
  std::vector<IgnoreFrame> frames_of(const std::vector<PathPatterns>& all) const {
    std::vector<IgnoreFrame> frames;
    for (const PathPatterns& one : all) {
      std::string lines;
      for (const std::string& pattern : one.patterns) lines += pattern + "\n";
      const auto folder = files_.resolve(one.folder);
      frames.push_back(
          {.parent = nullptr,
           .folder = folder ? *folder : absolute_path(options_.working_folder, one.folder),
           .rules = IgnoreRules(lines)});
    }
    return frames;
  }

  void take_arguments(std::span<const std::string> typed, bool linted) {
    // Folders first, so that a file named beside its folder belongs to the folder's scope.
    std::vector<Argument> named_files;
    for (const std::string& text : typed) {
      auto argument = open_argument(text);
      if (!argument) continue;
      argument->linted = linted;
      if (*files_.type_of(text) != FileType::kFolder) {
        named_files.push_back(*std::move(argument));
        continue;
      }
      walk(*argument);
    }
    for (const Argument& argument : named_files) add_named(argument);
  }

  static std::string path_below_root(const Argument& argument, std::string_view below) {
    if (below.empty() && argument.outside_root) return std::string(base_name(argument.place));
    return below.empty() ? argument.below_root : join_path(argument.below_root, below);
  }

  void notify(std::string id, std::string message, std::shared_ptr<const FileName> file) {
    result_.notifications.push_back({.level = Severity::kWarning,
                                     .id = std::move(id),
                                     .message = std::move(message),
                                     .file = std::move(file),
                                     .start = {}});
  }

  std::optional<Argument> open_argument(const std::string& typed) {
    const auto type = files_.type_of(typed);
    if (!type) {
      result_.errors.push_back(type.error());
      return std::nullopt;
    }
    Argument argument = locate(typed);
    if (argument.outside_root) {
      notify("outside-root",
             fmt::format("The input '{}' lies outside the root '{}', so reports name its files "
                         "relative to the input itself.",
                         typed, options_.root),
             nullptr);
    }
    return argument;
  }

  void add_named(const Argument& argument) {
    InputFile file{.name = std::make_shared<const FileName>(names(argument, {})),
                   .path = argument.typed,
                   .chart = chart_around(argument.place),
                   .named = true,
                   .linted = argument.linted};
    found_.push_back({.file = std::move(file),
                      .real = argument.real,
                      .below_root = path_below_root(argument, {})});
  }

  /// The chart in whose templates the argument at the absolute `place` lies, else empty.
  std::string chart_around(std::string_view place) const {
    for (std::string_view at = place; at != "/"; at = parent_of(at)) {
      if (base_name(at) != "templates") continue;
      const std::string_view chart = parent_of(at);
      const auto type = files_.type_of(join_path(chart, "Chart.yaml"));
      if (!type || *type != FileType::kFile) continue;
      const auto below = path_below(options_.root, chart);
      if (!below) return std::string(chart);
      return below->empty() ? "." : std::string(*below);
    }
    return {};
  }

  void walk(const Argument& argument) {
    const std::string fallback =
        path_below(real_root_, argument.real) ? real_root_ : argument.real;
    IgnoreFrames ignored;
    if (options_.honor_ignore_files) ignored = ignore_reader_.above(argument.real, fallback);
    folders_.push_back({.below = "",
                        .real = argument.real,
                        .chart = chart_around(argument.place),
                        .scope = argument.typed,
                        .ignored = std::move(ignored)});
    // A folder reached by its own name is taken before a link to it, whatever their order.
    while (true) {
      if (!folders_.empty()) {
        const PendingFolder folder = std::move(folders_.back());
        folders_.pop_back();
        if (seen_folders_.insert(folder.real).second) list_folder(argument, folder);
      } else if (!links_.empty()) {
        const PendingLink link = std::move(links_.front());
        links_.pop_front();
        follow(argument, link);
      } else {
        return;
      }
    }
  }

  void list_folder(const Argument& argument, const PendingFolder& folder) {
    const std::string path = join_path(argument.typed, folder.below);
    const auto entries = files_.list(path);
    if (!entries) {
      if (folder.below.empty()) {
        result_.errors.push_back(entries.error());
      } else {
        notify("unreadable-folder", entries.error().message + " Nothing in it is linted.",
               std::make_shared<const FileName>(names(argument, folder.below)));
      }
      return;
    }
    // Rules apply to the path as walked, so that a link is judged where it stands.
    const std::string place = join_path(argument.real, folder.below);
    IgnoreFrames ignored = folder.ignored;
    if (options_.honor_ignore_files) {
      ignored = ignore_reader_.inside(folder.ignored, path, place, *entries);
    }
    bool is_chart = false;
    std::string scope = folder.scope;
    const bool is_scope = std::ranges::any_of(scopes_, [&](const IgnoreFrame& frame) {
      return is_ignored(&frame, place, /*is_folder=*/true);
    });
    if (is_scope) scope = shown_below(argument.typed, folder.below);
    for (const FolderEntry& entry : *entries) {
      if (entry.type == FileType::kFolder) continue;
      is_chart = is_chart || entry.name == "Chart.yaml";
      if (entry.name == "Chart.yaml" || k8s::is_kustomization_name(entry.name)) {
        scope = shown_below(argument.typed, folder.below);
      }
    }
    for (const FolderEntry& entry : *entries) {
      take_entry(argument, folder, entry, place, ignored, scope, is_chart);
    }
  }

  void take_entry(const Argument& argument, const PendingFolder& folder,
                  const FolderEntry& entry, const std::string& place,
                  const IgnoreFrames& ignored, const std::string& scope, bool is_chart) {
    const bool is_folder = entry.type == FileType::kFolder;
    if (entry.name == ".git" || entry.type == FileType::kOther) return;
    if (entry.type == FileType::kFile && !has_manifest_name(entry.name)) return;
    const std::string entry_place = join_path(place, entry.name);
    if (is_ignored(ignored.get(), entry_place, is_folder)) return;
    const auto excludes = [&](const IgnoreFrame& frame) {
      return is_ignored(&frame, entry_place, is_folder);
    };
    if (argument.linted && std::ranges::any_of(excludes_, excludes)) return;
    const std::string below = join_path(folder.below, entry.name);
    std::string chart = folder.chart;
    if (chart.empty() && is_chart && entry.name == "templates") {
      chart = shown_below(argument.typed, folder.below);
    }
    switch (entry.type) {
      case FileType::kFile:
        add_found(argument, below, join_path(folder.real, entry.name), chart, scope, false);
        return;
      case FileType::kFolder:
        folders_.push_back({.below = below,
                            .real = join_path(folder.real, entry.name),
                            .chart = std::move(chart),
                            .scope = scope,
                            .ignored = ignored});
        return;
      case FileType::kSymlink:
        links_.push_back(
            {.below = below, .chart = std::move(chart), .scope = scope, .ignored = ignored});
        return;
      case FileType::kOther: return;
    }
  }

  void follow(const Argument& argument, const PendingLink& link) {
    const std::string path = join_path(argument.typed, link.below);
    const auto type = files_.type_of(path);
    const auto real = files_.resolve(path);
    const auto name = [&] {
      return std::make_shared<const FileName>(names(argument, link.below));
    };
    if (!type || !real) {
      if (!has_manifest_name(link.below)) return;
      notify("broken-link", (type ? real.error() : type.error()).message + " It is not linted.",
             name());
      return;
    }
    const bool is_folder = *type == FileType::kFolder;
    if (!is_folder && (*type != FileType::kFile || !has_manifest_name(link.below))) return;
    if (!path_below(real_root_, *real) && !path_below(argument.real, *real)) {
      notify("link-outside",
             fmt::format("The symbolic link '{}' leads out of the root and is not followed; "
                         "name its target as an argument of its own to lint it.",
                         shown_below(argument.typed, link.below)),
             name());
      return;
    }
    if (is_folder) {
      folders_.push_back({.below = link.below,
                          .real = *real,
                          .chart = link.chart,
                          .scope = link.scope,
                          .ignored = link.ignored});
    } else {
      add_found(argument, link.below, *real, link.chart, link.scope, true);
    }
  }

  void add_found(const Argument& argument, const std::string& below, std::string real,
                 const std::string& chart, const std::string& scope, bool by_link) {
    InputFile file{.name = std::make_shared<const FileName>(names(argument, below)),
                   .path = join_path(argument.typed, below),
                   .chart = chart,
                   .scope = scope,
                   .below = below,
                   .if_manifest = below.ends_with(".json"),
                   .linted = argument.linted};
    found_.push_back({.file = std::move(file),
                      .real = std::move(real),
                      .below_root = path_below_root(argument, below),
                      .by_link = by_link});
  }

  /// Keeps each file once, linted if an argument says so, under the first name that is no link,
  /// and sorts.
  void finish() {
    std::ranges::stable_sort(found_, {}, [](const Found& found) {
      return std::tuple(std::string_view(found.real), !found.file.linted, found.by_link);
    });
    std::vector<Found> kept;
    kept.reserve(found_.size());
    for (Found& found : found_) {
      if (kept.empty() || kept.back().real != found.real) {
        kept.push_back(std::move(found));
      } else if (found.file.named) {  // always read, whatever it holds
        kept.back().file.named = true;
        kept.back().file.if_manifest = false;
      }
    }
    std::ranges::sort(kept, {}, [](const Found& found) {
      return std::tie(found.below_root, found.file.name->shown);
    });
    result_.files.reserve(kept.size());
    for (Found& found : kept) result_.files.push_back(std::move(found.file));
  }

  const FileSystem& files_;
  const DiscoverOptions& options_;
  IgnoreReader ignore_reader_;
  std::string real_root_;
  std::vector<IgnoreFrame> excludes_;
  std::vector<IgnoreFrame> scopes_;
  std::set<std::string> seen_folders_;
  std::vector<PendingFolder> folders_;
  std::deque<PendingLink> links_;
  std::vector<Found> found_;
  Discovery result_;
};

}  // namespace

Discovery discover(const FileSystem& files, std::span<const std::string> arguments,
                   const DiscoverOptions& options) {
  return Discoverer(files, options).run(arguments);
}

std::string default_root(const FileSystem& files, const std::string& working_folder) {
  for (std::string at = working_folder;; at = std::string(parent_of(at))) {
    if (files.type_of(join_path(at, ".git"))) return at;
    if (at == "/") return working_folder;
  }
}

std::shared_ptr<const FileName> name_of_input(std::string_view typed,
                                              const DiscoverOptions& options) {
  // Nothing is looked up: the name may be that of a file elsewhere.
  Argument argument{.typed = std::string(typed),
                    .place = absolute_path(options.working_folder, typed)};
  const auto below = path_below(options.root, argument.place);
  argument.outside_root = !below;
  if (below) argument.below_root = std::string(*below);
  return std::make_shared<const FileName>(Discoverer::names(argument, {}));
}

bool looks_like_manifest(std::string_view json) {
  const auto holds = [&](std::string_view word) {
    return json.find(word) != std::string_view::npos;
  };
  return (holds("\"apiVersion\"") && holds("\"kind\"")) || holds("\"Microsoft.App/");
}

}  // namespace tidewaiter::engine
