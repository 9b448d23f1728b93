#ifndef TIDEWAITER_ENGINE_TEXT_OUTLINE_H_
#define TIDEWAITER_ENGINE_TEXT_OUTLINE_H_

#include <optional>
#include <vector>

#include "tidewaiter/span.h"
#include "yaml/file.h"

namespace tidewaiter::engine {

/// Where the entries and items of one document stand, in the order of the text: answers what a
/// comment belongs to. Building is linear in the nodes.
class TextOutline {
 public:
  explicit TextOutline(const yaml::Document& document);

  /// What begins in `[line_begin, comment)`: from the first entry or item there to the end of
  /// the last one, what is below them included. Nothing when none begins there.
  std::optional<ByteSpan> beginning_in(std::uint32_t line_begin, std::uint32_t comment) const;
  /// What the entry or item that follows a comment ending at `offset` stands for: that entry or
  /// item; above the first entry of a list item the whole item, above that of the document the
  /// whole document. Nothing at the end of the document.
  std::optional<ByteSpan> following(std::uint32_t offset) const;
  /// The innermost entry or item that holds the byte.
  std::optional<ByteSpan> holding(std::uint32_t offset) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFFU;

  struct Element {
    ByteSpan span;
    std::uint32_t parent = kNone;  // index of the enclosing element, or kNone
    bool first_of_item = false;    // the first entry of a block mapping that is a list item
    bool first_of_document = false;
    ByteSpan container = {};  // then: the item or document
  };
  void add_children(const yaml::Node& node, const yaml::Document& document);

  std::vector<Element> elements_;  // by begin; an outer one before an inner one
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_TEXT_OUTLINE_H_
