#include "cli/inputs.h"

#include <algorithm>
#include <istream>
#include <iterator>
#include <utility>

#include "cli/print_error.h"

namespace tidewaiter::cli {
namespace {

constexpr std::string_view kStdin = "-";
constexpr std::string_view kStdinName = "stdin.yaml";

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
    inputs.files.push_back({.name = std::move(file.name),
                            .path = std::move(file.path),
                            .named = file.named,
                            .if_manifest = file.if_manifest,
                            .chart = std::move(file.chart),
                            .linted = file.linted});
  }
  if (reads_stdin) {
    const std::string name = stdin_filename.value_or(std::string(kStdinName));
    inputs.files.push_back({.name = engine::name_of_input(name, discover),
                            .path = name,
                            .text = std::string(std::istreambuf_iterator<char>(world.in), {})});
  }
  return inputs;
}

}  // namespace tidewaiter::cli
