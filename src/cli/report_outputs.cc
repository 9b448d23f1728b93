#include "cli/report_outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>
#include <string_view>

#include "base/suggest.h"

namespace tidewaiter::cli {
namespace {

Result<const Format*> format_named(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Format& format : formats()) {
    if (format.name == name) return &format;
    names.push_back(format.name);
  }
  return Error{.message = fmt::format("There is no format '{}'.{} The formats are {}.", name,
                                      did_you_mean(name, names), fmt::join(names, ", "))};
}

/// `out` closed or full.
Error refused(const std::optional<std::string>& file) {
  return {.code = ErrorCode::kIo,
          .message = fmt::format("Cannot write to {}: it is closed or full.",
                                 file ? "'" + *file + "'" : "standard output")};
}

Result<void> write_one(const ReportOutput& output, std::ostream& out,
                       const ReportOptions& options, const RunInfo& info,
                       std::span<const Finding> findings, const RunSummary& summary) {
  const auto reporter = output.format->make(out, options);
  reporter->begin(info);
  for (const Finding& finding : findings) reporter->add(finding);
  const auto written = reporter->end(summary);
  out.flush();
  if (!written || !out) return refused(output.file);
  return {};
}

}  // namespace

bool use_color(ColorChoice choice, const World& world) {
  if (choice == ColorChoice::kAuto) return world.out_is_terminal && !world.no_color;
  return choice == ColorChoice::kAlways;
}

Result<std::vector<ReportOutput>> report_outputs(const CheckOptions& options) {
  std::vector<ReportOutput> outputs;
  bool output_used = false;
  for (const std::string_view spec : options.formats) {
    const std::size_t equals = spec.find('=');
    const auto format = format_named(spec.substr(0, equals));
    if (!format) return format.error();
    ReportOutput output{.format = *format, .file = options.output};
    if (equals != spec.npos) {
      output.file = std::string(spec.substr(equals + 1));
    } else {
      output_used = true;
    }
    outputs.push_back(std::move(output));
  }
  if (outputs.empty()) {
    outputs.push_back({.format = *format_named("text"), .file = options.output});
    output_used = true;
  }
  if (options.output && !output_used) {
    return Error{.message =
                     fmt::format("Nothing is left to write to '{}': every --format names "
                                 "a file of its own.",
                                 *options.output)};
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].file && outputs[i].file->empty()) {
      return Error{.message = fmt::format("--format {}= needs the name of a file after '='.",
                                          outputs[i].format->name)};
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (outputs[i].file != outputs[j].file) continue;
      return Error{.message = fmt::format(
                       "Two reports cannot both go to {}; write for example "
                       "'--format {} --format {}=FILE'.",
                       outputs[i].file ? "'" + *outputs[i].file + "'" : "standard output",
                       outputs[j].format->name, outputs[i].format->name)};
    }
  }
  return outputs;
}

Result<void> write_reports(std::span<const ReportOutput> outputs, const ReportOptions& options,
                           const RunInfo& info, std::span<const Finding> findings,
                           const RunSummary& summary, const World& world) {
  for (const ReportOutput& output : outputs) {
    if (!output.file) {
      if (auto written = write_one(output, world.out, options, info, findings, summary);
          !written) {
        return written;
      }
      continue;
    }
    const auto file = world.create(*output.file);
    if (!file) return file.error();
    ReportOptions plain = options;
    plain.color = false;
    if (auto written = write_one(output, **file, plain, info, findings, summary); !written) {
      return written;
    }
  }
  return {};
}

}  // namespace tidewaiter::cli
