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
    output.with_suppressed =
        (*format)->name != "sarif" || options.sarif_profile != SarifProfile::kGithub;
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

/// One report while it is written.
struct Reports::Open {
  const ReportOutput* output = nullptr;
  std::unique_ptr<std::ostream> file = {};  // null: standard output
  std::ostream* out = nullptr;
  ReportOptions options = {};
  std::unique_ptr<Reporter> reporter = {};
};

Reports::Reports(std::span<const ReportOutput> outputs, const ReportOptions& options,
                 const RunInfo& info, const World& world)
    : outputs_(outputs), options_(options), info_(info), world_(world) {}
Reports::~Reports() = default;

void Reports::open() {
  is_open_ = true;
  for (const ReportOutput& output : outputs_) {
    auto report = std::make_unique<Open>();
    report->output = &output;
    report->options = options_;
    report->options.with_suppressed = output.with_suppressed;
    report->out = &world_.out;
    if (output.file) {
      auto file = world_.create(*output.file);
      if (!file) {
        error_ = file.error();
        return;
      }
      report->file = *std::move(file);
      report->out = report->file.get();
      report->options.color = false;
    }
    report->reporter = output.format->make(*report->out, report->options);
    report->reporter->begin(info_);
    reports_.push_back(std::move(report));
  }
}

void Reports::add(const Finding& finding) {
  if (!is_open_) open();
  if (error_) return;
  for (const auto& report : reports_) report->reporter->add(finding);
}

Result<void> Reports::end(const RunSummary& summary) {
  if (!is_open_) open();
  if (error_) return *error_;
  for (const auto& report : reports_) {
    const auto written = report->reporter->end(summary);
    report->out->flush();
    if (!written || !*report->out) return refused(report->output->file);
  }
  return {};
}

}  // namespace tidewaiter::cli
