#include "k8s/secret_args.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "k8s/letters.h"
#include "k8s/secret_text.h"
#include "k8s/shell_words.h"

namespace tidewaiter::k8s {
namespace {

struct Named {
  std::string_view name;
  std::string_view value;
};

bool is_flag(std::string_view word) {
  return word.size() > 1 && word.front() == '-' && !is_digit(word[1]);
}

std::string_view without_dashes(std::string_view flag) {
  flag.remove_prefix(std::min(flag.find_first_not_of('-'), flag.size()));
  return flag;
}

/// `--x=v` or `VAR=v`.
std::optional<Named> pair_in(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == word.npos) return std::nullopt;
  const std::string_view name = without_dashes(word.substr(0, equals));
  const bool is_name = !name.empty() && std::ranges::all_of(name, [](char c) {
    return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == ':';
  });
  if (!is_name) return std::nullopt;
  return Named{.name = name, .value = word.substr(equals + 1)};
}

/// What a word says, given the word before it: a pair, or the value of a flag.
std::optional<Named> named_value(std::string_view before, std::string_view word) {
  if (const auto pair = pair_in(word)) return pair;
  if (!is_flag(before) || before.find('=') != before.npos || is_flag(word)) return std::nullopt;
  return Named{.name = without_dashes(before), .value = word};
}

class Finder {
 public:
  explicit Finder(const SecretWords& words) : words_(words) {}

  void look_at(const yaml::Node& item, std::string_view before, bool is_script) {
    const std::string_view text = item.as_string();
    if (const auto shape = secret_by_shape(text)) {
      found_.push_back({.node = &item, .name = {}, .secret = *shape});
    } else if (is_script) {
      look_at_script(item);
    } else {
      look_at_word(item, named_value(before, text));
    }
  }

  std::vector<SecretArg> take() { return std::move(found_); }

 private:
  bool look_at_word(const yaml::Node& item, const std::optional<Named>& named) {
    if (!named || is_shell_variable(named->value)) return false;
    const auto secret = find_secret(named->name, named->value, words_);
    if (!secret) return false;
    found_.push_back({.node = &item, .name = std::string(named->name), .secret = *secret});
    return true;
  }

  void look_at_script(const yaml::Node& item) {
    std::string_view before;
    const std::vector<std::string> words = shell_words(item.as_string());
    for (const std::string& word : words) {
      const auto named = named_value(before, word);
      if (named && !holds_shell_expansion(named->value) && look_at_word(item, named)) return;
      before = word;
    }
  }

  const SecretWords& words_;
  std::vector<SecretArg> found_;
};

}  // namespace

std::vector<SecretArg> secret_args(const yaml::Node& container, const SecretWords& words) {
  std::vector<const yaml::Node*> items;
  std::vector<std::string_view> texts;
  for (const std::string_view field : {"command", "args"}) {
    const yaml::Node* const list = container.find(field);
    if (list == nullptr || !list->is_sequence()) continue;
    for (std::uint32_t i = 0; i < list->size(); ++i) {
      items.push_back(&list->item(i));
      texts.push_back(items.back()->as_string());
    }
  }
  const auto script = find_shell_script(texts);
  Finder finder(words);
  for (std::size_t i = 0; i < items.size(); ++i) {
    finder.look_at(*items[i], i == 0 ? std::string_view() : texts[i - 1], script == i);
  }
  return finder.take();
}

}  // namespace tidewaiter::k8s
