#include "fix/layout.h"

#include <algorithm>
#include <functional>

namespace tidewaiter::fix {
namespace {

using yaml::Node;
using yaml::Style;

/// So many bytes are looked through between two nodes, or in a comment.
constexpr std::uint32_t kFarthest = 2048;
/// So many siblings and ancestors are asked for their indentation.
constexpr std::uint32_t kMostSiblings = 16;
constexpr std::uint32_t kDefaultStep = 2;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool is_break(char c) {
  return c == '\n' || c == '\r';
}

}  // namespace

std::optional<std::uint32_t> Layout::line_start(std::uint32_t at) const {
  const std::uint32_t least = at > kFarthest ? at - kFarthest : 0;
  while (at > least && source_[at - 1] == ' ') --at;
  const bool at_mark = at == 3 && source_.starts_with("\xEF\xBB\xBF");
  if (at == 0 || at_mark || is_break(source_[at - 1])) return at;
  return std::nullopt;
}

std::optional<std::uint32_t> Layout::column(std::uint32_t at) const {
  std::uint32_t begin = at;
  const std::uint32_t least = at > kFarthest ? at - kFarthest : 0;
  while (begin > least && (source_[begin - 1] == ' ' || source_[begin - 1] == '-')) --begin;
  if (!line_start(begin)) return std::nullopt;
  return at - begin;
}

// Line ends of YAML 1.1 that no editor shows as one.
bool Layout::is_odd_break(std::uint32_t at) const {
  const std::string_view rest = source_.substr(at, 3);
  return rest.starts_with("\xC2\x85") || rest == "\xE2\x80\xA8" || rest == "\xE2\x80\xA9";
}

std::optional<LineRest> Layout::rest_of_line(std::uint32_t at) const {
  const auto size = static_cast<std::uint32_t>(source_.size());
  const std::uint32_t limit = size - at > kFarthest ? at + kFarthest : size;
  LineRest rest;
  while (at < limit && is_blank(source_[at])) ++at;
  if (at < limit && source_[at] == '#') {
    rest.has_comment = true;
    for (; at < limit && !is_break(source_[at]); ++at) {
      if (is_odd_break(at)) return std::nullopt;
    }
  }
  rest.end = rest.next = at;
  if (at == size) return rest;
  if (at == limit || !is_break(source_[at])) return std::nullopt;
  rest.next += source_.substr(at).starts_with("\r\n") ? 2U : 1U;
  return rest;
}

std::string_view Layout::line_break(const LineRest& rest) const {
  if (!rest.is_last()) return source_.substr(rest.end, rest.next - rest.end);
  // The last line has none: as the line before it.
  const std::size_t feed = source_.rfind('\n', rest.end);
  return feed != source_.npos && feed > 0 && source_[feed - 1] == '\r' ? "\r\n" : "\n";
}

std::optional<std::uint32_t> Layout::end_of_line_before(std::uint32_t line) const {
  if (line == 0 || !is_break(source_[line - 1])) return std::nullopt;
  const bool pair = line > 1 && source_.substr(line - 2, 2) == "\r\n";
  return line - (pair ? 2U : 1U);
}

std::optional<std::uint32_t> Layout::skip_blanks(std::uint32_t at, std::uint32_t limit) const {
  limit = std::min(limit, static_cast<std::uint32_t>(source_.size()));
  const std::uint32_t farthest =
      limit - std::min(at, limit) > kFarthest ? at + kFarthest : limit;
  while (at < farthest) {
    if (source_[at] == '#') {
      while (at < farthest && !is_break(source_[at])) {
        if (is_odd_break(at++)) return std::nullopt;
      }
    } else if (is_blank(source_[at]) || is_break(source_[at])) {
      ++at;
    } else {
      return at;
    }
  }
  if (at < limit) return std::nullopt;
  return limit;
}

bool Layout::is_blank_line(std::uint32_t at) const {
  const auto end = source_.find_first_not_of(" \t", at);
  if (end == source_.npos) return at < source_.size();
  return is_break(source_[end]);
}

Gap Layout::scan(ByteSpan span, char mark) const {
  Gap gap{.mark_end = span.begin};
  if (span.size() > kFarthest) return gap;
  bool seen = mark == '\0';
  for (std::uint32_t at = span.begin; at < span.end; ++at) {
    const char c = source_[at];
    if (is_break(c)) {
      gap.has_lines = true;
      if (!seen && mark == ':') return gap;  // an explicit key, `? a`
    } else if (c == '#') {
      gap.has_comment = true;
      for (; at + 1 < span.end && !is_break(source_[at + 1]); ++at) {
        if (is_odd_break(at)) return gap;
      }
    } else if (!seen && c == mark) {
      seen = true;
      gap.mark_end = at + 1;
    } else if (seen && (c == '&' || c == '!')) {
      gap.has_properties = true;
      while (at + 1 < span.end && !is_blank(source_[at + 1]) && !is_break(source_[at + 1]))
        ++at;
    } else if (!is_blank(c)) {
      return gap;
    }
  }
  gap.known = seen;
  return gap;
}

Gap Layout::gap_before(const Node& node) const {
  if (const Node* const key = node.key()) {
    const ByteSpan span = {.begin = key->span().end, .end = node.span().begin};
    return span.begin > span.end ? Gap{} : scan(span, ':');
  }
  const Node& parent = *node.parent();
  const std::uint32_t index = index_of(node);
  const bool flow = parent.style() == Style::kFlow;
  std::uint32_t begin = index > 0 ? end_of(parent.item(index - 1)) : parent.span().begin;
  if (flow) {
    const char mark = index > 0 ? ',' : source_[parent.span().begin];
    if (index == 0 && mark != '[') return {};
    return begin > node.span().begin ? Gap{}
                                     : scan({.begin = begin, .end = node.span().begin}, mark);
  }
  if (begin > node.span().begin) return {};
  return scan({.begin = begin, .end = node.span().begin}, '-');
}

bool is_written(const Node& node) {
  const Node* const parent = node.parent();
  if (parent == nullptr) return true;
  const std::uint32_t count = count_of(*parent);
  if (count == 0) return false;
  const Node* const first = &child_of(*parent, 0);
  const Node* const last = &child_of(*parent, count - 1);
  return !std::less<>()(&node, first) && !std::less<>()(last, &node);
}

std::uint32_t index_of(const Node& node) {
  const Node* const first = &child_of(*node.parent(), 0);
  const auto distance = static_cast<std::uint32_t>(&node - first);
  return node.parent()->is_mapping() ? distance / 2 : distance;
}

std::uint32_t count_of(const Node& collection) {
  return collection.is_mapping() ? collection.written_size() : collection.size();
}

const Node& child_of(const Node& collection, std::uint32_t index) {
  return collection.is_mapping() ? *collection.written(index).value : collection.item(index);
}

std::uint32_t begin_of(const Node& child) {
  const Node* const key = child.key();
  return key != nullptr ? key->span().begin : child.span().begin;
}

std::uint32_t end_of(const Node& child) {
  const Node* const key = child.key();
  return key != nullptr ? std::max(key->span().end, child.span().end) : child.span().end;
}

const Node& last_leaf(const Node& start) {
  const Node* node = &start;
  while (!node->is_alias() && node->style() == Style::kBlock && count_of(*node) > 0) {
    node = &child_of(*node, count_of(*node) - 1);
  }
  return *node;
}

namespace {

std::optional<std::uint32_t> column_of_first_key(const Layout& layout, const Node& mapping) {
  if (mapping.is_alias() || mapping.style() != Style::kBlock || count_of(mapping) == 0) {
    return std::nullopt;
  }
  return layout.column(mapping.first_key()->span().begin);
}

/// The difference of the columns of two block mappings, one a value of the other.
std::optional<std::uint32_t> step_between(const Layout& layout, const Node& outer,
                                          const Node& inner) {
  const auto from = column_of_first_key(layout, outer);
  const auto to = column_of_first_key(layout, inner);
  if (!from || !to || *to <= *from) return std::nullopt;
  return *to - *from;
}

/// By how much a block sequence is indented below its key.
std::optional<std::uint32_t> step_to_sequence(const Layout& layout, const Node& mapping,
                                              const Node& sequence) {
  if (!sequence.is_sequence() || sequence.is_alias() || sequence.style() != Style::kBlock ||
      sequence.size() == 0) {
    return std::nullopt;
  }
  const auto key = column_of_first_key(layout, mapping);
  const auto dash = layout.column(sequence.span().begin);
  if (!key || !dash || *dash < *key) return std::nullopt;
  return *dash - *key;
}

/// What `measure(mapping, value)` gives for the values of the mapping or of those around it.
template <class Measure>
std::optional<std::uint32_t> nearby(const Node& mapping, const Measure& measure) {
  const Node* at = &mapping;
  for (std::uint32_t level = 0; at != nullptr && level < kMostSiblings; ++level) {
    if (at->is_mapping() && !at->is_alias()) {
      const std::uint32_t most = std::min(count_of(*at), kMostSiblings);
      for (std::uint32_t i = 0; i < most; ++i) {
        if (const auto step = measure(*at, child_of(*at, i))) return step;
      }
    }
    at = at->parent();
  }
  return std::nullopt;
}

}  // namespace

std::uint32_t indentation_step(const Layout& layout, const Node& mapping) {
  const auto step = nearby(mapping, [&](const Node& outer, const Node& inner) {
    return inner.is_mapping() ? step_between(layout, outer, inner) : std::nullopt;
  });
  return step.value_or(kDefaultStep);
}

std::uint32_t sequence_step(const Layout& layout, const Node& mapping) {
  const auto step = nearby(mapping, [&](const Node& outer, const Node& inner) {
    return step_to_sequence(layout, outer, inner);
  });
  return step.value_or(0);
}

}  // namespace tidewaiter::fix
