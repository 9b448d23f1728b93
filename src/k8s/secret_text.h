#ifndef TIDEWAITER_K8S_SECRET_TEXT_H_
#define TIDEWAITER_K8S_SECRET_TEXT_H_

#include <string_view>

namespace tidewaiter::k8s {

/// Equal but for case, dashes and underscores: REPLACE_ME and replace-me.
bool is_same_word(std::string_view left, std::string_view right);

/// Nothing, or what stands for a secret: only `x` or only `*` repeated.
bool is_placeholder(std::string_view text);

/// What a shell replaces: `$NAME`, or a command between backquotes.
bool is_shell_variable(std::string_view text);

/// A shell makes a part of the text: `$NAME`, `${NAME}`, `$(command)` or backquotes, none of
/// which need be closed.
bool holds_shell_expansion(std::string_view text);

/// The text has Password=, Pwd=, AccountKey= or SharedAccessKey= and a value that is no
/// placeholder.
bool holds_connection_secret(std::string_view text);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SECRET_TEXT_H_
