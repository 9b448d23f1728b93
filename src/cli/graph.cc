#include "cli/graph.h"

#include <fmt/format.h>

#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/config_settings.h"
#include "cli/graph_formats.h"
#include "cli/graph_model.h"
#include "cli/inputs.h"
#include "cli/load_config.h"
#include "cli/print_error.h"
#include "config/find_config.h"
#include "engine/loaded_file.h"
#include "engine/parallel.h"
#include "engine/scopes.h"
#include "k8s/scope.h"

namespace tidewaiter::cli {
namespace {

/// Says what could not be read; false if there was anything.
bool print_unread(const std::vector<engine::LoadedFile>& files, std::ostream& err) {
  bool all_read = true;
  for (const engine::LoadedFile& file : files) {
    if (file.error) {
      print_error(err, *file.error);
      all_read = false;
      continue;
    }
    std::vector<Error> errors;
    for (const yaml::Problem& problem : file.yaml.problems) {
      const bool rejected =
          file.yaml.documents[problem.document].state == yaml::DocumentState::kRejected;
      if (!rejected || problem.kind == yaml::ProblemKind::kDuplicateKey) continue;
      errors.push_back({.message = problem.message,
                        .where = problem.at,
                        .path = file.source->name()->shown});
    }
    print_errors(err, errors, file.source->text());
    all_read = all_read && errors.empty();
  }
  return all_read;
}

/// Says how many documents are in no scope because of what they are.
void note_left_out(const std::vector<engine::LoadedFile>& files, std::ostream& err) {
  std::size_t templates = 0;
  std::size_t incomplete = 0;
  for (const engine::LoadedFile& file : files) {
    for (const k8s::Content content : file.extraction.contents) {
      templates += content == k8s::Content::kTemplate ? 1 : 0;
      incomplete += content == k8s::Content::kNotAResource ? 1 : 0;
    }
  }
  const auto note = [&](std::size_t count, std::string_view one, std::string_view many) {
    if (count == 0) return;
    err << fmt::format("tidewaiter: note: {} {} left out.\n", count, count == 1 ? one : many);
  };
  note(templates, "document is a template and was", "documents are templates and were");
  note(incomplete, "document lacks apiVersion or kind and was",
       "documents lack apiVersion or kind and were");
}

/// Files that are named one by one have no folder that is their scope.
std::string scope_name(std::string_view folder, const std::vector<std::string>& paths) {
  if (!folder.empty()) return std::string(folder);
  return fmt::format("{}", fmt::join(paths, ", "));
}

}  // namespace

ExitCode run_graph(const GraphOptions& options, const World& world) {
  LoadedConfig config;
  engine::Settings settings;
  if (!options.no_config) {
    auto loaded = load_config(options.config, world);
    if (!loaded) return ExitCode::kUsage;
    config = *std::move(loaded);
    const auto errors = apply_config(config.config, settings);
    if (!errors.empty()) {
      print_errors(world.err, errors, config.config.source->text());
      return ExitCode::kUsage;
    }
  }
  settings.limits = options.limits;
  settings.threads = engine::default_threads();
  engine::DiscoverOptions discover;
  discover.working_folder = world.working_folder;
  discover.root =
      config::repository_root(world.files, world.working_folder).value_or(world.working_folder);
  for (const auto& pattern : config.config.exclude) {
    if (discover.excludes.empty()) discover.excludes.push_back({config.folder, {}});
    discover.excludes.front().patterns.emplace_back(pattern.text);
  }
  for (const auto& pattern : config.config.scopes) {
    if (discover.scopes.empty()) discover.scopes.push_back({config.folder, {}});
    discover.scopes.front().patterns.emplace_back(pattern.text);
  }

  const std::vector<std::string> paths =
      options.paths.empty() ? std::vector<std::string>{"."} : options.paths;
  const Inputs inputs = find_inputs(paths, std::nullopt, discover, world);
  const auto files = engine::load_files(inputs.files, settings, world.files);
  const bool all_read = print_unread(files, world.err) && inputs.complete;
  note_left_out(files, world.err);

  const engine::Scopes scopes(files);
  std::vector<GraphModel> graphs;
  for (const auto& [name, scope] : scopes.all()) {
    if (!scope.all().empty()) graphs.push_back(model_of(scope_name(name, paths), scope));
  }
  write_graphs(graphs, options.format, world.out);
  return all_read ? ExitCode::kSuccess : ExitCode::kUsage;
}

}  // namespace tidewaiter::cli
