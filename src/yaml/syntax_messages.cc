#include "yaml/syntax_messages.h"

#include <algorithm>
#include <string>

#include <fmt/core.h>

namespace tidewaiter::yaml {
namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// libyaml's words and ours.
struct Explanation {
  std::string_view problem;
  std::string_view message;
};

constexpr Explanation kExplanations[] = {
    {"block sequence entries are not allowed in this context",
     "A list item '- ' cannot stand here: it belongs on a line of its own, and text that "
     "begins with '- ' needs quotes."},
    {"mapping keys are not allowed in this context",
     "A '? ' cannot stand here: text that begins with it needs quotes."},
    {"could not find expected ':'",
     "A ':' was expected before this: what stands alone above is neither 'key: value' nor part "
     "of another value."},
    {"did not find expected key",
     "This does not fit in the mapping around it: check the indentation here, and that text "
     "with ': ', '#' or quotes inside is quoted as a whole."},
    {"did not find expected '-' indicator",
     "A list item '- ' was expected here: check the indentation, as a list cannot go on with "
     "'key: value'."},
    {"did not find expected ',' or '}'", "A ',' or the closing '}' is missing here."},
    {"did not find expected ',' or ']'", "A ',' or the closing ']' is missing here."},
    {"did not find expected node content",
     "A value was expected here, but what stands here cannot begin one."},
    {"did not find expected <document start>",
     "A line that begins with '%' is a directive, and kubectl cuts it off from its document at "
     "the '---' line; remove it."},
    {"found a tab character that violates indentation",
     "A tab stands where the line is indented; use spaces."},
    {"found a tab character where an indentation space is expected",
     "A tab stands where the line is indented; use spaces."},
    {"found unexpected document indicator",
     "A line '---' or '...' stands inside quoted text, which is not closed before it."},
    {"found unknown escape character",
     "This backslash sequence is not one that YAML knows; write '\\\\' for a backslash, or use "
     "single quotes."},
    {"did not find expected hexdecimal number",
     "The backslash escape is not followed by enough hexadecimal digits."},
    {"found invalid Unicode character escape code",
     "The escape names half of a surrogate pair or no character at all; write the character "
     "itself, or '\\U' and eight digits."},
    {"found an indentation indicator equal to 0",
     "The digit behind '|' or '>' must be 1 to 9."},
    {"did not find expected comment or line break",
     "Behind '|' or '>' only '+', '-', a digit and a comment may stand on the line."},
    {"did not find expected alphabetic or numeric character",
     "A name of letters, digits, '-' and '_' must follow the '&' or '*'; text that begins with "
     "one of them needs quotes."},
    {"found undefined tag handle", "The tag uses a handle that no '%TAG' line declares."},
    {"found unknown directive name",
     "A line that begins with '%' is a directive, and this is "
     "none that YAML knows; indent or quote the text."},
    {"found duplicate %YAML directive", "The directive '%YAML' is written twice."},
    {"found duplicate %TAG directive", "The same '%TAG' handle is declared twice."},
    {"found incompatible YAML document",
     "Kubernetes reads only YAML 1.1; remove the '%YAML' line."},
};

constexpr std::string_view kSecondValue = "mapping values are not allowed in this context";
constexpr std::string_view kBareScalar = "found character that cannot start any token";

/// A character of the piece as a place; for its end, where there is nothing to see, the last
/// character that is not blank.
ByteSpan place_at(std::string_view source, ByteSpan piece, std::uint32_t at) {
  if (at >= piece.end) {
    const auto last = source.substr(0, piece.end).find_last_not_of(" \t\r\n");
    if (last == std::string_view::npos || last < piece.begin) return {piece.begin, piece.begin};
    at = static_cast<std::uint32_t>(last);
    while (at > piece.begin && is_continuation(source[at])) --at;
  }
  std::uint32_t end = at + 1;
  while (end < piece.end && is_continuation(source[end])) ++end;
  if (source[at] == '\n' || source[at] == '\r') end = at;
  return {.begin = at, .end = end};
}

/// A key on one line may have as many characters (YAML 1.2, 7.4.2); libyaml counts likewise.
constexpr std::size_t kMaxKeyLength = 1024;

/// Why no ':' may stand at `at`: what stands before it is too long for a key, its line has one
/// already, or its indentation is the fault.
std::string second_value(std::string_view source, ByteSpan at) {
  const auto before = source.substr(0, at.begin).find_last_of("\r\n");
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  if (at.begin - begin > kMaxKeyLength) {
    return "The text before this ':' is too long for a key, which may have at most 1,024 "
           "characters; shorten it, or put quotes around text that is no key.";
  }
  if (source.substr(begin, at.begin - begin).find(": ") != std::string_view::npos) {
    return "A second ': ' cannot stand on one line: put text that holds it in quotes, and a "
           "nested 'key: value' on a line of its own.";
  }
  return "A ':' cannot stand here: the line goes on with the value above it, as it is indented "
         "deeper. Align it with the entries that it belongs to.";
}

std::string cannot_start(std::string_view source, ByteSpan at) {
  const char c = at.empty() ? ' ' : source[at.begin];
  if (c == '\t') return "A tab stands where the line is indented; use spaces.";
  if (c == '%' || c == '@' || c == '`') {
    return fmt::format("Text that begins with '{}' needs quotes.", c);
  }
  return "This character cannot begin a value; put the text in quotes.";
}

std::string explain_problem(std::string_view problem, std::string_view source, ByteSpan at) {
  if (problem == kBareScalar) return cannot_start(source, at);
  if (problem == kSecondValue) return second_value(source, at);
  for (const Explanation& known : kExplanations) {
    if (known.problem == problem) return std::string(known.message);
  }
  return fmt::format("This is not valid YAML: {}.", problem);
}

/// What a quote or bracket opens, in words; empty for anything else.
std::string_view opened_by(char mark) {
  switch (mark) {
    case '\'': return "single-quoted text";
    case '"': return "double-quoted text";
    case '{': return "'{'";
    case '[': return "'['";
    default: return {};
  }
}

/// Where the quote or bracket was opened that libyaml was in; absent when it was in none.
std::optional<std::uint32_t> opening(const ParseFailure& failure,
                                     std::optional<std::uint32_t> open_bracket) {
  const std::string_view context = failure.context;
  if (context == "while scanning a quoted scalar") return failure.context_at;
  if (context == "while parsing a flow mapping" || context == "while parsing a flow sequence") {
    return failure.context_at;
  }
  return open_bracket;
}

/// Adds the place of what libyaml was in the midst of, where that helps.
void relate_context(const ParseFailure& failure, std::string_view source, ByteSpan piece,
                    Problem& problem) {
  constexpr Explanation kContexts[] = {
      {"while scanning a simple key", "This is what lacks a ':'."},
      {"while parsing a block mapping", "The mapping around it begins here."},
      {"while parsing a block collection", "The list around it begins here."},
  };
  if (failure.context_at >= piece.end) return;
  for (const Explanation& context : kContexts) {
    if (context.problem != failure.context) continue;
    problem.related = place_at(source, piece, failure.context_at);
    problem.related_message = std::string(context.message);
  }
}

}  // namespace

Problem explain(const ParseFailure& failure, std::string_view source, ByteSpan piece,
                std::optional<std::uint32_t> open_bracket) {
  Problem problem{
      .kind = ProblemKind::kSyntax, .message = {}, .at = place_at(source, piece, failure.at)};
  if (failure.out_of_memory) {
    problem.message = "There is not enough memory to read this document.";
    return problem;
  }
  const auto opened = opening(failure, open_bracket);
  const std::string_view what =
      opened && *opened < piece.end ? opened_by(source[*opened]) : std::string_view{};
  if (what.empty()) {
    problem.message = explain_problem(failure.problem, source, problem.at);
    relate_context(failure, source, piece, problem);
    return problem;
  }
  problem.message =
      failure.at >= piece.end
          ? fmt::format("The document ends here, but the {} before it is never closed.", what)
          : explain_problem(failure.problem, source, problem.at);
  problem.related = place_at(source, piece, *opened);
  problem.related_message = fmt::format("The {} begins here.", what);
  return problem;
}

Problem foreign_version(ByteSpan at) {
  return {.kind = ProblemKind::kSyntax,
          .message = "Kubernetes reads only YAML 1.1; remove the '%YAML' line.",
          .at = at};
}

Problem slash_escape(std::size_t at) {
  const auto begin = static_cast<std::uint32_t>(at);
  return {.kind = ProblemKind::kSyntax,
          .message = "Kubernetes does not know the escape '\\/' in YAML; write '/' alone.",
          .at = {.begin = begin, .end = begin + 2}};
}

Problem question_mark(std::size_t at) {
  const auto begin = static_cast<std::uint32_t>(at);
  return {.kind = ProblemKind::kSyntax,
          .message =
              "Kubernetes does not read a '?' in text without quotes between brackets or "
              "braces; put the text in quotes.",
          .at = {.begin = begin, .end = begin + 1}};
}

}  // namespace tidewaiter::yaml
