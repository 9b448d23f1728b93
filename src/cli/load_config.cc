#include "cli/load_config.h"

#include <memory>
#include <string_view>
#include <utility>

#include "base/path.h"
#include "cli/print_error.h"
#include "config/find_config.h"

namespace tidewaiter::cli {

std::optional<LoadedConfig> load_config(const std::optional<std::string>& path,
                                        const World& world) {
  const auto found = path ? path : config::find_config(world.files, world.working_folder);
  if (!found) return LoadedConfig{};
  auto text = world.files.read(*found, config::kMaxConfigSize);
  if (!text) {
    print_error(world.err, text.error());
    return std::nullopt;
  }
  const std::string where = absolute_path(world.working_folder, *found);
  auto name = std::make_shared<FileName>();
  // As typed; one that was found, as seen from the working folder.
  const auto below = path_below(world.working_folder, where);
  name->shown = path ? *path : std::string(below.value_or(std::string_view(where)));
  auto read =
      config::read_config(std::make_shared<const Source>(std::move(name), *std::move(text)));
  print_errors(world.err, read.errors, read.config.source->text());
  if (!read.errors.empty()) return std::nullopt;
  return LoadedConfig{.config = std::move(read.config),
                      .folder = std::string(parent_of(where))};
}

}  // namespace tidewaiter::cli
