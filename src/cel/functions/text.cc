#include <fmt/core.h>

#include <cstring>
#include <optional>
#include <string>

#include "base/utf8.h"
#include "cel/code_points.h"
#include "cel/functions/libraries.h"
#include "cel/value_build.h"
#include "cel/value_read.h"

// Strings: the standard library's tests and cel-go's ext.Strings, version 2, as Kubernetes has
// it. Positions count code points.

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

constexpr std::size_t kNotFound = std::string_view::npos;

// Linear whatever the texts, unlike string_view::find.
std::size_t find_text(std::string_view text, std::string_view part, std::size_t from) {
  if (part.empty()) return from <= text.size() ? from : kNotFound;
  if (from >= text.size()) return kNotFound;
  const void* found = memmem(text.data() + from, text.size() - from, part.data(), part.size());
  if (found == nullptr) return kNotFound;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

Value index_error(CallContext& call, std::int64_t index) {
  return make_error(call.arena, fmt::format("Position {} is outside the text.", index));
}

Value contains(CallContext&, Args args) {
  return Value::boolean(find_text(args[0].as_string(), args[1].as_string(), 0) != kNotFound);
}

Value starts_with(CallContext&, Args args) {
  return Value::boolean(args[0].as_string().starts_with(args[1].as_string()));
}

Value ends_with(CallContext&, Args args) {
  return Value::boolean(args[0].as_string().ends_with(args[1].as_string()));
}

// The bytes from code point `begin` to `end` as part of the text; an index error when they are
// not inside it.
Value part_of(CallContext& call, const Value& value, std::int64_t begin, std::int64_t end) {
  const std::string_view text = value.as_string();
  if (begin < 0) return index_error(call, begin);
  if (end < begin) return index_error(call, end);
  const auto first = byte_of_code_point(text, static_cast<std::size_t>(begin));
  if (!first) return index_error(call, begin);
  const auto length =
      byte_of_code_point(text.substr(*first), static_cast<std::size_t>(end - begin));
  if (!length) return index_error(call, end);
  return Value::string(text.substr(*first, *length)).with_origin(value.origin());
}

Value char_at(CallContext& call, Args args) {
  const std::int64_t index = args[1].as_int();
  const auto size = static_cast<std::int64_t>(count_code_points(args[0].as_string()));
  if (index == size) return Value::string("");
  if (index < 0 || index > size) return index_error(call, index);
  return part_of(call, args[0], index, index + 1);
}

Value substring_from(CallContext& call, Args args) {
  const auto size = static_cast<std::int64_t>(count_code_points(args[0].as_string()));
  if (args[1].as_int() > size) return index_error(call, args[1].as_int());
  return part_of(call, args[0], args[1].as_int(), size);
}

Value substring(CallContext& call, Args args) {
  return part_of(call, args[0], args[1].as_int(), args[2].as_int());
}

Value position_of(std::string_view text, std::size_t byte) {
  if (byte == kNotFound) return Value::integer(-1);
  return Value::integer(static_cast<std::int64_t>(count_code_points(text.substr(0, byte))));
}

/// The empty text is found where the search begins, at the latest at the end.
Value empty_match(std::string_view text, std::int64_t offset) {
  const auto end = static_cast<std::int64_t>(count_code_points(text));
  return Value::integer(std::min(offset, end));
}

Value index_of(CallContext&, Args args) {
  const std::string_view text = args[0].as_string();
  return position_of(text, find_text(text, args[1].as_string(), 0));
}

Value index_of_from(CallContext& call, Args args) {
  const std::string_view text = args[0].as_string();
  const std::int64_t offset = args[2].as_int();
  if (offset < 0) return index_error(call, offset);
  if (args[1].as_string().empty()) return empty_match(text, offset);
  const auto from = byte_of_code_point(text, static_cast<std::size_t>(offset));
  if (!from) return Value::integer(-1);
  return position_of(text, find_text(text, args[1].as_string(), *from));
}

// The last place at or before byte `limit` where the part begins.
std::size_t find_last(CallContext& call, std::string_view text, std::string_view part,
                      std::size_t limit) {
  std::size_t last = kNotFound;
  for (std::size_t at = find_text(text, part, 0); at != kNotFound && at <= limit;
       at = find_text(text, part, at + 1)) {
    last = at;
    if (!call.spend(1 + part.size() / 16)) return kNotFound;
  }
  return last;
}

Value last_index_of(CallContext& call, Args args) {
  const std::string_view text = args[0].as_string();
  if (args[1].as_string().empty()) return position_of(text, text.size());
  return position_of(text, find_last(call, text, args[1].as_string(), text.size()));
}

Value last_index_of_from(CallContext& call, Args args) {
  const std::string_view text = args[0].as_string();
  const std::int64_t offset = args[2].as_int();
  if (offset < 0) return index_error(call, offset);
  if (args[1].as_string().empty()) return empty_match(text, offset);
  const auto limit = byte_of_code_point(text, static_cast<std::size_t>(offset));
  if (!limit || *limit >= text.size()) return Value::integer(-1);
  return position_of(text, find_last(call, text, args[1].as_string(), *limit));
}

template <char kFirst, char kLast, int kShift>
Value change_case(CallContext& call, Args args) {
  const std::string_view text = args[0].as_string();
  std::string changed(text);
  for (char& c : changed) {
    if (c >= kFirst && c <= kLast) c = static_cast<char>(c + kShift);
  }
  return make_string(call.arena, changed).with_origin(args[0].origin());
}

// Builds a text that may grow beyond what an evaluation may have.
class TextBuilder {
 public:
  explicit TextBuilder(CallContext& call) : call_(call) {}
  void add(std::string_view part) {
    if (failed_) return;
    failed_ =
        !call_.spend(1 + part.size() / 16) || !call_.arena.has_room(text_.size() + part.size());
    if (!failed_) text_ += part;
  }
  bool failed() const { return failed_; }
  Value build() { return failed_ ? memory_error() : make_string(call_.arena, text_); }

 private:
  CallContext& call_;
  std::string text_;
  bool failed_ = false;
};

// As Go's strings.Replace: an empty `old` stands before each character and at the end.
Value replace_some(CallContext& call, Args args, std::int64_t limit) {
  const std::string_view text = args[0].as_string();
  const std::string_view old = args[1].as_string();
  TextBuilder builder(call);
  std::size_t at = 0;
  while (limit != 0 && !builder.failed()) {
    const std::size_t found = find_text(text, old, at);
    if (found == kNotFound) break;
    builder.add(text.substr(at, found - at));
    builder.add(args[2].as_string());
    at = found + old.size();
    if (limit > 0) --limit;
    if (!old.empty()) continue;
    if (at >= text.size()) break;
    const std::size_t size = decode_utf8(text, at).size;
    builder.add(text.substr(at, size));
    at += size;
  }
  if (at < text.size()) builder.add(text.substr(at));
  return builder.build();
}

Value replace(CallContext& call, Args args) {
  return replace_some(call, args, -1);
}
Value replace_up_to(CallContext& call, Args args) {
  return replace_some(call, args, args[3].as_int());
}

// As Go's strings.SplitN: at most `limit` parts, none for 0, all if negative.
Value split_some(CallContext& call, Args args, std::int64_t limit) {
  std::string_view rest = args[0].as_string();
  const std::string_view separator = args[1].as_string();
  ListBuilder builder(call.arena);
  if (limit == 0) return builder.build();
  const Origin origin = args[0].origin();
  while (limit < 0 || --limit > 0) {
    if (separator.empty() && rest.empty()) return builder.build();
    const std::size_t end =
        separator.empty() ? decode_utf8(rest, 0).size : find_text(rest, separator, 0);
    if (end == kNotFound || (separator.empty() && end >= rest.size())) break;
    builder.add(Value::string(rest.substr(0, end)).with_origin(origin));
    rest.remove_prefix(end + separator.size());
    if (!call.spend(1)) return cost_error();
  }
  builder.add(Value::string(rest).with_origin(origin));
  return builder.build();
}

Value split(CallContext& call, Args args) {
  return split_some(call, args, -1);
}
Value split_up_to(CallContext& call, Args args) {
  return split_some(call, args, args[2].as_int());
}

Value join_with(CallContext& call, const Value& list, std::string_view separator) {
  TextBuilder builder(call);
  const std::uint32_t size = size_of(list);
  for (std::uint32_t i = 0; i < size && !builder.failed(); ++i) {
    const Value item = item_at(list, i);
    if (!item.is(ValueKind::kString)) {
      return make_type_error(call.arena, "join", std::span(&item, 1));
    }
    if (i > 0) builder.add(separator);
    builder.add(item.as_string());
  }
  return builder.build();
}

Value join(CallContext& call, Args args) {
  return join_with(call, args[0], "");
}
Value join_by(CallContext& call, Args args) {
  return join_with(call, args[0], args[1].as_string());
}

Value trim(CallContext&, Args args) {
  const std::string_view text = args[0].as_string();
  return Value::string(trim_space(text)).with_origin(args[0].origin());
}

std::string_view escape_of(char32_t c) {
  switch (c) {
    case '\a': return "\\a";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case '\v': return "\\v";
    case '\\': return "\\\\";
    case '"': return "\\\"";
    default: return {};
  }
}

Value quote(CallContext& call, Args args) {
  const std::string_view text = args[0].as_string();
  TextBuilder builder(call);
  builder.add("\"");
  for (std::size_t at = 0; at < text.size() && !builder.failed();) {
    const DecodedCharacter character = decode_utf8(text, at);
    const std::string_view escape = escape_of(character.code_point);
    if (!character.valid) {
      builder.add("\xEF\xBF\xBD");
    } else {
      builder.add(escape.empty() ? text.substr(at, character.size) : escape);
    }
    at += character.size;
  }
  builder.add("\"");
  return builder.build();
}

constexpr LibraryRow kRows[] = {
    {"string.contains(string) -> bool", contains,
     "Whether the argument stands somewhere in the text."},
    {"string.startsWith(string) -> bool", starts_with,
     "Whether the text starts with the argument."},
    {"string.endsWith(string) -> bool", ends_with, "Whether the text ends with the argument."},
    {"string.charAt(int) -> string", char_at,
     "The character at a position, counted from 0; '' at the end."},
    {"string.substring(int) -> string", substring_from,
     "The text from a position on, counted from 0."},
    {"string.substring(int, int) -> string", substring,
     "The text from a position to before another."},
    {"string.indexOf(string) -> int", index_of, "Where the argument first begins, or -1."},
    {"string.indexOf(string, int) -> int", index_of_from,
     "Where the argument first begins at or after a position, or -1."},
    {"string.lastIndexOf(string) -> int", last_index_of,
     "Where the argument last begins, or -1."},
    {"string.lastIndexOf(string, int) -> int", last_index_of_from,
     "Where the argument last begins at or before a position, or -1."},
    {"string.lowerAscii() -> string", change_case<'A', 'Z', 'a' - 'A'>,
     "The text with the letters A to Z made small."},
    {"string.upperAscii() -> string", change_case<'a', 'z', 'A' - 'a'>,
     "The text with the letters a to z made capital."},
    {"string.replace(string, string) -> string", replace,
     "The text with each occurrence of the first argument replaced by the second."},
    {"string.replace(string, string, int) -> string", replace_up_to,
     "The same for the first so many occurrences only; all if negative."},
    {"string.split(string) -> list(string)", split, "The parts between the separators."},
    {"string.split(string, int) -> list(string)", split_up_to,
     "At most so many parts, the last with what is left; all if negative."},
    {"list(string).join() -> string", join, "The texts one after another."},
    {"list(string).join(string) -> string", join_by,
     "The texts with the separator between them."},
    {"string.trim() -> string", trim, "The text without white space at both ends."},
    {"strings.quote(string) -> string", quote,
     "The text in double quotes, with what must be escaped escaped.", 29},
};

}  // namespace

void add_text_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
