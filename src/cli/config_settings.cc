#include "cli/config_settings.h"

#include <utility>

namespace tidewaiter::cli {

std::vector<Error> apply_config(const config::Config& config, engine::Settings& settings) {
  std::vector<Error> errors;
  if (config.kubernetes_minor) settings.kubernetes_minor = *config.kubernetes_minor;
  for (const auto& [kind, path] : config.pod_template_paths) {
    const auto added = settings.pod_template_paths.add(kind.text, path.text);
    if (added) continue;
    Error error = added.error();
    error.where = kind.at;
    error.path = config.source->name()->shown;
    errors.push_back(std::move(error));
  }
  return errors;
}

}  // namespace tidewaiter::cli
