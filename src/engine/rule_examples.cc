#include "engine/rule_examples.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/file_system.h"
#include "engine/discover.h"
#include "engine/fix_trial.h"
#include "rules/example_wants.h"
#include "rules/message_template.h"
#include "rules/param_value.h"
#include "rules/rule_names.h"
#include "yaml/tagged_text.h"

namespace tidewaiter::engine {
namespace {

using Kind = ExampleFault::Kind;
/// Path and line.
using Line = std::pair<std::string, std::uint32_t>;

/// Tells what a failed evaluation of a user's rule came to.
constexpr std::string_view kRuleError = "TW014";

class ExampleRun {
 public:
  ExampleRun(const SelectedRule& rule, const rules::Example& example, const Settings& settings)
      : rule_(rule), example_(example), settings_(settings), names_(settings.all_rules) {}

  ExampleOutcome run() {
    read_files();
    read_wants();
    check_params();
    if (outcome_.faults.empty()) lint();
    std::ranges::stable_sort(outcome_.faults, {}, [](const ExampleFault& fault) {
      return std::tie(fault.path, fault.line);
    });
    return std::move(outcome_);
  }

 private:
  void add(ExampleFault fault) { outcome_.faults.push_back(std::move(fault)); }
  void fail(std::string message) { add({.message = std::move(message)}); }

  void read_files() {
    for (const rules::Example::File& file : example_.files) {
      std::string text(file.text);
      if (example_.base64) {
        auto bytes = yaml::decode_base64(file.text);
        if (!bytes) {
          add({.path = std::string(file.path), .message = "This text is no base64."});
          continue;
        }
        text = *std::move(bytes);
      }
      read_markers(std::string(file.path), text);
      texts_.insert_or_assign(std::string(file.path), std::move(text));
    }
  }

  void read_markers(const std::string& path, std::string_view text) {
    std::uint32_t number = 1;
    for (std::string_view rest = text; !rest.empty(); ++number) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const auto marker = rules::parse_want_marker(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (!marker) continue;
      if (!marker->well_formed) {
        add({.path = path,
             .line = number,
             .message = fmt::format("A marker is '# want: {}' and nothing more, or "
                                    "'# want: {} x2' for two findings on one line.",
                                    rule_.rule->name, rule_.rule->name)});
        continue;
      }
      for (const std::string_view name : marker->names) {
        const rules::Rule* const meant = names_.find(name);
        if (meant == nullptr) {
          add({.path = path, .line = number, .message = names_.unknown_own(name)});
        } else if (meant->id == rule_.rule->id) {
          wanted_[{path, number}] += marker->count;
        }
      }
    }
  }

  void read_wants() {
    for (const std::string_view item : example_.want) {
      const auto line = rules::parse_wanted_line(item);
      const auto has_path = [&](const rules::Example::File& f) { return f.path == line->path; };
      if (line && std::ranges::any_of(example_.files, has_path)) {
        wanted_[{std::string(line->path), line->line}] += line->count;
      } else {
        fail(
            fmt::format("'{}' under 'want' is no line of a file of this example; write "
                        "'path:LINE' or 'path:LINE x2'.",
                        item));
      }
    }
    if (example_.bad && wanted_.empty()) {
      fail(
          fmt::format("A bad example says where the findings are: write '# want: {}' at the "
                      "end of each line that is reported.",
                      rule_.rule->name));
    } else if (!example_.bad && !wanted_.empty()) {
      fail("A good example has no findings, but this one wants some; call it 'bad'.");
    }
  }

  void check_params() {
    params_ = rule_.params;
    const auto& declared = rule_.rule->params;
    params_.resize(declared.size(), nullptr);
    for (std::size_t i = 0; i < example_.params.keys.size(); ++i) {
      const std::string_view name = example_.params.keys[i];
      const auto param = std::ranges::find(declared, name, &rules::Param::name);
      if (param == declared.end()) {
        fail(fmt::format("Rule '{}' has no param '{}'.", rule_.rule->name, name));
      } else if (auto fault = rules::fault_of(*param, example_.params.items[i])) {
        fail(std::move(fault->message));
      } else {
        params_[static_cast<std::size_t>(param - declared.begin())] = &example_.params.items[i];
      }
    }
  }

  std::vector<std::string> profiles() const {
    if (!example_.profile.empty()) return {std::string(example_.profile)};
    if (!settings_.profiles.empty()) return settings_.profiles;
    if (!rule_.rule->profiles.empty()) return {std::string(rule_.rule->profiles.front())};
    return {"recommended"};
  }

  void lint() {
    Settings settings = settings_;
    settings.profiles = profiles();
    settings.threads = 1;
    const auto selected = select_rules(
        settings.all_rules,
        {.profiles = settings.profiles, .select = {std::string(kRuleError)}, .settings = {}});
    if (!selected) return fail(selected.error().message);
    std::vector<SelectedRule> rules = *selected;
    std::erase_if(rules, [&](const SelectedRule& s) { return s.rule->id == rule_.rule->id; });
    rules.push_back({.rule = rule_.rule, .severity = rule_.severity, .params = params_});
    std::ranges::sort(rules, {}, [](const SelectedRule& s) { return s.rule->id; });
    settings.rules = rules;
    settings.with_fixes = !rule_.rule->fix.empty();

    const auto result = run_on(texts_, settings);
    if (!result) return fail(result.error().message);
    compare(*result);
    for (const Silence& silence : result->silences) {
      if (!silence.excused) fail("The rule failed on " + silence.reason);
    }
    if (settings.with_fixes && outcome_.faults.empty()) try_fixes(*result, settings);
  }

  void try_fixes(const RunResult& result, const Settings& settings) {
    const FixTrial trial = engine::try_fixes(
        texts_, result, [&](const FileTexts& texts) { return run_on(texts, settings); });
    outcome_.fixes = trial.fixes;
    for (const FixFault& fault : trial.faults) {
      if (fault.finding == nullptr) {
        fail(fault.message);
      } else {
        add(fault_at(*fault.finding, Kind::kOther, fault.message));
      }
    }
  }

  static Result<RunResult> run_on(const FileTexts& texts, const Settings& settings) {
    MemoryFileSystem files;
    for (const auto& [path, text] : texts) files.add_file(path, text);
    return engine::run(inputs(files), settings, files);
  }

  static std::vector<Input> inputs(const MemoryFileSystem& files) {
    const std::string folder(MemoryFileSystem::kWorkingFolder);
    const std::string everything[] = {"."};
    auto found = discover(files, everything, {.working_folder = folder, .root = folder});
    std::vector<Input> inputs;
    for (InputFile& file : found.files) {
      inputs.push_back(input_of(std::move(file)));
    }
    return inputs;
  }

  void compare(const RunResult& result) {
    std::map<Line, std::vector<const Finding*>> found;
    for (const Finding& finding : result.findings) {
      const std::string& id = result.rule_ids[finding.rule];
      if (id == rule_.rule->id) {
        if (!finding.suppressions.empty()) continue;
        ++outcome_.findings;
        found[{finding.place.file->shown, finding.place.start.line}].push_back(&finding);
        check_message(finding);
      } else if (!rule_.rule->builtin) {
        // Not judged at all, so that silence would prove nothing.
        add(fault_at(finding, Kind::kOther, finding.message));
      }
    }
    for (const auto& [line, findings] : found) compare_line(line, findings);
    for (const auto& [line, count] : wanted_) {
      if (!found.contains(line)) report_missing(line, count, 0);
    }
  }

  void compare_line(const Line& line, const std::vector<const Finding*>& findings) {
    const auto it = wanted_.find(line);
    const std::uint32_t wanted = it == wanted_.end() ? 0 : it->second;
    if (findings.size() < wanted) return report_missing(line, wanted, findings.size());
    if (findings.size() == wanted) return;
    const std::string prefix =
        wanted == 0 ? std::string("This finding is not wanted: ")
                    : fmt::format("{} of these findings, but {} on this line: ", wanted,
                                  findings.size());
    for (const Finding* finding : findings) {
      add(fault_at(*finding, Kind::kUnexpected, prefix + finding->message));
    }
  }

  void report_missing(const Line& line, std::uint32_t wanted, std::size_t found) {
    add({.kind = Kind::kMissing,
         .path = line.first,
         .line = line.second,
         .message = wanted == 1 ? "A finding is wanted here, but there is none."
                                : fmt::format("{} findings are wanted here, but there are {}.",
                                              wanted, found)});
  }

  /// A part of a message that fails prints '?'; so it is a fault where nothing else could have
  /// written one.
  void check_message(const Finding& finding) {
    if (finding.message.find('?') == finding.message.npos || rule_.rule->builtin) return;
    const auto may_ask = [](std::string_view text) { return text.find('?') != text.npos; };
    const bool of_file = std::ranges::any_of(
        example_.files, [&](const rules::Example::File& file) { return may_ask(file.text); });
    const bool of_rule = std::ranges::any_of(rule_.rule->checks, [&](const rules::Check& c) {
      return may_ask(rules::literal_part(c.message.text));
    });
    if (of_file || of_rule) return;
    add(fault_at(finding, Kind::kOther,
                 "A part of the message failed and became '?': " + finding.message));
  }

  static ExampleFault fault_at(const Finding& finding, Kind kind, std::string message) {
    return {.kind = kind,
            .path = finding.place.file->shown,
            .line = finding.place.start.line,
            .column = finding.place.start.column,
            .message = std::move(message)};
  }

  const SelectedRule& rule_;
  const rules::Example& example_;
  const Settings& settings_;
  rules::RuleNames names_;
  FileTexts texts_;
  std::map<Line, std::uint32_t> wanted_;
  std::vector<const rules::Constant*> params_;
  ExampleOutcome outcome_;
};

}  // namespace

ExampleOutcome run_example(const SelectedRule& rule, const rules::Example& example,
                           const Settings& settings) {
  return ExampleRun(rule, example, settings).run();
}

}  // namespace tidewaiter::engine
