#ifndef TIDEWAITER_YAML_SYNTAX_MESSAGES_H_
#define TIDEWAITER_YAML_SYNTAX_MESSAGES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tidewaiter/span.h"
#include "yaml/file.h"
#include "yaml/libyaml_events.h"

namespace tidewaiter::yaml {

/// The problem that tells a user in plain words why libyaml gave up, and where what it could
/// not finish was opened: `open_bracket`, the innermost still open, or what libyaml names.
Problem explain(const ParseFailure& failure, std::string_view source, ByteSpan piece,
                std::optional<std::uint32_t> open_bracket);

/// The problem of a `%YAML` directive that Kubernetes rejects.
Problem foreign_version(ByteSpan at);

/// The problem of a `\/` in double quotes at byte `at`, which JSON has and Kubernetes' YAML
/// not.
Problem slash_escape(std::size_t at);

/// The problem of a `?` at byte `at` inside a plain scalar between brackets.
Problem question_mark(std::size_t at);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_SYNTAX_MESSAGES_H_
