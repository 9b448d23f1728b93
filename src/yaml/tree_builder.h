#ifndef TIDEWAITER_YAML_TREE_BUILDER_H_
#define TIDEWAITER_YAML_TREE_BUILDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tidewaiter/span.h"
#include "yaml/aliasing.h"
#include "yaml/arena.h"
#include "yaml/file.h"
#include "yaml/irregular.h"
#include "yaml/node.h"
#include "yaml/node_stack.h"
#include "yaml/scalar_resolver.h"

namespace tidewaiter::yaml {

/// Builds the tree of one document after the other from the bottom up: a collection's children
/// wait on a stack until it is complete and then move together into the arena. Every step is
/// O(1), closing a mapping O(n log n) in its entries; nothing recurses.
///
/// The first fault stays in fault(); what is called after it until the next start() does
/// nothing.
class TreeBuilder {
 public:
  /// Borrows both; text that the source holds as it stands is not copied.
  TreeBuilder(Arena& arena, std::string_view source) : arena_(arena), source_(source) {}

  /// Forgets the document before.
  void start(const Limits& limits);

  /// A scalar as written in YAML. `tag` in full, "!" for the lone one, empty for none.
  void scalar(std::string_view value, std::string_view tag, ByteSpan span, Style style,
              std::string_view anchor);
  /// A string, key or not, whose text outlives the document.
  void string(std::string_view text, ByteSpan span, Style style);
  /// A scalar of another kind, not as a key.
  void value(const Scalar& scalar, ByteSpan span);
  void alias(std::string_view anchor, ByteSpan span);
  /// Opens a sequence or mapping that begins at `begin`.
  void open(Kind kind, Style style, std::uint32_t begin, bool has_tag, std::string_view anchor);
  /// Closes the innermost; one whose `end` is 0 ends where its last child does.
  void close(std::uint32_t end);

  /// How many collections are open.
  std::size_t depth() const { return frames_.size(); }
  /// Where the innermost open collection begins if a bracket opened it.
  std::optional<std::uint32_t> open_bracket() const;
  /// The next node is a key.
  bool wants_key() const;
  /// Text that the document may keep: of the source if it stands at `at` there, else a copy.
  std::string_view keep(std::string_view text, std::uint32_t at);
  /// A copy that the document keeps.
  std::string_view copy(std::string_view text) { return arena_.copy(text); }

  /// Makes the tree of what was added (one root, all closed): aliases, merges. Null on a fault.
  const Node* finish();

  /// Why the document is rejected: kSyntax or kLimit.
  const std::optional<Problem>& fault() const { return fault_; }
  /// Keys written twice, kDuplicateKey.
  std::vector<Problem>& duplicates() { return duplicates_; }

 private:
  struct Frame {
    std::size_t first_child = 0;  // on stack_
    std::uint32_t begin = 0;
    std::uint32_t anchor = 0;  // index in anchors_ + 1
    Kind kind = Kind::kSequence;
    Style style = Style::kBlock;
    bool has_tag = false;
    bool wants_key = false;
    bool merges = false;        // one of its keys is `<<`
    bool after_merge = false;   // the last key was `<<`
    std::uint32_t height = 0;   // of the tallest child, aliases followed
    std::uint64_t decodes = 0;  // as kubectl's decoder counts, aliases followed
  };
  struct Anchor {
    const Node* node = nullptr;  // once it is in its final place
    Scalar scalar;               // to serve as a key elsewhere
    std::string_view text;       // of a kString
    bool is_scalar = false;
    bool open = false;
    std::uint32_t height = 0;
    std::uint64_t decodes = 0;
  };
  /// An anchored node or an alias that still waits on the stack.
  struct Mark {
    std::size_t at = 0;  // on stack_
    std::uint32_t anchor = 0;
    bool alias = false;
  };
  struct PendingAlias {
    Node* node = nullptr;
    std::uint32_t anchor = 0;
  };

  void reject(ProblemKind kind, std::string message, ByteSpan at);
  void count(std::uint32_t height, std::uint64_t decodes);
  void push(const Node& node, std::uint32_t anchor, bool alias);
  void push_scalar(const Scalar& scalar, std::string_view text, Node node,
                   std::uint32_t anchor);
  bool make_key(Node& node, const Scalar& scalar, std::string_view text);
  const Node* value_of_anchored_key(const Scalar& scalar, const Node& key);
  std::uint32_t new_anchor(std::string_view name);
  Node::Siblings* move_from(std::size_t first);
  void settle(Node& node, std::size_t at);
  Node::Irregular* irregular_of(const Node::Siblings& children, bool merges);
  bool report_duplicates(const Node::Siblings& children);
  void report_duplicate(const Node& first, const Node& later);
  void index(Node::Irregular& mapping);
  void set_entries(Node::Irregular& mapping, const std::vector<Entry>& candidates);
  void merge(Node::Irregular& mapping);
  void collect(const Node& merge_key, const Node& merged, std::vector<Entry>& entries);

  Arena& arena_;
  std::string_view source_;
  Limits limits_;
  NodeStack stack_;
  std::vector<Frame> frames_;
  std::vector<Mark> marks_;
  std::vector<PendingAlias> aliases_;
  std::vector<Anchor> anchors_;
  std::unordered_map<std::string, std::uint32_t> anchor_names_;
  std::vector<Node::Irregular*> merging_;
  AliasBudget budget_;
  std::optional<Problem> fault_;
  std::vector<Problem> duplicates_;
  bool has_more_duplicates_ = false;
};

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_TREE_BUILDER_H_
