#ifndef TIDEWAITER_K8S_SHELL_WORDS_H_
#define TIDEWAITER_K8S_SHELL_WORDS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidewaiter::k8s {

/// The words of a shell script as far as quotes and separators (blanks, line ends, `;`, `|`,
/// `&`, parentheses) tell: quotes and backslashes are taken away, nothing is expanded. A
/// separator other than a blank is an empty word. Linear.
std::vector<std::string> shell_words(std::string_view script);

/// The index of the script in a command line such as `/bin/sh -ec script`; nothing when it is
/// none.
std::optional<std::size_t> find_shell_script(std::span<const std::string_view> command);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SHELL_WORDS_H_
