#include "yaml/substitute.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "yaml/arena.h"
#include "yaml/irregular.h"
#include "yaml/siblings.h"

namespace tidewaiter::yaml {

/// Makes nodes as the reader does, in the memory of a file that was read.
class Substituter {
 public:
  explicit Substituter(Arena& arena) : arena_(arena) {}

  /// An entry whose value has the content and the place of `from`.
  Entry entry(std::string_view key, const Node& from, std::optional<std::string_view> text) {
    auto* const siblings = Node::Siblings::with_room(arena_, 2, from.parent());
    siblings->put(0, {});
    siblings->put(1, from.resolved());
    Node* const pair = siblings->nodes();
    pair[0].kind_ = Kind::kString;
    pair[0].flags_ = Node::kMapKeyFlag | Node::kSubstituteFlag;
    pair[0].set_text_elsewhere(arena_.copy(key), arena_);
    const ByteSpan key_span = (from.key() != nullptr ? *from.key() : from).span();
    pair[0].begin_ = key_span.begin;
    pair[0].end_ = key_span.end;

    pair[1].begin_ = from.begin_;
    pair[1].end_ = from.end_;
    constexpr std::uint16_t kOfContent = Node::kTagFlag | Node::kIrregularFlag;
    pair[1].flags_ = static_cast<std::uint16_t>((from.resolved().flags_ & kOfContent) |
                                                (from.flags_ & Node::kLinesFlag) |
                                                Node::kMapValueFlag | Node::kSubstituteFlag);
    if (text) pair[1].kind_ = Kind::kString;
    if (pair[1].kind_ == Kind::kString) {
      pair[1].set_text_elsewhere(text ? arena_.copy(*text) : from.as_string(), arena_);
    }
    return {.key = &pair[0], .value = &pair[1]};
  }

  /// Lets `mapping` have `entry` instead of the one with its key.
  void put(const Node& mapping, Entry entry) {
    const std::uint32_t size = mapping.size();
    Entry* const entries = arena_.make<Entry>(std::size_t{size} + 1);
    std::uint32_t at = size;
    for (std::uint32_t i = 0; i < size; ++i) {
      entries[i] = mapping.entry(i);
      if (entries[i].key->as_string() == entry.key->as_string()) at = i;
    }
    entries[at] = entry;
    set_entries(mapping, entries, at == size ? size + 1 : size);
  }

  /// Lets `mapping` have the entries of `from` too.
  void add(const Node& mapping, const Node& from, bool only_missing) {
    std::vector<Entry> entries;
    bool is_changed = false;
    for (std::uint32_t i = 0; i < mapping.size(); ++i) {
      const Entry own = mapping.entry(i);
      const Entry other = only_missing ? Entry{} : from.find_entry(own.key->as_string());
      const bool is_replaced = other.value != nullptr && other.value != own.value;
      entries.push_back(is_replaced ? other : own);
      is_changed = is_changed || is_replaced;
    }
    for (std::uint32_t i = 0; i < from.size(); ++i) {
      const Entry other = from.entry(i);
      if (mapping.find(other.key->as_string()) == nullptr) entries.push_back(other);
    }
    if (!is_changed && entries.size() == mapping.size()) return;
    auto* const kept = arena_.make<Entry>(entries.size());
    std::ranges::copy(entries, kept);
    set_entries(mapping, kept, static_cast<std::uint32_t>(entries.size()));
  }

 private:
  void set_entries(const Node& mapping, const Entry* entries, std::uint32_t size) {
    auto* const made = arena_.make<Node::Irregular>(1);
    made->children = mapping.resolved().children();
    made->size = size;
    made->entries = entries;
    index(*made);
    // Made by the reader as a mutable object; users of the tree see it as const.
    Node& node = const_cast<Node&>(mapping);
    node.style_ = mapping.style();
    node.kind_ = Kind::kMapping;
    node.flags_ =
        static_cast<std::uint16_t>((node.flags_ & ~Node::kAliasFlag) | Node::kIrregularFlag |
                                   (mapping.resolved().flags_ & Node::kTagFlag));
    node.data_.irregular = made;
  }

  void index(Node::Irregular& mapping) {
    if (mapping.size < kIndexedMappingSize) return;
    auto* const by_key = arena_.make<std::uint32_t>(mapping.size);
    std::iota(by_key, by_key + mapping.size, 0U);
    std::sort(by_key, by_key + mapping.size, [&](std::uint32_t a, std::uint32_t b) {
      return mapping.entry(a).key->as_string() < mapping.entry(b).key->as_string();
    });
    mapping.by_key = by_key;
  }

  Arena& arena_;
};

void substitute(File& file, const Node& mapping, std::string_view key, const Node& from,
                std::optional<std::string_view> text) {
  if (!mapping.is_mapping() || from.is_sequence()) return;
  Substituter maker(*file.arena_);
  maker.put(mapping, maker.entry(key, from, text));
}

void add_entries(File& file, const Node& mapping, const Node& from, bool only_missing) {
  if (!mapping.is_mapping() || !from.is_mapping()) return;
  Substituter(*file.arena_).add(mapping, from, only_missing);
}

}  // namespace tidewaiter::yaml
