// What Kubernetes sees of a mapping that has duplicate keys, merges, or many entries.

#include <algorithm>
#include <numeric>

#include <fmt/core.h>

#include "base/utf8.h"
#include "yaml/siblings.h"
#include "yaml/tree_builder.h"

namespace tidewaiter::yaml {
namespace {

/// More than this in one document are not reported one by one.
constexpr std::size_t kMostDuplicates = 1000;

/// The numbers 0 .. `size` - 1 in the order of the keys, equal keys in the order of the text.
template <class KeyOf>
std::vector<std::uint32_t> sorted_by_key(std::uint32_t size, const KeyOf& key_of) {
  std::vector<std::uint32_t> order(size);
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const int compared = key_of(a).compare(key_of(b));
    return compared != 0 ? compared < 0 : a < b;
  });
  return order;
}

}  // namespace

void TreeBuilder::report_duplicate(const Node& first, const Node& later) {
  if (duplicates_.size() == kMostDuplicates) {
    has_more_duplicates_ = true;
    return;
  }
  std::string_view key = later.as_string();
  const bool cut = key.size() > 100;
  if (cut) key = utf8_prefix(key, 100);
  const bool merge = (later.flags_ & Node::kMergeFlag) != 0;
  Problem problem{
      .kind = ProblemKind::kDuplicateKey,
      .message = fmt::format("The key '{}{}' is written again in this mapping; {}.", key,
                             cut ? "…" : "",
                             merge ? "merge several mappings with one '<<' and a list"
                                   : "Kubernetes takes the last one"),
      .at = later.span()};
  problem.related = first.span();
  problem.related_message = "The first one is here.";
  duplicates_.push_back(std::move(problem));
}

bool TreeBuilder::report_duplicates(const Node::Siblings& siblings) {
  const Node* const children = siblings.nodes();
  const std::uint32_t pairs = siblings.count / 2;
  const auto key = [&](std::uint32_t pair) {
    return children[std::size_t{2} * pair].as_string();
  };
  const std::size_t before = duplicates_.size();
  if (pairs < kIndexedMappingSize) {
    for (std::uint32_t later = 1; later < pairs; ++later) {
      for (std::uint32_t first = 0; first < later; ++first) {
        if (key(first) != key(later)) continue;
        report_duplicate(children[std::size_t{2} * first], children[std::size_t{2} * later]);
        break;
      }
    }
    return duplicates_.size() != before;
  }
  const auto order = sorted_by_key(pairs, key);
  bool found = false;
  for (std::uint32_t i = 1, first = 0; i < pairs; ++i) {
    if (key(order[first]) != key(order[i])) {
      first = i;
      continue;
    }
    found = true;
    report_duplicate(children[std::size_t{2} * order[first]],
                     children[std::size_t{2} * order[i]]);
  }
  return found;
}

Node::Irregular* TreeBuilder::irregular_of(const Node::Siblings& children, bool merges) {
  const bool duplicates = report_duplicates(children);
  const std::uint32_t pairs = children.count / 2;
  if (!duplicates && !merges && pairs < kIndexedMappingSize) return nullptr;
  auto* const mapping = arena_.make<Node::Irregular>(1);
  mapping->children = &children;
  mapping->size = pairs;
  if (merges) {
    merging_.push_back(mapping);  // what is merged in may not be complete yet
  } else if (duplicates) {
    std::vector<Entry> candidates(pairs);
    for (std::uint32_t i = 0; i < pairs; ++i) candidates[i] = mapping->entry(i);
    set_entries(*mapping, candidates);
  } else {
    index(*mapping);
  }
  return mapping;
}

void TreeBuilder::index(Node::Irregular& mapping) {
  if (mapping.size < kIndexedMappingSize) return;
  const auto order = sorted_by_key(
      mapping.size, [&](std::uint32_t i) { return mapping.entry(i).key->as_string(); });
  auto* const by_key = arena_.make<std::uint32_t>(order.size());
  std::ranges::copy(order, by_key);
  mapping.by_key = by_key;
}

/// The entries are the last of `candidates` for each key, in the order given.
void TreeBuilder::set_entries(Node::Irregular& mapping, const std::vector<Entry>& candidates) {
  const auto key = [&](std::uint32_t i) { return candidates[i].key->as_string(); };
  const auto order = sorted_by_key(static_cast<std::uint32_t>(candidates.size()), key);
  std::vector<std::uint32_t> winners;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i + 1 == order.size() || key(order[i]) != key(order[i + 1]))
      winners.push_back(order[i]);
  }
  std::ranges::sort(winners);
  auto* const entries = arena_.make<Entry>(winners.size());
  for (std::size_t i = 0; i < winners.size(); ++i) entries[i] = candidates[winners[i]];
  mapping.entries = entries;
  mapping.size = static_cast<std::uint32_t>(winners.size());
  index(mapping);
}

/// Applies the `<<` of a mapping in position: what is written before it is overwritten by it.
void TreeBuilder::merge(Node::Irregular& mapping) {
  std::vector<Entry> candidates;
  for (std::uint32_t i = 0; i < mapping.children->count; i += 2) {
    const Node& key = mapping.children->nodes()[i];
    const Node& value = mapping.children->nodes()[i + 1];
    if ((key.flags_ & Node::kMergeFlag) == 0) {
      candidates.push_back({.key = &key, .value = &value});
    } else if (value.is_sequence() && !value.is_alias()) {
      // The first of a list wins, so it comes last.
      for (std::uint32_t j = value.size(); j-- > 0;) {
        collect(key, value.item(j), candidates);
      }
    } else {
      collect(key, value, candidates);
    }
  }
  if (!fault_) set_entries(mapping, candidates);
}

void TreeBuilder::collect(const Node& merge_key, const Node& merged,
                          std::vector<Entry>& entries) {
  if (!merged.is_mapping()) {
    return reject(ProblemKind::kSyntax,
                  "The key '<<' merges a mapping or a list of mappings, but its value is "
                  "neither; put the key in quotes if the text '<<' is meant.",
                  merged.span().empty() ? merge_key.span() : merged.span());
  }
  for (std::uint32_t i = 0; i < merged.size(); ++i) {
    const Entry entry = merged.entry(i);
    if (entry.value->is_scalar()) {
      entries.push_back(entry);
      continue;
    }
    auto* const siblings = Node::Siblings::with_room(arena_, 2, merge_key.parent());
    siblings->put(0, *entry.key);
    siblings->put(1, {});
    Node* const pair = siblings->nodes();
    pair[0].begin_ = merge_key.begin_;
    pair[0].end_ = merge_key.end_;
    pair[0].set_text_elsewhere(entry.key->as_string(), arena_);
    pair[1].begin_ = merged.begin_;
    pair[1].end_ = merged.end_;
    pair[1].flags_ = Node::kAliasFlag | Node::kMapValueFlag;
    pair[1].data_.target = &entry.value->resolved();
    entries.push_back({.key = &pair[0], .value = &pair[1]});
  }
}

}  // namespace tidewaiter::yaml
