#include "report/rule_prose.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/utf8.h"
#include "tidewaiter/version.h"

namespace tidewaiter::report {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr char kEllipsis[] = "\xE2\x80\xA6";

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
char to_upper(char c) {
  return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlanks) - first + 1));
}

std::string folded(std::string_view text) {
  std::string result;
  for (const char c : trimmed(text)) {
    if (kBlanks.find(c) == std::string_view::npos) {
      result += c;
    } else if (result.back() != ' ') {  // trimmed: never empty here
      result += ' ';
    }
  }
  return result;
}

/// "job-ttl (TW201)"; a policy has a name only.
std::string title_of(const RuleInfo& rule) {
  return rule.name == rule.id ? rule.name : fmt::format("{} ({})", rule.name, rule.id);
}

}  // namespace

std::string documentation_url(const RuleInfo& rule) {
  if (rule.origin != RuleOrigin::kBuiltIn && !rule.references.empty()) {
    return rule.references.front();
  }
  std::string page = "rules/" + rule.name;
  if (rule.origin == RuleOrigin::kOwn) page = "writing-rules";
  if (rule.origin == RuleOrigin::kPolicy) page = "policies";
  return fmt::format("{}/blob/v{}/docs/{}.md", kHome, kVersion, page);
}

std::string first_sentence(std::string_view text, std::size_t max_bytes) {
  const std::string trimmed_text = trimmed(text);
  // An example often follows the first paragraph; on one line it would be no help.
  const std::size_t paragraph = trimmed_text.find("\n\n");
  std::string sentence = folded(std::string_view(trimmed_text).substr(0, paragraph));
  if (sentence.ends_with(':')) sentence.back() = '.';
  for (std::size_t i = 0; i + 2 < sentence.size(); ++i) {
    // "e.g. This" would end here too; no rule file says so.
    if (sentence[i] == '.' && sentence[i + 1] == ' ' &&
        (is_upper(sentence[i + 2]) || sentence[i + 2] == '`')) {
      sentence.resize(i + 1);
      break;
    }
  }
  if (sentence.size() <= max_bytes) return sentence;
  std::string_view kept = utf8_prefix(sentence, max_bytes);
  if (const std::size_t blank = kept.rfind(' '); blank != std::string_view::npos) {
    kept = kept.substr(0, blank);
  }
  return std::string(kept) + kEllipsis;
}

std::string with_full_stop(std::string_view text) {
  std::string sentence = trimmed(text);
  const bool ends = !sentence.empty() && (sentence.back() == '.' || sentence.back() == '!' ||
                                          sentence.back() == '?');
  return ends ? sentence : sentence + '.';
}

std::string clipped(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  return std::string(utf8_prefix(text, max_bytes)) + kEllipsis + ".";
}

std::string pascal_case(std::string_view kebab) {
  std::string name;
  while (!kebab.empty()) {
    const std::string_view word = kebab.substr(0, kebab.find('-'));
    kebab.remove_prefix(std::min(kebab.size(), word.size() + 1));
    if (word.empty()) continue;
    const bool joins = word.size() == 1 && !name.empty();
    name += joins ? word[0] : to_upper(word[0]);
    name += word.substr(1);
  }
  return name;
}

std::string help_text(const RuleInfo& rule) {
  std::string help = trimmed(rule.rationale);
  const auto add = [&help](std::string_view title, std::string_view text) {
    if (trimmed(text).empty()) return;
    help += fmt::format("{}{}{}", help.empty() ? "" : "\n\n", title, trimmed(text));
  };
  add("What to do: ", rule.remediation);
  add("When to ignore it: ", rule.when_to_ignore);
  add("", fmt::format("More: {}", documentation_url(rule)));
  return help;
}

std::string help_markdown(const RuleInfo& rule) {
  std::string help = fmt::format("# {}\n\n{}\n", title_of(rule), with_full_stop(rule.summary));
  const auto section = [&help](std::string_view title, std::string_view text) {
    if (trimmed(text).empty()) return;
    help += fmt::format("\n## {}\n\n{}\n", title, trimmed(text));
  };
  section("Why", rule.rationale);
  section("What to do", rule.remediation);
  section("When to ignore it", rule.when_to_ignore);
  std::string references;
  for (const std::string& url : rule.references) references += fmt::format("- <{}>\n", url);
  section("References", references);
  help += fmt::format("\n[Documentation of {}]({})\n", rule.name, documentation_url(rule));
  return help;
}

}  // namespace tidewaiter::report
