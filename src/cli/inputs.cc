#include "cli/inputs.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <istream>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "base/path.h"
#include "cli/print_error.h"

namespace tidewaiter::cli {
namespace {

constexpr std::string_view kStdin = "-";
constexpr std::string_view kStdinName = "stdin.yaml";

/// Files and folders by their absolute paths.
class Places {
 public:
  /// Takes the path as typed and, if it leads through links, where it leads.
  void add(const std::string& typed, const World& world) {
    places_.insert(absolute_path(world.working_folder, typed));
    if (auto real = world.files.resolve(typed)) places_.insert(*std::move(real));
  }

  /// Whether one of them is `place`, which is absolute, or holds it.
  bool hold(std::string_view place) const {
    for (std::string_view at = place;; at = parent_of(at)) {
      if (places_.contains(at)) return true;
      if (at == "/") return false;
    }
  }

 private:
  std::set<std::string, std::less<>> places_;
};

}  // namespace

Inputs find_inputs(std::vector<std::string> paths,
                   const std::optional<std::string>& stdin_filename,
                   const engine::DiscoverOptions& discover, const World& world) {
  const auto named = std::ranges::remove(paths, kStdin);
  const bool reads_stdin = !named.empty();
  paths.erase(named.begin(), named.end());

  Inputs inputs;
  engine::Discovery found = engine::discover(world.files, paths, discover);
  for (const Error& error : found.errors) {
    print_error(world.err, error);
    inputs.complete = false;
  }
  inputs.notifications = std::move(found.notifications);
  for (engine::InputFile& file : found.files) {
    inputs.files.push_back(engine::input_of(std::move(file)));
  }
  if (reads_stdin) {
    const std::string name = stdin_filename.value_or(std::string(kStdinName));
    inputs.files.push_back({.name = engine::name_of_input(name, discover),
                            .path = name,
                            .text = std::string(std::istreambuf_iterator<char>(world.in), {}),
                            .scope = std::string(kStdin)});
  }
  return inputs;
}

std::optional<Inputs> find_changed_inputs(const std::vector<std::string>& paths,
                                          const engine::DiscoverOptions& discover,
                                          const World& world) {
  const auto fail = [&](std::string message) {
    print_error(world.err, {.message = std::move(message)});
    return std::nullopt;
  };
  if (paths.empty()) {
    return fail(
        "--changed-only needs the files that changed, for example: "
        "tidewaiter check --changed-only $(git diff --name-only --relative main)");
  }
  Places changed;
  for (const std::string& path : paths) {
    if (path == kStdin) return fail("--changed-only cannot read standard input.");
    if (!path_below(world.working_folder, absolute_path(world.working_folder, path))) {
      return fail(
          fmt::format("--changed-only lints what lies below '{}', and '{}' does not; "
                      "run it in a folder that holds all of them.",
                      world.working_folder, path));
    }
    changed.add(path, world);
  }
  Inputs inputs = find_inputs({"."}, std::nullopt, discover, world);
  const auto is_changed = [&](const std::string& path) {
    return changed.hold(absolute_path(world.working_folder, path));
  };
  for (engine::Input& file : inputs.files) file.reported = is_changed(file.path);
  std::erase_if(inputs.notifications, [&](const Notification& notification) {
    return notification.file != nullptr && !is_changed(notification.file->shown);
  });
  return inputs;
}

}  // namespace tidewaiter::cli
