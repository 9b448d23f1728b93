#include "engine/text_outline.h"

#include <algorithm>

#include "yaml/node.h"

namespace tidewaiter::engine {
namespace {

bool is_block_collection(const yaml::Node& node) {
  return !node.is_alias() && !node.is_scalar() && node.style() == yaml::Style::kBlock;
}

ByteSpan entry_span(const yaml::Entry& entry) {
  const ByteSpan key = entry.key->span();
  const ByteSpan value = entry.value->span();
  return {.begin = key.begin, .end = std::max(key.end, value.end)};
}

}  // namespace

void TextOutline::add_children(const yaml::Node& node, const yaml::Document& document) {
  if (node.is_sequence()) {
    for (std::uint32_t i = 0; i < node.size(); ++i) {
      const yaml::Node& item = node.item(i);
      // A block collection begins with its first entry or item, which stands for itself.
      if (is_block_collection(item)) continue;
      elements_.push_back({.span = item.span()});
    }
    return;
  }
  const bool is_root = &node == document.root;
  const bool is_item = node.parent() != nullptr && node.parent()->is_sequence() &&
                       node.style() == yaml::Style::kBlock;
  for (std::uint32_t i = 0; i < node.written_size(); ++i) {
    const yaml::Entry entry = node.written(i);
    const bool first = entry.key->span().begin == node.span().begin;
    elements_.push_back({.span = entry_span(entry),
                         .first_of_item = first && is_item,
                         .first_of_document = first && is_root,
                         .container = first && is_root ? document.span : node.span()});
  }
}

TextOutline::TextOutline(const yaml::Document& document) {
  std::vector<const yaml::Node*> pending;
  if (document.root != nullptr) pending.push_back(document.root);
  while (!pending.empty()) {
    const yaml::Node& node = *pending.back();
    pending.pop_back();
    if (node.is_alias() || node.is_scalar()) continue;
    add_children(node, document);
    const std::uint32_t size = node.is_mapping() ? node.written_size() : node.size();
    for (std::uint32_t i = 0; i < size; ++i) {
      pending.push_back(node.is_mapping() ? node.written(i).value : &node.item(i));
    }
  }
  std::ranges::sort(elements_, [](const Element& a, const Element& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < elements_.size(); ++i) {
    while (!open.empty() && elements_[open.back()].span.end <= elements_[i].span.begin) {
      open.pop_back();
    }
    elements_[i].parent = open.empty() ? kNone : open.back();
    open.push_back(i);
  }
}

std::optional<ByteSpan> TextOutline::beginning_in(std::uint32_t line_begin,
                                                  std::uint32_t comment) const {
  const auto begin_of = [](const Element& e) { return e.span.begin; };
  auto it = std::ranges::lower_bound(elements_, line_begin, {}, begin_of);
  if (it == elements_.end() || it->span.begin >= comment) return std::nullopt;
  ByteSpan covered = it->span;
  for (; it != elements_.end() && it->span.begin < comment; ++it) {
    covered.end = std::max(covered.end, it->span.end);
  }
  return covered;
}

std::optional<ByteSpan> TextOutline::following(std::uint32_t offset) const {
  const auto begin_of = [](const Element& e) { return e.span.begin; };
  const auto it = std::ranges::lower_bound(elements_, offset, {}, begin_of);
  if (it == elements_.end()) return std::nullopt;
  return it->first_of_document || it->first_of_item ? it->container : it->span;
}

std::optional<ByteSpan> TextOutline::holding(std::uint32_t offset) const {
  const auto begin_of = [](const Element& e) { return e.span.begin; };
  const auto after = std::ranges::upper_bound(elements_, offset, {}, begin_of);
  if (after == elements_.begin()) return std::nullopt;
  auto index = static_cast<std::uint32_t>(after - elements_.begin() - 1);
  while (index != kNone && elements_[index].span.end <= offset) index = elements_[index].parent;
  if (index == kNone) return std::nullopt;
  return elements_[index].span;
}

}  // namespace tidewaiter::engine
