#include "yaml/tree_builder.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/check.h"
#include "yaml/line_end.h"
#include "yaml/siblings.h"

namespace tidewaiter::yaml {
namespace {

constexpr std::string_view kMergeTag = "tag:yaml.org,2002:merge";

Scalar string_scalar() {
  Scalar scalar;
  scalar.kind = Kind::kString;
  return scalar;
}

bool is_finite(const Scalar& scalar) {
  return scalar.kind != Kind::kDouble || std::isfinite(scalar.floating);
}

}  // namespace

void TreeBuilder::start(const Limits& limits) {
  limits_ = limits;
  stack_.clear();
  frames_.clear();
  marks_.clear();
  aliases_.clear();
  anchors_.clear();
  anchor_names_.clear();
  merging_.clear();
  budget_ = {};
  fault_.reset();
  duplicates_.clear();
  has_more_duplicates_ = false;
}

bool TreeBuilder::wants_key() const {
  return !frames_.empty() && frames_.back().wants_key;
}

std::optional<std::uint32_t> TreeBuilder::open_bracket() const {
  if (frames_.empty() || frames_.back().style != Style::kFlow) return std::nullopt;
  return frames_.back().begin;
}

std::string_view TreeBuilder::keep(std::string_view text, std::uint32_t at) {
  const std::string_view there = source_.substr(std::min<std::size_t>(at, source_.size()));
  return there.starts_with(text) ? there.substr(0, text.size()) : arena_.copy(text);
}

void TreeBuilder::reject(ProblemKind kind, std::string message, ByteSpan at) {
  if (!fault_) fault_ = Problem{.kind = kind, .message = std::move(message), .at = at};
}

/// A child of `height` was added that takes `decodes` to decode.
void TreeBuilder::count(std::uint32_t height, std::uint64_t decodes) {
  if (frames_.empty()) return;
  Frame& frame = frames_.back();
  frame.height = std::max(frame.height, height);
  frame.decodes = AliasBudget::sum(frame.decodes, decodes);
}

void TreeBuilder::push(const Node& node, std::uint32_t anchor, bool alias) {
  if (anchor != 0) marks_.push_back({.at = stack_.size(), .anchor = anchor, .alias = alias});
  stack_.push_back(node);
  if (frames_.empty() || frames_.back().kind == Kind::kSequence) return;
  Frame& frame = frames_.back();
  if (!frame.wants_key) frame.after_merge = false;
  frame.wants_key = !frame.wants_key;
}

void TreeBuilder::scalar(std::string_view value, std::string_view tag, ByteSpan span,
                         Style style, std::string_view anchor) {
  if (fault_) return;
  Node node;
  node.begin_ = span.begin;
  node.end_ = span.end;
  node.style_ = style;
  if (!tag.empty()) node.flags_ |= Node::kTagFlag;

  const bool merge_key =
      wants_key() && value == "<<" && (tag.empty() ? style == Style::kPlain : tag == kMergeTag);
  if (merge_key) {
    node.kind_ = Kind::kString;
    node.flags_ |= Node::kMergeFlag;
    node.set_text("<<", source_, arena_);
    frames_.back().merges = true;
    push(node, 0, false);
    frames_.back().after_merge = true;
    return;
  }
  budget_.add(1);
  count(0, 1);
  if (tag.empty()) {
    const Scalar scalar = style == Style::kPlain ? resolve_plain(value) : string_scalar();
    const bool quoted = style == Style::kSingleQuoted || style == Style::kDoubleQuoted;
    const std::string_view text = scalar.kind == Kind::kString || wants_key()
                                      ? keep(value, span.begin + (quoted ? 1 : 0))
                                      : std::string_view{};
    // Text that the source holds as it stands is on one line: all others are looked through.
    const std::string_view written = source_.substr(span.begin, span.size());
    const bool one_line =
        !text.empty() && text.data() - source_.data() ==
                             static_cast<std::ptrdiff_t>(span.begin + (quoted ? 1U : 0U));
    if (!one_line && find_line_end(written, 0, written.size()) != written.size()) {
      node.flags_ |= Node::kLinesFlag;
    }
    push_scalar(scalar, text, node, new_anchor(anchor));
    return;
  }
  const TaggedScalar tagged = resolve_tagged(value, tag);
  if (!tagged.error.empty()) return reject(ProblemKind::kSyntax, tagged.error, span);
  const std::string_view text = tagged.has_text ? std::string_view(tagged.text) : value;
  push_scalar(tagged.scalar, arena_.copy(text), node, new_anchor(anchor));
}

void TreeBuilder::push_scalar(const Scalar& scalar, std::string_view text, Node node,
                              std::uint32_t anchor) {
  if (anchor != 0) {
    Anchor& record = anchors_[anchor - 1];
    record.is_scalar = true;
    record.decodes = 1;
    record.scalar = scalar;
    record.text = text;
  }
  if (wants_key()) {
    if (!make_key(node, scalar, text)) return;
    if (anchor != 0 && scalar.kind != Kind::kString) {
      anchors_[anchor - 1].node = value_of_anchored_key(scalar, node);
      anchor = 0;
    }
    return push(node, anchor, false);
  }
  if (!is_finite(scalar)) {
    return reject(ProblemKind::kSyntax,
                  fmt::format("Kubernetes rejects the value '{}': JSON has no infinite numbers "
                              "and no NaN; put it in quotes if text is meant.",
                              source_.substr(node.begin_, node.span().size())),
                  node.span());
  }
  node.kind_ = scalar.kind;
  if (scalar.kind == Kind::kString) {
    node.set_text(text, source_, arena_);
  } else if (scalar.kind == Kind::kBool) {
    node.data_.boolean = scalar.boolean;
  } else {
    node.data_.uinteger = scalar.uinteger;  // the same 8 bytes for every kind of number
  }
  push(node, anchor, false);
}

/// Makes `node` the key that sigs.k8s.io/yaml turns `scalar` into; false where it refuses.
bool TreeBuilder::make_key(Node& node, const Scalar& scalar, std::string_view text) {
  if (scalar.kind == Kind::kNull || scalar.kind == Kind::kUint) {
    reject(ProblemKind::kSyntax,
           scalar.kind == Kind::kNull
               ? "A key is missing or null here, which Kubernetes rejects; write the key, or "
                 "put it in quotes."
               : "Kubernetes rejects a number above 9223372036854775807 as a key; put it in "
                 "quotes.",
           node.span());
    return false;
  }
  if (scalar.kind != Kind::kString) {
    const std::string converted = key_text(scalar);
    text = keep(converted, node.begin_);
  }
  node.kind_ = Kind::kString;
  node.set_text(text, source_, arena_);
  return true;
}

/// The anchor of `&k 1: x` names the number, though the key is text.
const Node* TreeBuilder::value_of_anchored_key(const Scalar& scalar, const Node& key) {
  auto* const siblings = Node::Siblings::with_room(arena_, 1, nullptr);
  siblings->put(0, key);
  Node* const value = siblings->nodes();
  value->kind_ = scalar.kind;
  if (scalar.kind == Kind::kBool) {
    value->data_.boolean = scalar.boolean;
  } else {
    value->data_.uinteger = scalar.uinteger;
  }
  return value;
}

void TreeBuilder::string(std::string_view text, ByteSpan span, Style style) {
  if (fault_) return;
  Node node;
  node.begin_ = span.begin;
  node.end_ = span.end;
  node.style_ = style;
  budget_.add(1);
  push_scalar(string_scalar(), text, node, 0);
}

void TreeBuilder::value(const Scalar& scalar, ByteSpan span) {
  if (fault_) return;
  Node node;
  node.begin_ = span.begin;
  node.end_ = span.end;
  budget_.add(1);
  push_scalar(scalar, {}, node, 0);
}

std::uint32_t TreeBuilder::new_anchor(std::string_view name) {
  if (name.empty()) return 0;
  anchors_.emplace_back();
  const auto number = static_cast<std::uint32_t>(anchors_.size());
  anchor_names_[std::string(name)] = number;
  return number;
}

void TreeBuilder::alias(std::string_view anchor, ByteSpan span) {
  if (fault_) return;
  const auto found = anchor_names_.find(std::string(anchor));
  if (found == anchor_names_.end()) {
    return reject(ProblemKind::kSyntax,
                  fmt::format("The alias '*{0}' names no anchor: nothing before it is marked "
                              "'&{0}' in this document.",
                              anchor),
                  span);
  }
  const Anchor& target = anchors_[found->second - 1];
  if (target.open) {
    return reject(ProblemKind::kSyntax,
                  fmt::format("The alias '*{0}' stands inside what it names: the value of "
                              "'&{0}' would contain itself.",
                              anchor),
                  span);
  }
  if (frames_.size() + target.height > limits_.depth) {
    return reject(ProblemKind::kLimit,
                  fmt::format("With the alias '*{}' followed, the document is nested more than "
                              "{} levels deep; '--max-depth' raises the limit.",
                              anchor, limits_.depth),
                  span);
  }
  budget_.add_alias(target.decodes);
  if (budget_.exceeded()) {
    return reject(ProblemKind::kLimit,
                  fmt::format("With the alias '*{}' followed, almost all of the document is "
                              "repetition through aliases, and Kubernetes rejects it as "
                              "excessive aliasing; no flag raises this limit.",
                              anchor),
                  span);
  }
  count(target.height, AliasBudget::sum(target.decodes, 1));
  Node node;
  node.begin_ = span.begin;
  node.end_ = span.end;
  if (wants_key()) {
    if (!target.is_scalar) {
      return reject(ProblemKind::kSyntax,
                    fmt::format("The alias '*{}' stands for a mapping or a list, which cannot "
                                "be a key.",
                                anchor),
                    span);
    }
    if (make_key(node, target.scalar, target.text)) push(node, 0, false);
    return;
  }
  node.flags_ |= Node::kAliasFlag;
  push(node, found->second, true);
}

void TreeBuilder::open(Kind kind, Style style, std::uint32_t begin, bool has_tag,
                       std::string_view anchor) {
  if (fault_) return;
  const ByteSpan here{.begin = begin, .end = begin + 1};
  if (wants_key()) {
    return reject(ProblemKind::kSyntax,
                  fmt::format("A {} cannot be a key: Kubernetes takes only text as keys. If "
                              "text that begins with a bracket is meant, put it in quotes.",
                              kind == Kind::kMapping ? "mapping" : "list"),
                  here);
  }
  if (frames_.size() >= limits_.depth) {
    return reject(ProblemKind::kLimit,
                  fmt::format("The document is nested more than {} levels deep here; "
                              "'--max-depth' raises the limit.",
                              limits_.depth),
                  here);
  }
  const bool merge_list =
      kind == Kind::kSequence && !frames_.empty() && frames_.back().after_merge;
  Frame frame{.first_child = stack_.size(), .begin = begin, .kind = kind, .style = style};
  frame.anchor = new_anchor(anchor);
  if (frame.anchor != 0) anchors_[frame.anchor - 1].open = true;
  frame.has_tag = has_tag;
  frame.wants_key = kind == Kind::kMapping;
  frame.decodes = merge_list ? 0 : 1;
  budget_.add(frame.decodes);
  frames_.push_back(frame);
}

void TreeBuilder::close(std::uint32_t end) {
  if (fault_) return;
  TIDEWAITER_CHECK(!frames_.empty());
  const Frame frame = frames_.back();
  Node node;
  node.kind_ = frame.kind;
  node.style_ = frame.style;
  if (frame.has_tag) node.flags_ |= Node::kTagFlag;
  node.begin_ = frame.begin;
  const bool has_children = stack_.size() > frame.first_child;
  node.end_ = end != 0 ? end : has_children ? stack_.back().end_ : frame.begin;

  if (has_children) {
    Node::Siblings* const children = move_from(frame.first_child);
    node.data_.children = children;
    if (frame.kind == Kind::kMapping) {
      for (std::uint32_t i = 0; i < children->count; ++i) {
        children->nodes()[i].flags_ |= i % 2 == 0 ? Node::kMapKeyFlag : Node::kMapValueFlag;
      }
      if (auto* const irregular = irregular_of(*children, frame.merges)) {
        node.flags_ |= Node::kIrregularFlag;
        node.data_.irregular = irregular;
      }
    }
  }
  frames_.pop_back();
  if (frame.anchor != 0) {
    Anchor& anchor = anchors_[frame.anchor - 1];
    anchor.open = false;
    anchor.height = frame.height + 1;
    anchor.decodes = frame.decodes;
  }
  count(frame.height + 1, frame.decodes);
  push(node, frame.anchor, false);
}

/// Moves what is on the stack from `first` on, at least one node, to its final place.
Node::Siblings* TreeBuilder::move_from(std::size_t first) {
  const std::size_t count = stack_.size() - first;
  auto* const siblings =
      Node::Siblings::with_room(arena_, static_cast<std::uint32_t>(count), nullptr);
  // From the back while the stack shrinks, so that they need no memory at once.
  for (std::size_t i = count; i-- > 0;) {
    siblings->put(static_cast<std::uint32_t>(i), stack_.back());
    settle(siblings->nodes()[i], first + i);
    stack_.pop_back();
  }
  return siblings;
}

/// `node` has come to its final place from `at` on the stack: those that point to it learn it.
void TreeBuilder::settle(Node& node, std::size_t at) {
  if (!marks_.empty() && marks_.back().at == at) {
    const Mark mark = marks_.back();
    marks_.pop_back();
    if (mark.alias) {
      aliases_.push_back({.node = &node, .anchor = mark.anchor});
    } else {
      anchors_[mark.anchor - 1].node = &node;
    }
  }
  if (node.kind_ < Kind::kSequence || (node.flags_ & Node::kAliasFlag) != 0) return;
  // Made by this builder as a mutable object; users of the tree see it as const.
  if (auto* const children = const_cast<Node::Siblings*>(node.children())) {
    children->parent = &node;
  }
}

const Node* TreeBuilder::finish() {
  if (fault_) return nullptr;
  TIDEWAITER_CHECK(frames_.empty() && stack_.size() == 1);
  const Node* const root = move_from(0)->nodes();
  for (const PendingAlias& alias : aliases_) {
    alias.node->data_.target = anchors_[alias.anchor - 1].node;
  }
  for (Node::Irregular* const mapping : merging_) {
    merge(*mapping);
    if (fault_) return nullptr;
  }
  if (has_more_duplicates_) {
    duplicates_.back().message += " More such keys of this document are not listed.";
  }
  return root;
}

}  // namespace tidewaiter::yaml
