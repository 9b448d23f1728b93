#include "rules/expression_compiler.h"

#include <fmt/core.h>

#include <string>
#include <utility>

#include "yaml/scalar_offsets.h"

namespace tidewaiter::rules {
namespace {

constexpr std::size_t kMaxShown = 120;

/// An expression as an error shows it: on one line, and not all of a long one.
std::string shortened(std::string_view text) {
  std::string shown(text.substr(0, kMaxShown));
  if (text.size() > kMaxShown) shown += "…";
  for (char& c : shown) {
    if (c == '\n') c = ' ';
  }
  return shown;
}

/// Where `range` of a text stands in its rule file; without a range all of the text.
ByteSpan place_in(const Rule& rule, const Text& text, std::optional<ByteSpan> range) {
  if (rule.source.empty() || !range) return text.where;
  return yaml::written_span(rule.source, text.where, text.text, *range);
}

}  // namespace

std::optional<cel::Program> ExpressionCompiler::program(const cel::Environment& scope,
                                                        const Text& text) {
  auto program = cel::compile(scope, text.text);
  if (program) return std::move(*program);
  fail(text, program.error());
  return std::nullopt;
}

std::optional<MessageTemplate> ExpressionCompiler::message(const cel::Environment& scope,
                                                           const Text& text) {
  auto message = MessageTemplate::compile(text.text, scope);
  if (message) return std::move(*message);
  fail(text, message.error());
  return std::nullopt;
}

void ExpressionCompiler::fail(const Text& text, const Error& error) {
  // Without the rule file the reader sees the expression only here.
  std::string message =
      rule_.source.empty()
          ? fmt::format("The expression '{}' of rule '{}' does not compile: {}",
                        shortened(text.text), rule_.name, error.message)
          : fmt::format("Rule '{}': {}", rule_.name, error.message);
  errors_.push_back({.code = error.code,
                     .message = std::move(message),
                     .where = place_in(rule_, text, error.where),
                     .path = std::string(rule_.file)});
}

}  // namespace tidewaiter::rules
