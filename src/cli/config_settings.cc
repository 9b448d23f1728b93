#include "cli/config_settings.h"

#include <memory>
#include <utility>

#include "rules/cluster_settings.h"

namespace tidewaiter::cli {

std::vector<Error> apply_config(const config::Config& config, engine::Settings& settings) {
  std::vector<Error> errors;
  if (config.kubernetes_minor) settings.kubernetes_minor = *config.kubernetes_minor;
  settings.cluster = std::make_shared<const rules::ClusterSettings>(
      config.workload_classes, config.node_pools, config.node_sizes);
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
