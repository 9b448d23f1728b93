#ifndef TIDEWAITER_CLI_COMMAND_WORDS_H_
#define TIDEWAITER_CLI_COMMAND_WORDS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace tidewaiter::cli {

/// The first word of a command line, and those of which one must follow it, if any.
struct CommandWords {
  std::string name;
  std::vector<std::string> further = {};
};

/// What to say when a command line (`words`, not empty, without the program's name) begins with
/// none of the commands: "There is no command ...", with what was perhaps meant. Empty when it
/// begins with one, or with a flag.
std::string unknown_command(std::span<const CommandWords> commands,
                            std::span<const std::string_view> words, const FileSystem& files);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_COMMAND_WORDS_H_
