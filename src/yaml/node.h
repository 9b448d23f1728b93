#ifndef TIDEWAITER_YAML_NODE_H_
#define TIDEWAITER_YAML_NODE_H_

#include <cstdint>
#include <string_view>

#include "tidewaiter/span.h"
#include "yaml/kind.h"

namespace tidewaiter::yaml {

class Arena;
class Node;

/// An entry of a mapping. `key` is always a string node (its text is the key as Kubernetes
/// reads it, its span the key as written).
struct Entry {
  const Node* key = nullptr;
  const Node* value = nullptr;
};

/// One node of a document, 24 bytes, owned by the document's arena: immutable after reading, at
/// a fixed address, so a pointer to it identifies it. Never copied by users. The nodes that
/// were written in one collection stand side by side and share what is common to them
/// (Siblings).
///
/// An alias is a node of its own, with the span of the `*name`, its own parent and key; its
/// content (kind, children, text) is its target's, not copied. Collections that a `<<` merges
/// in appear as such alias nodes too, with the span and key of the `<<` entry; merged scalars
/// are the target's own nodes.
class Node {
 public:
  Kind kind() const { return resolved().kind_; }
  Style style() const { return resolved().style_; }
  bool is_alias() const { return (flags_ & kAliasFlag) != 0; }
  /// The node that an alias stands for; the node itself if it is none.
  const Node& resolved() const { return is_alias() ? *data_.target : *this; }
  bool is_null() const { return kind() == Kind::kNull; }
  bool is_string() const { return kind() == Kind::kString; }
  bool is_mapping() const { return kind() == Kind::kMapping; }
  bool is_sequence() const { return kind() == Kind::kSequence; }
  bool is_scalar() const { return kind() < Kind::kSequence; }
  /// A plain (unquoted, not block) scalar without a tag.
  bool is_plain() const { return is_scalar() && style() == Style::kPlain && !has_tag(); }
  /// An explicit tag stands before the node.
  bool has_tag() const { return (resolved().flags_ & kTagFlag) != 0; }

  /// The bytes of the value in the source, without anchor, tag and trailing line ends; of an
  /// alias the `*name`; of an implicit null an empty span where the value would stand.
  ByteSpan span() const { return {.begin = begin_, .end = end_}; }
  /// A scalar that is written over several lines; of an alias false.
  bool is_multiline() const { return (flags_ & kLinesFlag) != 0; }
  /// The mapping or sequence this node was written in; null for the root.
  const Node* parent() const;
  /// Its position among the items of the sequence it was written in; of a mapping's nodes, keys
  /// and values are counted in turn.
  std::uint32_t index() const { return index_; }
  /// The key if this is the value of a mapping entry, else null.
  const Node* key() const { return (flags_ & kMapValueFlag) != 0 ? this - 1 : nullptr; }
  /// This node is the key of a mapping entry.
  bool is_key() const { return (flags_ & kMapKeyFlag) != 0; }
  /// Stands in an object for what is written there (yaml/substitute.h): what its place holds
  /// may be another text.
  bool is_substitute() const { return (flags_ & kSubstituteFlag) != 0; }
  /// Of a substitute that is a value: what is written there; null for none.
  const Node* instead_of() const;
  /// The value of the entry whose key this is.
  const Node* value_of_key() const { return is_key() ? this + 1 : nullptr; }

  bool as_bool() const { return resolved().data_.boolean; }
  std::int64_t as_int() const { return resolved().data_.integer; }
  std::uint64_t as_uint() const { return resolved().data_.uinteger; }
  double as_double() const { return resolved().data_.floating; }
  /// The text of a string, valid as long as the document; empty for other kinds.
  std::string_view as_string() const;

  /// How many items a sequence, or entries a mapping, has: 0 for scalars. Of a mapping the
  /// entries as Kubernetes sees them: the last of duplicates, merges applied, nulls included.
  std::uint32_t size() const;
  /// Item `index` of a sequence (index < size()).
  const Node& item(std::uint32_t index) const;
  /// Entry `index` of a mapping, in the order of the text, merged ones at their `<<`.
  Entry entry(std::uint32_t index) const;
  /// How many entries of a mapping stand in the text, duplicates and `<<` included; else 0.
  std::uint32_t written_size() const;
  /// Entry `index` (< written_size()) of a mapping in the order of the text, be it a `<<`.
  Entry written(std::uint32_t index) const;
  /// The first key of a mapping as it is written, be it `<<`; null when there is none.
  const Node* first_key() const;
  /// The value of an entry; null when absent or when this is no mapping. O(log n) at worst.
  const Node* find(std::string_view key) const;
  /// As find, with the key node too; both null when absent.
  Entry find_entry(std::string_view key) const;

 private:
  friend class Substituter;
  friend class TreeBuilder;
  struct Siblings;   // the nodes of one collection: see siblings.h
  struct Irregular;  // a mapping with duplicates, merges or many entries: see irregular.h

  static constexpr std::uint16_t kAliasFlag = 1;
  static constexpr std::uint16_t kTagFlag = 2;
  static constexpr std::uint16_t kMapValueFlag = 4;
  static constexpr std::uint16_t kMapKeyFlag = 8;
  static constexpr std::uint16_t kIrregularFlag = 16;
  static constexpr std::uint16_t kMergeFlag = 32;  // a key `<<` that merges
  static constexpr std::uint16_t kLinesFlag = 64;
  static constexpr std::uint16_t kSubstituteFlag = 128;
  static constexpr std::uint16_t kTextElsewhereFlag = 256;

  /// What the collection, which is no alias, holds as written; null when it is empty.
  const Siblings* children() const;
  /// Where the text of a string begins when it stands in the source as it is.
  std::uint32_t text_begin() const {
    return begin_ + (style_ == Style::kSingleQuoted || style_ == Style::kDoubleQuoted ? 1 : 0);
  }
  /// Gives a string its text, which outlives it: by its span if it is all that is written there
  /// in `source` (between the quotes), else as set_text_elsewhere.
  void set_text(std::string_view text, std::string_view source, Arena& arena);
  void set_text_elsewhere(std::string_view text, Arena& arena);

  union {
    const Siblings* children;  // items, or key, value, key, value ...; null for none
    const Irregular* irregular;
    const Node* target;
    const char* text;
    const std::string_view* text_elsewhere;
    bool boolean;
    std::int64_t integer;
    std::uint64_t uinteger;
    double floating;
  } data_ = {.children = nullptr};
  std::uint32_t index_ = 0;  // among its siblings
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  Kind kind_ = Kind::kNull;
  Style style_ = Style::kPlain;
  std::uint16_t flags_ = 0;
};
static_assert(sizeof(Node) == 24);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_NODE_H_
