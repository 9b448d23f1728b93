#include "yaml/substitute.h"

#include <algorithm>
#include <numeric>

#include "yaml/arena.h"
#include "yaml/irregular.h"
#include "yaml/siblings.h"

namespace tidewaiter::yaml {

/// Makes nodes as the reader does, in the memory of a file that was read.
class Substituter {
 public:
  explicit Substituter(Arena& arena) : arena_(arena) {}

  /// An entry whose value has the content and the place of `from` and stands instead of
  /// `written`, if that is not null.
  Entry entry(std::string_view key, const Node& from, std::optional<std::string_view> text,
              const Node* written) {
    auto* const siblings =
        Node::Siblings::with_room(arena_, written == nullptr ? 2 : 3, from.parent());
    siblings->put(0, {});
    siblings->put(1, from.resolved());
    Node* const pair = siblings->nodes();
    if (written != nullptr) {
      siblings->put(2, {});
      pair[2].flags_ = Node::kAliasFlag;
      pair[2].data_.target = written->is_substitute() && written->instead_of() != nullptr
                                 ? written->instead_of()
                                 : written;
    }
    pair[0].kind_ = Kind::kString;
    pair[0].flags_ = Node::kMapKeyFlag | Node::kSubstituteFlag;
    pair[0].set_text_elsewhere(arena_.copy(key), arena_);
    const ByteSpan key_span = (from.key() != nullptr ? *from.key() : from).span();
    pair[0].begin_ = key_span.begin;
    pair[0].end_ = key_span.end;

    pair[1].begin_ = from.begin_;
    pair[1].end_ = from.end_;
    pair[1].flags_ = static_cast<std::uint16_t>((from.resolved().flags_ & Node::kTagFlag) |
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

    auto* const made = arena_.make<Node::Irregular>(1);
    made->children = mapping.resolved().children();
    made->size = at == size ? size + 1 : size;
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

 private:
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
  if (!mapping.is_mapping() || !from.is_scalar()) return;
  Substituter maker(*file.arena_);
  maker.put(mapping, maker.entry(key, from, text, mapping.find(key)));
}

}  // namespace tidewaiter::yaml
