#include "k8s/pre_stop.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

/// What `sleep` takes: a number of at most nine digits before the point, with s, m, h or d.
std::optional<double> duration_of(std::string_view text) {
  double factor = 1;
  if (!text.empty()) {
    switch (text.back()) {
      case 's': break;
      case 'm': factor = 60; break;
      case 'h': factor = 3600; break;
      case 'd': factor = 86400; break;
      default: factor = 0;
    }
  }
  if (factor == 0) {
    factor = 1;
  } else if (!text.empty()) {
    text.remove_suffix(1);
  }
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789.") != text.npos) {
    return std::nullopt;
  }
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number * factor;
}

std::string_view last_part(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

/// The sum of what stands behind a `sleep`; nothing if a part is no literal duration.
std::optional<double> sum_of(std::span<const std::string_view> durations) {
  if (durations.empty()) return std::nullopt;
  double sum = 0;
  for (const std::string_view text : durations) {
    const auto duration = duration_of(text);
    if (!duration) return std::nullopt;
    sum += *duration;
  }
  return sum;
}

/// What one simple command of a script sleeps: its words, without redirections or quoting.
double sleep_of_command(std::span<const std::string_view> words) {
  static constexpr std::array<std::string_view, 8> kBefore = {"then", "do",   "else", "{",
                                                              "!",    "exec", "if",   "time"};
  while (!words.empty() && std::ranges::find(kBefore, words.front()) != kBefore.end()) {
    words = words.subspan(1);
  }
  if (words.empty() || last_part(words.front()) != "sleep") return 0;
  return sum_of(words.subspan(1)).value_or(0);
}

double sleep_of_script(std::string_view script) {
  double sum = 0;
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  const auto end_word = [&](std::size_t at) {
    if (at > begin) words.push_back(script.substr(begin, at - begin));
    begin = at + 1;
  };
  const auto end_command = [&](bool in_background) {
    if (!in_background) sum += sleep_of_command(words);
    words.clear();
  };
  char quote = 0;
  for (std::size_t i = 0; i < script.size(); ++i) {
    const char c = script[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '#' && i == begin) {
      i = std::min(script.find('\n', i), script.size()) - 1;
      begin = i + 1;
    } else if (c == ' ' || c == '\t') {
      end_word(i);
    } else if (std::string_view(";|&\n\r()").find(c) != std::string_view::npos) {
      end_word(i);
      const bool is_double = i + 1 < script.size() && script[i + 1] == c;
      const bool is_redirection = c == '&' && i > 0 && (script[i - 1] == '>');
      if (is_redirection) continue;
      end_command(/*in_background=*/c == '&' && !is_double);
      if (is_double && (c == '&' || c == '|')) begin = ++i + 1;
    }
  }
  end_word(script.size());
  end_command(/*in_background=*/false);
  return sum;
}

double sleep_of_argv(const Node& command) {
  std::vector<std::string_view> words;
  for (std::uint32_t i = 0; i < command.size(); ++i) {
    if (!command.item(i).is_string()) return 0;
    words.push_back(command.item(i).as_string());
  }
  if (words.size() < 2) return 0;
  const std::string_view program = last_part(words[0]);
  if (program == "sleep") return sum_of(std::span(words).subspan(1)).value_or(0);
  static constexpr std::array<std::string_view, 5> kShells = {"sh", "bash", "ash", "dash",
                                                              "zsh"};
  if (std::ranges::find(kShells, program) == kShells.end()) return 0;
  for (std::size_t i = 1; i + 1 < words.size() && words[i].starts_with('-'); ++i) {
    if (words[i].ends_with('c')) return sleep_of_script(words[i + 1]);
  }
  return 0;
}

}  // namespace

double pre_stop_sleep(const Node& hook) {
  const Node* const sleep = hook.find("sleep");
  const Node* const seconds = sleep == nullptr ? nullptr : sleep->find("seconds");
  if (seconds != nullptr && seconds->kind() == yaml::Kind::kInt) {
    return static_cast<double>(seconds->as_int());
  }
  const Node* const exec = hook.find("exec");
  const Node* const command = exec == nullptr ? nullptr : exec->find("command");
  return command == nullptr || !command->is_sequence() ? 0 : sleep_of_argv(*command);
}

}  // namespace tidewaiter::k8s
