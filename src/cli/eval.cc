#include "cli/eval.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <ostream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/line_index.h"
#include "cel/value_data.h"
#include "cel/value_read.h"
#include "cli/config_settings.h"
#include "cli/inputs.h"
#include "cli/load_config.h"
#include "cli/print_error.h"
#include "cli/source_excerpt.h"
#include "cli/value_text.h"
#include "cli/value_walk.h"
#include "config/config.h"
#include "config/find_config.h"
#include "engine/expression_evaluator.h"
#include "engine/parallel.h"
#include "engine/resource_values.h"
#include "k8s/group_kind.h"
#include "report/shown_text.h"
#include "rules/domain_functions.h"
#include "yaml/place.h"

namespace tidewaiter::cli {
namespace {

constexpr std::string_view kTooLarge = "The value is too large to be printed.";

/// What the flags and the config say; nothing when one of them is wrong, which was printed.
struct EvalPlan {
  engine::Settings settings;
  engine::DiscoverOptions discover;
  LoadedConfig config;  ///< What the others borrow from.
};

bool choose_version(const EvalOptions& options, EvalPlan& plan, std::ostream& err) {
  if (!options.kubernetes_version) return true;
  const auto minor = config::kubernetes_minor_of(*options.kubernetes_version);
  if (minor) {
    plan.settings.kubernetes_minor = *minor;
    return true;
  }
  print_error(err, {.message = fmt::format("--kubernetes-version must be a version such as "
                                           "1.34, not '{}'.",
                                           *options.kubernetes_version)});
  return false;
}

std::unique_ptr<EvalPlan> plan_eval(const EvalOptions& options, const World& world) {
  auto plan = std::make_unique<EvalPlan>();
  if (!options.no_config) {
    auto loaded = load_config(options.config, world);
    if (!loaded) return nullptr;
    plan->config = *std::move(loaded);
    const auto errors = apply_config(plan->config.config, plan->settings);
    if (!errors.empty()) {
      print_errors(world.err, errors, plan->config.config.source->text());
      return nullptr;
    }
  }
  if (!choose_version(options, *plan, world.err)) return nullptr;
  plan->settings.functions = &rules::domain_functions();
  plan->settings.limits = options.limits;
  plan->settings.threads = engine::default_threads();
  plan->discover.working_folder = world.working_folder;
  plan->discover.root =
      config::repository_root(world.files, world.working_folder).value_or(world.working_folder);
  return plan;
}

/// Prints what is wrong with the text of one file; false if a document could not be read.
/// (Templates are not meant to be read, and are none of it.)
bool print_problems(const engine::LoadedFile& file, std::ostream& err) {
  const Source& source = *file.source;
  std::vector<Error> errors;
  std::vector<Error> notes;
  for (const yaml::Problem& problem : file.yaml.problems) {
    if (problem.kind == yaml::ProblemKind::kDuplicateKey) continue;
    const bool rejected =
        file.yaml.documents[problem.document].state == yaml::DocumentState::kRejected;
    (rejected ? errors : notes)
        .push_back(
            {.message = problem.message, .where = problem.at, .path = source.name()->shown});
  }
  print_errors(err, errors, source.text());
  print_errors(err, notes, source.text(), "note");
  return errors.empty();
}

/// Prints why files and documents could not be read; false if there were any.
bool print_unread(const std::vector<engine::LoadedFile>& files, std::ostream& err) {
  bool all_read = true;
  for (const engine::LoadedFile& file : files) {
    if (file.error) print_error(err, *file.error);
    all_read = !file.error && print_problems(file, err) && all_read;
  }
  return all_read;
}

/// How many documents hold no resource although something stands in them and was read.
std::size_t count_left_out(const std::vector<engine::LoadedFile>& files) {
  std::size_t count = 0;
  for (const engine::LoadedFile& file : files) {
    for (const k8s::Content content : file.extraction.contents) {
      count += content == k8s::Content::kNotAResource || content == k8s::Content::kNotKubernetes
                   ? 1
                   : 0;
    }
  }
  return count;
}

/// `kinds`: a Kind of any group, or group/Kind; none: every kind.
bool is_wanted(const k8s::Resource& resource, const std::vector<std::string>& kinds) {
  return kinds.empty() || std::ranges::any_of(kinds, [&](std::string_view kind) {
           auto pattern = k8s::parse_kind_pattern(kind);
           pattern.any_group = pattern.any_group || kind.find('/') == kind.npos;
           return pattern.matches(resource.group, resource.kind);
         });
}

/// Prints what an expression gives on one resource after the other.
class EvalPrinter {
 public:
  EvalPrinter(EvalFormat format, const World& world)
      : format_(format), out_(world.out), err_(world.err), json_(world.out) {}

  void print(const engine::Evaluation& evaluation, const k8s::Resource* resource) {
    const std::string fault = fault_of(evaluation.value);
    failed_ = failed_ || !fault.empty();
    if (format_ == EvalFormat::kJson) {
      print_json(evaluation, resource, fault);
    } else if (!fault.empty()) {
      print_fault(evaluation, resource, fault);
    } else if (format_ == EvalFormat::kRaw) {
      print_raw(evaluation.value);
    } else {
      print_text(evaluation, resource);
    }
  }
  bool failed() const { return failed_; }

 private:
  static std::string fault_of(const cel::Value& value) {
    if (value.is_error()) return std::string(value.as_error()->message);
    return is_printable(value) ? std::string() : std::string(kTooLarge);
  }

  const LineIndex& lines_of(const Source& source) {
    auto& lines = lines_[&source];
    if (!lines) lines = std::make_unique<LineIndex>(source.text());
    return *lines;
  }

  Position position_of(const engine::RawPlace& place) {
    return lines_of(*place.source).at(place.span.begin);
  }

  /// "path:line:column: Kind 'name': "; nothing without a place.
  std::string header(const engine::RawPlace& place, const k8s::Resource* resource) {
    if (place.source == nullptr) return {};
    const Position at = position_of(place);
    return fmt::format("{}:{}:{}: {} '{}': ", report::shown_path(place.source->name()->shown),
                       at.line, at.column, report::shown_text(resource->kind),
                       report::shown_text(engine::display_name(*resource)));
  }

  std::string excerpt(const engine::RawPlace& place) {
    if (place.source == nullptr) return {};
    return source_excerpt(place.source->text(), lines_of(*place.source), place.span);
  }

  void print_text(const engine::Evaluation& evaluation, const k8s::Resource* resource) {
    std::string head = header(evaluation.place, resource);
    const bool below = !head.empty() && !is_one_line(evaluation.value);
    if (below) head.back() = '\n';
    out_ << head << (below ? "  " : "");
    write_value(out_, evaluation.value, below ? 2 : 0);
    out_ << '\n';
    if (evaluation.value.is_false()) out_ << excerpt(evaluation.place);
  }

  void print_raw(const cel::Value& value) {
    if (value.is(cel::ValueKind::kString)) {
      out_ << value.as_string() << '\n';
    } else {
      write_json(json_, value);
    }
  }

  /// Among the values, where it is seen; with --raw, which others read, beside them.
  void print_fault(const engine::Evaluation& evaluation, const k8s::Resource* resource,
                   const std::string& fault) {
    const std::string head = header(evaluation.place, resource);
    const std::string message = report::shown_text(fault);
    if (head.empty()) {
      print_error(err_, {.message = message});
    } else {
      (format_ == EvalFormat::kRaw ? err_ : out_) << head << "error: " << message << '\n'
                                                  << excerpt(evaluation.place);
    }
  }

  void print_json(const engine::Evaluation& evaluation, const k8s::Resource* resource,
                  const std::string& fault) {
    json_.begin_object();
    if (evaluation.place.source != nullptr) {
      const Position at = position_of(evaluation.place);
      json_.member("file", evaluation.place.source->name()->shown);
      json_.member_unsigned("line", at.line);
      json_.member_unsigned("column", at.column);
    }
    if (resource != nullptr) {
      json_.member("apiVersion", k8s::api_version_of(*resource));
      json_.member("kind", resource->kind);
      json_.member("namespace", resource->namespace_);
      json_.member("name", engine::display_name(*resource));
    }
    if (fault.empty()) {
      json_.member("type", cel::type_name(evaluation.value));
      json_.key("value");
      write_json(json_, evaluation.value);
    } else {
      json_.member("error", fault);
    }
    json_.end_object();
  }

  EvalFormat format_;
  std::ostream& out_;
  std::ostream& err_;
  report::JsonWriter json_;
  std::unordered_map<const Source*, std::unique_ptr<const LineIndex>> lines_;
  bool failed_ = false;
};

void note_what_was_left_out(const std::vector<engine::LoadedFile>& files, bool any_resource,
                            std::ostream& err) {
  if (const std::size_t count = count_left_out(files); count > 0) {
    err << fmt::format("tidewaiter: note: {} no Kubernetes {} and {} left out.\n",
                       count == 1 ? "1 document is" : fmt::format("{} documents are", count),
                       count == 1 ? "object" : "objects", count == 1 ? "was" : "were");
  } else if (!any_resource) {
    err << "tidewaiter: note: There is no Kubernetes object to evaluate it on.\n";
  }
}

}  // namespace

ExitCode run_eval(const EvalOptions& options, const World& world) {
  const auto plan = plan_eval(options, world);
  if (!plan) return ExitCode::kUsage;
  const auto program = engine::compile_expression(options.expression, plan->settings);
  if (!program) {
    const Error& error = program.error();
    print_error(world.err, {.message = error.message});
    if (error.where) world.err << expression_excerpt(options.expression, *error.where);
    return ExitCode::kUsage;
  }

  Inputs inputs;
  if (!options.paths.empty()) {
    inputs = find_inputs(options.paths, std::nullopt, plan->discover, world);
  }
  const auto files = engine::load_files(inputs.files, plan->settings, world.files);
  const bool all_read = print_unread(files, world.err) && inputs.complete;

  engine::ExpressionEvaluator evaluator(*program, files, world.files,
                                        plan->settings.kubernetes_minor);
  EvalPrinter printer(options.format, world);
  bool any = false;
  for (const k8s::Resource* resource : evaluator.resources()) {
    if (!is_wanted(*resource, options.kinds)) continue;
    printer.print(evaluator.evaluate(*resource), resource);
    any = true;
  }
  if (options.paths.empty()) {
    printer.print(evaluator.evaluate_alone(), nullptr);
  } else {
    note_what_was_left_out(files, any, world.err);
  }
  if (!all_read) return ExitCode::kUsage;
  return printer.failed() ? ExitCode::kFindings : ExitCode::kSuccess;
}

}  // namespace tidewaiter::cli
