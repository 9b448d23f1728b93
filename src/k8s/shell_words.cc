#include "k8s/shell_words.h"

#include <algorithm>

#include "k8s/letters.h"

namespace tidewaiter::k8s {
namespace {

constexpr std::string_view kShells[] = {"sh", "bash", "ash", "dash", "zsh", "ksh"};

bool is_separator(char c) {
  return c == ';' || c == '|' || c == '&' || c == '(' || c == ')' || c == '\n';
}

}  // namespace

std::vector<std::string> shell_words(std::string_view script) {
  std::vector<std::string> words;
  std::string word;
  bool has_word = false;
  char quote = '\0';
  const auto end_word = [&] {
    if (has_word) words.push_back(std::move(word));
    word.clear();
    has_word = false;
  };
  for (std::size_t i = 0; i < script.size(); ++i) {
    const char c = script[i];
    if (c == '\\' && quote != '\'' && i + 1 < script.size()) {
      if (script[++i] != '\n') word += script[i];
      has_word = true;
    } else if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        word += c;
      }
    } else if (c == '"' || c == '\'') {
      quote = c;
      has_word = true;
    } else if (c == '#' && !has_word) {
      i = std::min(script.find('\n', i), script.size()) - 1;  // a comment
    } else if (is_separator(c) && !(c == '(' && word.ends_with('$'))) {
      end_word();
      words.emplace_back();
    } else if (is_blank(c)) {
      end_word();
    } else {
      word += c;
      has_word = true;
    }
  }
  end_word();
  return words;
}

std::optional<std::size_t> find_shell_script(std::span<const std::string_view> command) {
  const auto is_shell = [](std::string_view item) {
    const std::string_view name = item.substr(item.rfind('/') + 1);
    return std::ranges::find(kShells, name) != std::end(kShells);
  };
  const auto shell = std::ranges::find_if(command, is_shell);
  auto item = shell;
  while (item != command.end() && ++item != command.end() && item->starts_with('-')) {
    const bool takes_script =
        !item->starts_with("--") && item->find('c') != std::string_view::npos;
    if (takes_script && item + 1 != command.end()) {
      return static_cast<std::size_t>(item + 1 - command.begin());
    }
  }
  return std::nullopt;
}

}  // namespace tidewaiter::k8s
