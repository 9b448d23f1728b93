#include "cli/own_rules.h"

#include <fmt/core.h>

#include <optional>

#include "base/path.h"
#include "cli/load_config.h"
#include "cli/print_error.h"

namespace tidewaiter::cli {
namespace {

bool add_rule_dir(const config::Word& folder, const config::Config& config,
                  const std::string& config_folder, const World& world, RuleSet& rules) {
  // Shown as seen from the working folder, so that the places of faults can be opened.
  const std::string where = absolute_path(config_folder, folder.text);
  const auto below = path_below(world.working_folder, where);
  const std::string shown = !below ? where : below->empty() ? "." : std::string(*below);
  if (world.files.type_of(shown)) return rules.add(world.files, shown, world.err);
  print_error(world.err,
              {.message = fmt::format("There is no folder of rules '{}'; ruleDirs are relative "
                                      "to the folder of the config.",
                                      shown),
               .where = folder.at,
               .path = config.source->name()->shown},
              config.source->text());
  return false;
}

}  // namespace

bool add_own_rules(std::span<const std::string> folders, const config::Config& config,
                   const std::string& config_folder, const World& world, RuleSet& rules) {
  bool fine = true;
  for (const std::string& folder : folders) {
    fine = rules.add(world.files, folder, world.err) && fine;
  }
  for (const config::Word& folder : config.rule_dirs) {
    fine = add_rule_dir(folder, config, config_folder, world, rules) && fine;
  }
  return fine;
}

bool add_own_rules(std::span<const std::string> folders, const World& world, RuleSet& rules) {
  const auto loaded = load_config(std::nullopt, world);
  return loaded && add_own_rules(folders, loaded->config, loaded->folder, world, rules);
}

}  // namespace tidewaiter::cli
