#include "engine/rule_runner.h"

#include <regex>
#include <sstream>

#include "base/file_system.h"
#include "rules/domain_functions.h"
#include "support/catch.h"

namespace tidewaiter::testing {
namespace {

std::string decode_base64(std::string_view text) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == kDigits.npos) continue;  // line ends and padding
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    if ((count += 6) >= 8) {
      count -= 8;
      bytes += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
  }
  return bytes;
}

/// The profiles, minor and pod template paths that an example's config names.
void apply_config(const rules::Constant& config, engine::Settings& settings) {
  if (const rules::Constant* version = config.find("kubernetesVersion")) {
    settings.kubernetes_minor =
        static_cast<std::uint32_t>(std::stoul(std::string(version->text.substr(2))));
  }
  if (const rules::Constant* paths = config.find("podTemplatePaths")) {
    for (std::size_t i = 0; i < paths->keys.size(); ++i) {
      REQUIRE(settings.pod_template_paths.add(paths->keys[i], paths->items[i].text));
    }
  }
}

}  // namespace

std::string to_string(const Lines& lines) {
  std::string text;
  for (const auto& [place, count] : lines) {
    if (!text.empty()) text += ", ";
    text += place.first + ":" + std::to_string(place.second);
    if (count > 1) text += " x" + std::to_string(count);
  }
  return text.empty() ? "none" : text;
}

engine::RunResult run_rule(const rules::Rule& rule,
                           const std::map<std::string, std::string>& files,
                           const std::string& profile, const rules::Constant& params,
                           const rules::Constant& config) {
  std::vector<const rules::Rule*> all;
  for (const rules::Rule& builtin : rules::builtin_rules()) all.push_back(&builtin);
  engine::Choice choice{.profiles = {profile}, .select = {std::string(rule.name)}};
  engine::RuleSetting setting{.rule = &rule};
  for (const rules::Param& param : rule.params) {
    setting.params.push_back(params.find(param.name));
  }
  choice.settings.push_back(setting);
  const auto selected = engine::select_rules(all, choice);
  REQUIRE(selected);

  engine::Settings settings;
  settings.all_rules = all;
  settings.rules = *selected;
  settings.profiles = choice.profiles;
  settings.functions = &rules::domain_functions();
  apply_config(config, settings);
  std::vector<engine::Input> inputs;
  for (const auto& [path, text] : files) {
    const std::size_t templates = path.find("/templates/");
    const bool in_chart =
        templates != path.npos && files.contains(path.substr(0, templates) + "/Chart.yaml");
    inputs.push_back({.name = std::make_shared<FileName>(FileName{.shown = path, .uri = path}),
                      .path = path,
                      .text = text,
                      .chart = in_chart ? path.substr(0, templates) : std::string()});
  }
  auto result = engine::run(inputs, settings, MemoryFileSystem());
  if (!result) FAIL(result.error().message);
  return *std::move(result);
}

Lines lines_of(const engine::RunResult& result, const rules::Rule& rule) {
  Lines lines;
  for (const Finding& finding : result.findings) {
    // TW001 and its kin always run; only the rule asked for counts.
    if (finding.suppressions.empty() && result.rule_ids[finding.rule] == rule.id) {
      ++lines[{finding.place.file->shown, finding.place.start.line}];
    }
  }
  return lines;
}

void add_markers(const std::string& path, std::string_view text, const rules::Rule& rule,
                 Lines& lines) {
  static const std::regex kMarker(
      R"(#\s*want:\s*([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)(?:\s+x(\d+))?\s*$)");
  std::istringstream stream{std::string(text)};
  std::string line;
  for (std::uint32_t number = 1; std::getline(stream, line); ++number) {
    std::smatch match;
    if (!std::regex_search(line, match, kMarker)) continue;
    const int count = match[2].matched ? std::stoi(match[2].str()) : 1;
    std::istringstream names(match[1].str());
    for (std::string name; std::getline(names, name, ',');) {
      name.erase(0, name.find_first_not_of(" \t"));
      if (name == rule.name) lines[{path, number}] += count;
    }
  }
}

std::map<std::string, std::string> files_of(const rules::Example& example) {
  std::map<std::string, std::string> files;
  for (const rules::Example::File& file : example.files) {
    files.emplace(file.path,
                  example.base64 ? decode_base64(file.text) : std::string(file.text));
  }
  return files;
}

Lines wanted(const rules::Rule& rule, const rules::Example& example,
             const std::map<std::string, std::string>& files) {
  static const std::regex kWant(R"((.+):(\d+)(?:\s+x(\d+))?)");
  Lines lines;
  for (const auto& [path, text] : files) add_markers(path, text, rule, lines);
  for (const std::string_view want : example.want) {
    std::smatch match;
    const std::string text(want);
    REQUIRE(std::regex_match(text, match, kWant));
    lines[{match[1].str(), static_cast<std::uint32_t>(std::stoul(match[2].str()))}] +=
        match[3].matched ? std::stoi(match[3].str()) : 1;
  }
  return lines;
}

}  // namespace tidewaiter::testing
