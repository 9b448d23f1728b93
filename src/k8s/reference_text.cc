#include "k8s/reference_text.h"

#include <algorithm>

namespace tidewaiter::k8s {

namespace {

struct Brackets {
  std::string_view open;
  std::string_view close;
};

constexpr Brackets kBrackets[] = {{"$(", ")"}, {"${", "}"}, {"<", ">"}, {"{{", "}}"}};

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool holds_shell_variable(std::string_view text) {
  for (std::size_t i = text.find('$'); i != text.npos && i + 1 < text.size();
       i = text.find('$', i + 1)) {
    const char next = text[i + 1];
    if (next == '_' || is_capital(next) || (next >= 'a' && next <= 'z')) return true;
  }
  return false;
}

std::string_view without_tag(std::string_view image) {
  const std::size_t name = image.rfind('/') + 1;  // npos + 1 is 0
  return image.substr(0, image.find_first_of(":@", name));
}

bool holds_word_in_capitals(std::string_view text) {
  static constexpr std::string_view kWord = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of("/:@.-", begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    begin = end + 1;
    if (!word.empty() && is_capital(word.front()) && word.back() != '_' &&
        word.find('_') != word.npos && word.find_first_not_of(kWord) == word.npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool holds_reference(std::string_view text) {
  return std::ranges::any_of(kBrackets, [&](const Brackets& brackets) {
    const auto open = text.find(brackets.open);
    if (open == text.npos) return false;
    return text.find(brackets.close, open + brackets.open.size() + 1) != text.npos;
  });
}

bool holds_placeholder(std::string_view text) {
  return holds_reference(text) || text.starts_with("ko://") || text.find('{') != text.npos ||
         holds_shell_variable(text) || holds_word_in_capitals(without_tag(text));
}

}  // namespace tidewaiter::k8s
