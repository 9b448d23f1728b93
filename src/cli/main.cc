// Only wires: the command line, the real disk, the standard streams and signals.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "base/suggest.h"
#include "cli/check.h"
#include "cli/command_help.h"
#include "cli/command_words.h"
#include "cli/dump.h"
#include "cli/eval.h"
#include "cli/explain.h"
#include "cli/export_policies.h"
#include "cli/graph.h"
#include "cli/list_rules.h"
#include "cli/options.h"
#include "cli/test_rules.h"
#include "cli/world.h"
#include "tidewaiter/reporter.h"
#include "tidewaiter/version.h"

namespace tidewaiter::cli {
namespace {

const std::map<std::string, ColorChoice> kColors = {{"auto", ColorChoice::kAuto},
                                                    {"always", ColorChoice::kAlways},
                                                    {"never", ColorChoice::kNever}};
const std::map<std::string, EvalFormat> kEvalFormats = {
    {"text", EvalFormat::kText}, {"raw", EvalFormat::kRaw}, {"json", EvalFormat::kJson}};
const std::map<std::string, GraphFormat> kGraphFormats = {{"text", GraphFormat::kText},
                                                          {"dot", GraphFormat::kDot},
                                                          {"mermaid", GraphFormat::kMermaid},
                                                          {"json", GraphFormat::kJson}};
const std::map<std::string, ListFormat> kListFormats = {{"text", ListFormat::kText},
                                                        {"json", ListFormat::kJson},
                                                        {"markdown", ListFormat::kMarkdown}};

const std::map<std::string, SarifProfile> kSarifProfiles = {{"full", SarifProfile::kFull},
                                                            {"github", SarifProfile::kGithub}};

const std::map<std::string, bool> kTestFormats = {{"text", false}, {"json", true}};

/// The longest nesting that --max-depth allows; what walks a document may recurse that deep.
constexpr std::uint32_t kDeepest = 1000;

/// Everything that the command line can say.
struct CommandLine {
  CheckOptions check;
  ExplainOptions explain;
  RulesOptions rules;
  DumpOptions dump;
  EvalOptions eval;
  GraphOptions graph;
  TestOptions test;
  PolicyExportOptions policy_export;
};

/// A flag that takes one value each time it is given.
CLI::Option* add_list(CLI::App& app, const std::string& flag, std::vector<std::string>& values,
                      const std::string& help) {
  return app.add_option(flag, values, help)->allow_extra_args(false);
}

/// Turns a word of the table into its value; any other word is an error that names them all.
template <class Value>
CLI::Validator one_of(const std::map<std::string, Value>& words) {
  return CLI::Validator(
      [words](std::string& word) -> std::string {
        if (const auto it = words.find(word); it != words.end()) {
          word = std::to_string(static_cast<int>(it->second));
          return {};
        }
        std::vector<std::string> names;
        for (const auto& [name, value] : words) names.push_back(name);
        return fmt::format("'{}' is none of {}.", word, fmt::join(names, ", "));
      },
      "", "one_of");
}

CLI::Option* add_color(CLI::App& app, ColorChoice& color) {
  return app
      .add_option("--color", color,
                  "auto, always or never; auto: on a terminal without NO_COLOR")
      ->transform(one_of(kColors))
      ->option_text("WHEN");
}

void add_limits(CLI::App& app, yaml::Limits& limits) {
  app.add_option("--max-depth", limits.depth, "Nesting that a document may have")
      ->option_text("N")
      ->check(CLI::Range(1U, kDeepest))
      ->group("Limits")
      ->capture_default_str();
  app.add_option("--max-document-size", limits.document_bytes,
                 "Size that a document may have, such as 8MiB")
      ->option_text("SIZE")
      ->transform(CLI::AsSizeValue(true))
      ->group("Limits")
      ->capture_default_str();
}

void add_check(CLI::App& app, CheckOptions& o) {
  app.add_option("PATH", o.paths, "Files or folders, or - for standard input; default: .")
      ->option_text("...");

  app.add_flag("--changed-only", o.changed_only,
               "Report only on PATHs, but lint all below this folder")
      ->group("What is checked");
  add_list(app, "--profile", o.profiles, "Rules to run: recommended, aks, jobs, strict")
      ->option_text("PROFILE,...")
      ->group("What is checked");
  add_list(app, "--select", o.select, "Run exactly these rules")
      ->option_text("RULE,...")
      ->group("What is checked");
  add_list(app, "--ignore", o.ignore, "Do not run these rules")
      ->option_text("RULE,...")
      ->group("What is checked");
  add_list(app, "--rules", o.rules, "A folder of rules of your own")
      ->option_text("DIR")
      ->group("What is checked");
  add_list(app, "--policy", o.policies, "ValidatingAdmissionPolicies: a file or folder")
      ->option_text("PATH")
      ->group("What is checked");
  add_list(app, "--exclude", o.exclude, "Leave out what matches this .gitignore pattern")
      ->option_text("PATTERN")
      ->group("What is checked");
  app.add_flag("--no-ignore-files", o.no_ignore_files, "Do not honor .gitignore files")
      ->group("What is checked");
  app.add_option("--kubernetes-version", o.kubernetes_version, "Target version, such as 1.34")
      ->option_text("VERSION")
      ->group("What is checked");
  app.add_option("--stdin-filename", o.stdin_filename, "The name of what is read from -")
      ->option_text("NAME")
      ->group("What is checked");
  add_limits(app, o.limits);

  app.add_option("--config", o.config, "Use this config, not the nearest .tidewaiter.yaml")
      ->option_text("FILE")
      ->group("Config");
  app.add_flag("--no-config", o.no_config, "Use no config")
      ->group("Config")
      ->excludes("--config");

  std::vector<std::string_view> formats;
  for (const Format& format : tidewaiter::formats()) formats.push_back(format.name);
  add_list(app, "--format", o.formats,
           fmt::format("{}; FORMAT=FILE writes to a file", fmt::join(formats, ", ")))
      ->option_text("FORMAT[=FILE]")
      ->group("Report");
  app.add_option("--output,-o", o.output, "Write the report to this file")
      ->option_text("FILE")
      ->group("Report");
  app.add_option(
         "--sarif-profile", o.sarif_profile,
         "full, or github: without suppressed findings, which GitHub would show as open")
      ->transform(one_of(kSarifProfiles))
      ->option_text("PROFILE")
      ->group("Report");
  app.add_option("--root", o.root,
                 "The folder that paths in SARIF and for GitHub are relative to")
      ->option_text("DIR")
      ->group("Report");
  app.add_flag("--reproducible", o.reproducible, "Write nothing that differs between machines")
      ->group("Report");
  add_color(app, o.color)->group("Report");
  app.add_flag("--quiet,-q", o.quiet, "One line a finding and no summary")->group("Report");
  app.add_flag("--verbose,-v", o.verbose,
               "Suppressed findings too, and rules that could not judge")
      ->group("Report")
      ->excludes("--quiet");

  app.add_option("--fail-on", o.fail_on,
                 "Exit 1 from this severity on: error, warning, note, never")
      ->option_text("SEVERITY")
      ->group("Outcome");
  app.add_flag("--require-understood", o.require_understood,
               "Exit 1 if any document was not understood")
      ->group("Outcome");
  app.add_flag("--require-reason", o.require_reason,
               "A suppression without a reason suppresses nothing")
      ->group("Outcome");
  app.add_option("--jobs,-j", o.jobs, "Threads; 0: one for each processor")
      ->option_text("N")
      ->check(CLI::Range(0U, 1024U))
      ->group("Outcome");
}

void add_explain(CLI::App& app, ExplainOptions& o) {
  app.add_option("RULE", o.rules, "Name, id or alias, or another linter's id")
      ->option_text("...")
      ->required();
  add_list(app, "--rules", o.rule_dirs, "A folder of rules of your own")->option_text("DIR");
  add_color(app, o.color);
}

void add_rules(CLI::App& app, RulesOptions& o) {
  app.add_option("--format", o.format, "text, json or markdown")
      ->transform(one_of(kListFormats))
      ->option_text("FORMAT");
  add_list(app, "--profile", o.profiles, "Only rules of this profile")
      ->option_text("PROFILE,...")
      ->delimiter(',');
  add_list(app, "--tag", o.tags, "Only rules with this tag")
      ->option_text("TAG,...")
      ->delimiter(',');
  add_list(app, "--kind", o.kinds, "Only rules that judge this kind, such as Job or batch/Job")
      ->option_text("KIND,...")
      ->delimiter(',');
  add_list(app, "--rules", o.rule_dirs, "A folder of rules of your own")->option_text("DIR");
}

void add_dump(CLI::App& app, DumpOptions& o) {
  app.add_option("FILE", o.paths, "Files, or - for standard input")
      ->option_text("...")
      ->required();
  add_limits(app, o.limits);
}

void add_test(CLI::App& app, TestOptions& o) {
  app.add_option("DIR", o.folders, "Folders of rules, or rule files")
      ->option_text("...")
      ->required();
  add_list(app, "--rule", o.rules, "Only this rule: a name or id")
      ->option_text("RULE,...")
      ->delimiter(',');
  app.add_option("--format", o.json, "text or json")
      ->transform(one_of(kTestFormats))
      ->option_text("FORMAT");
}

void add_eval(CLI::App& app, EvalOptions& o) {
  app.add_option("EXPR", o.expression, "A CEL expression, as in a rule or a policy")
      ->option_text(" ")
      ->required();
  app.add_option("FILE", o.paths, "Files or folders, or - for standard input")
      ->option_text("...");
  add_list(app, "--kind", o.kinds, "Only resources of this kind, such as Job or batch/Job")
      ->option_text("KIND,...")
      ->delimiter(',');
  app.add_option("--format", o.format,
                 "text; raw: values alone, text without quotes; json: a line each")
      ->transform(one_of(kEvalFormats))
      ->option_text("FORMAT");
  app.add_option("--kubernetes-version", o.kubernetes_version, "Target version, such as 1.34")
      ->option_text("VERSION");
  app.add_option("--config", o.config, "Use this config, not the nearest .tidewaiter.yaml")
      ->option_text("FILE");
  app.add_flag("--no-config", o.no_config, "Use no config")->excludes("--config");
  add_limits(app, o.limits);
  app.footer(kEvalFooter);
}

void add_graph(CLI::App& app, GraphOptions& o) {
  app.add_option("PATH", o.paths, "Files or folders, or - for standard input; default: .")
      ->option_text("...");
  app.add_option("--format", o.format, "text, dot, mermaid or json")
      ->transform(one_of(kGraphFormats))
      ->option_text("FORMAT");
  app.add_option("--config", o.config, "Use this config, not the nearest .tidewaiter.yaml")
      ->option_text("FILE");
  app.add_flag("--no-config", o.no_config, "Use no config")->excludes("--config");
  add_limits(app, o.limits);
}

void add_policy_export(CLI::App& app, PolicyExportOptions& o) {
  add_list(app, "--rule", o.rules, "Only these rules: names or ids")->option_text("RULE,...");
  add_list(app, "--profile", o.profiles,
           "Rules of these profiles: recommended, aks, jobs, strict")
      ->option_text("PROFILE,...");
  app.add_option("--action", o.action,
                 "Deny, Warn or Audit; else by severity: error, warning, note")
      ->option_text("ACTION");
  add_list(app, "--rules", o.rule_dirs, "A folder of rules of your own")->option_text("DIR");
  app.add_option("--kubernetes-version", o.kubernetes_version,
                 "Leave out what this version does not take, such as 1.34")
      ->option_text("VERSION");
  app.add_option("--config", o.config, "Use this config, not the nearest .tidewaiter.yaml")
      ->option_text("FILE");
  app.add_flag("--no-config", o.no_config, "Use no config")->excludes("--config");
  app.footer(kExportFooter);
}

/// What to say about a command line that CLI11 rejected.
std::string complaint_of(const CLI::App& app, const CLI::ParseError& error,
                         std::span<char*> arguments) {
  std::vector<std::string> names;
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().back();
  for (const CLI::Option* option : command->get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  for (std::string_view word : arguments) {
    if (!word.starts_with("--") || word == "--") continue;
    word = word.substr(0, word.find('='));
    if (std::ranges::find(known, word) != known.end()) continue;
    return fmt::format("There is no flag '{}'.{}", word, did_you_mean(word, known));
  }
  return error.what();
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands(nullptr)) names.push_back(sub->get_name());
  return names;
}

std::vector<CommandWords> command_words(const CLI::App& app) {
  std::vector<CommandWords> commands;
  for (const CLI::App* sub : app.get_subcommands(nullptr)) {
    commands.push_back({.name = sub->get_name(), .further = command_names(*sub)});
  }
  return commands;
}

Result<std::unique_ptr<std::ostream>> create_file(const std::string& path) {
  auto file = std::make_unique<std::ofstream>(path, std::ios::binary | std::ios::trunc);
  if (*file) return std::unique_ptr<std::ostream>(std::move(file));
  return Error{.code = ErrorCode::kIo,
               .message = fmt::format("Cannot write '{}': {}.", path, std::strerror(errno))};
}

int fail(const std::string& message) {
  std::cerr << fmt::format("tidewaiter: error: {}\n", message);
  return static_cast<int>(ExitCode::kUsage);
}

int run(int argc, char** argv) {
  CommandLine line;
  CLI::App app("tidewaiter checks Kubernetes manifests before they reach the cluster.",
               "tidewaiter");
  app.set_version_flag("--version", fmt::format("tidewaiter {}", kVersion));
  app.require_subcommand(1);
  CLI::App& check = *app.add_subcommand("check", "Check manifests");
  CLI::App& explain = *app.add_subcommand("explain", "Say everything about a rule");
  CLI::App& rules = *app.add_subcommand("rules", "List the rules");
  CLI::App& dump = *app.add_subcommand("dump", "Print what Kubernetes will see, as JSON lines");
  CLI::App& test = *app.add_subcommand("test", "Run the examples of your own rules");
  CLI::App& eval = *app.add_subcommand("eval", "Evaluate an expression on each resource");
  CLI::App& graph = *app.add_subcommand("graph", "Show what refers to what");
  CLI::App& policy = *app.add_subcommand("policy", "ValidatingAdmissionPolicies");
  CLI::App& policy_export = *policy.add_subcommand("export", "Print rules as policies");
  policy.require_subcommand(1);
  app.footer(kFooter);
  check.footer(kFooter);
  add_check(check, line.check);
  add_explain(explain, line.explain);
  add_rules(rules, line.rules);
  add_dump(dump, line.dump);
  add_eval(eval, line.eval);
  add_graph(graph, line.graph);
  add_test(test, line.test);
  add_policy_export(policy_export, line.policy_export);

  const DiskFileSystem disk;
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  if (argc == 1) {
    std::cerr << app.help();
    return static_cast<int>(ExitCode::kUsage);
  }
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  if (const auto text = unknown_command(command_words(app), words, disk); !text.empty()) {
    return fail(text);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return fail(complaint_of(app, error, arguments.subspan(1)));
  }
  auto folder = disk.resolve(".");
  if (!folder) return fail(folder.error().message);
  const char* const no_color = std::getenv("NO_COLOR");
  const World world{.files = disk,
                    .in = std::cin,
                    .out = std::cout,
                    .err = std::cerr,
                    .working_folder = *std::move(folder),
                    .out_is_terminal = isatty(STDOUT_FILENO) != 0,
                    .no_color = no_color != nullptr && *no_color != 0,
                    .create = create_file};
  const ExitCode code = check.parsed()     ? run_check(line.check, world)
                        : explain.parsed() ? run_explain(line.explain, world)
                        : rules.parsed()   ? run_rules(line.rules, world)
                        : eval.parsed()    ? run_eval(line.eval, world)
                        : graph.parsed()   ? run_graph(line.graph, world)
                        : test.parsed()    ? run_test(line.test, world)
                        : policy.parsed()  ? run_policy_export(line.policy_export, world)
                                           : run_dump(line.dump, world);
  std::cout.flush();
  if (!std::cout) return fail("Cannot write to standard output: it is closed or full.");
  return static_cast<int>(code);
}

/// The handlers only leave: nothing else is safe in them.
void install_signal_handlers() {
  signal(SIGPIPE, SIG_IGN);  // a closed pipe shows in the state of the stream
  signal(SIGINT, [](int) { _exit(static_cast<int>(ExitCode::kInterrupted)); });
  signal(SIGABRT, [](int) { _exit(static_cast<int>(ExitCode::kInternal)); });
}

}  // namespace
}  // namespace tidewaiter::cli

int main(int argc, char** argv) {
  using tidewaiter::cli::ExitCode;
  tidewaiter::cli::install_signal_handlers();
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  try {
    return tidewaiter::cli::run(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("tidewaiter: error: There is not enough memory.\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tidewaiter: internal failure: %s\n", error.what());
  }
  return static_cast<int>(ExitCode::kInternal);
}
