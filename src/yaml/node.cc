#include "yaml/node.h"

#include "base/check.h"
#include "yaml/arena.h"
#include "yaml/irregular.h"
#include "yaml/siblings.h"

namespace tidewaiter::yaml {

const Node* Node::parent() const {
  static_assert(sizeof(Siblings) % alignof(Node) == 0);
  return Siblings::of(*this).parent;
}

const Node* Node::instead_of() const {
  if (!is_substitute() || is_key()) return nullptr;
  const Siblings& siblings = Siblings::of(*this);
  return siblings.count < 3 ? nullptr : siblings.nodes()[2].data_.target;
}

const Node::Siblings* Node::children() const {
  return (flags_ & kIrregularFlag) != 0 ? data_.irregular->children : data_.children;
}

std::string_view Node::as_string() const {
  const Node& node = resolved();
  if (node.kind_ != Kind::kString) return {};
  if ((node.flags_ & kTextElsewhereFlag) != 0) return *node.data_.text_elsewhere;
  return {node.data_.text, node.end_ - node.begin_ - 2 * (node.text_begin() - node.begin_)};
}

void Node::set_text(std::string_view text, std::string_view source, Arena& arena) {
  const std::uint32_t quotes = 2 * (text_begin() - begin_);
  const bool in_place = text.data() == source.data() + text_begin() &&
                        text.size() + quotes == std::size_t{end_} - begin_;
  if (!in_place) return set_text_elsewhere(text, arena);
  data_.text = text.data();
  flags_ &= static_cast<std::uint16_t>(~kTextElsewhereFlag);
}

void Node::set_text_elsewhere(std::string_view text, Arena& arena) {
  auto* const elsewhere = arena.make<std::string_view>(1);
  *elsewhere = text;
  data_.text_elsewhere = elsewhere;
  flags_ |= kTextElsewhereFlag;
}

std::uint32_t Node::size() const {
  const Node& node = resolved();
  if (node.kind_ < Kind::kSequence) return 0;
  if ((node.flags_ & kIrregularFlag) != 0) return node.data_.irregular->size;
  if (node.data_.children == nullptr) return 0;
  return node.data_.children->count / (node.kind_ == Kind::kMapping ? 2 : 1);
}

const Node& Node::item(std::uint32_t index) const {
  const Node& node = resolved();
  TIDEWAITER_CHECK(node.kind_ == Kind::kSequence && index < node.size());
  return node.data_.children->nodes()[index];
}

Entry Node::entry(std::uint32_t index) const {
  const Node& node = resolved();
  TIDEWAITER_CHECK(node.kind_ == Kind::kMapping && index < node.size());
  if ((node.flags_ & kIrregularFlag) != 0) return node.data_.irregular->entry(index);
  const Node* const pair = node.data_.children->nodes() + std::size_t{2} * index;
  return {.key = pair, .value = pair + 1};
}

std::uint32_t Node::written_size() const {
  const Node& node = resolved();
  if (node.kind_ != Kind::kMapping) return 0;
  const Siblings* const written = node.children();
  return written == nullptr ? 0 : written->count / 2;
}

Entry Node::written(std::uint32_t index) const {
  TIDEWAITER_CHECK(index < written_size());
  const Node* const pair = first_key() + std::size_t{2} * index;
  return {.key = pair, .value = pair + 1};
}

const Node* Node::first_key() const {
  const Node& node = resolved();
  if (node.kind_ != Kind::kMapping) return nullptr;
  const Siblings* const written = node.children();
  return written == nullptr ? nullptr : written->nodes();
}

const Node* Node::find(std::string_view key) const {
  return find_entry(key).value;
}

Entry Node::find_entry(std::string_view key) const {
  const Node& node = resolved();
  if (node.kind_ != Kind::kMapping) return {};
  if ((node.flags_ & kIrregularFlag) != 0) return node.data_.irregular->find(key);
  if (node.data_.children == nullptr) return {};
  const Node* const begin = node.data_.children->nodes();
  const Node* const end = begin + node.data_.children->count;
  for (const Node* pair = begin; pair != end; pair += 2) {
    if (pair->as_string() == key) return {.key = pair, .value = pair + 1};
  }
  return {};
}

Entry Node::Irregular::entry(std::uint32_t index) const {
  if (entries != nullptr) return entries[index];
  const Node* const pair = children->nodes() + std::size_t{2} * index;
  return {.key = pair, .value = pair + 1};
}

Entry Node::Irregular::find(std::string_view key) const {
  if (by_key == nullptr) {
    for (std::uint32_t i = 0; i < size; ++i) {
      if (const Entry found = entry(i); found.key->as_string() == key) return found;
    }
    return {};
  }
  std::uint32_t low = 0;
  for (std::uint32_t high = size; low < high;) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (entry(by_key[middle]).key->as_string() < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == size) return {};
  const Entry found = entry(by_key[low]);
  return found.key->as_string() == key ? found : Entry{};
}

}  // namespace tidewaiter::yaml
