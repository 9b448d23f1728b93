#include "cli/command_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/suggest.h"

namespace tidewaiter::cli {

std::string unknown_command(std::span<const CommandWords> commands,
                            std::span<const std::string_view> words, const FileSystem& files) {
  const std::string_view word = words.front();
  if (word.starts_with('-')) return {};
  const auto command = std::ranges::find(commands, word, &CommandWords::name);
  if (command == commands.end()) {
    if (files.type_of(std::string(word))) {
      return fmt::format("There is no command '{}'. Did you mean 'tidewaiter check {}'?", word,
                         word);
    }
    std::vector<std::string_view> names;
    for (const CommandWords& known : commands) names.push_back(known.name);
    return fmt::format("There is no command '{}'.{}", word, did_you_mean(word, names));
  }
  if (command->further.empty()) return {};
  if (words.size() == 1) {
    return fmt::format("'{}' is only the beginning of a command; write '{} {}'.", word, word,
                       fmt::join(command->further, " or "));
  }
  const std::vector<std::string_view> further(command->further.begin(), command->further.end());
  if (words[1].starts_with('-') || std::ranges::find(further, words[1]) != further.end()) {
    return {};
  }
  return fmt::format("There is no command '{} {}'.{}", word, words[1],
                     did_you_mean(words[1], further));
}

}  // namespace tidewaiter::cli
