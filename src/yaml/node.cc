#include "yaml/node.h"

#include "base/check.h"
#include "yaml/irregular.h"

namespace tidewaiter::yaml {

std::string_view Node::as_string() const {
  const Node& node = resolved();
  if (node.kind_ != Kind::kString) return {};
  return {node.data_.text, node.size_};
}

std::uint32_t Node::size() const {
  const Node& node = resolved();
  if (node.kind_ < Kind::kSequence) return 0;
  return (node.flags_ & kIrregularFlag) != 0 ? node.data_.irregular->size : node.size_;
}

const Node& Node::item(std::uint32_t index) const {
  const Node& node = resolved();
  TIDEWAITER_CHECK(node.kind_ == Kind::kSequence && index < node.size_);
  return node.data_.children[index];
}

Entry Node::entry(std::uint32_t index) const {
  const Node& node = resolved();
  TIDEWAITER_CHECK(node.kind_ == Kind::kMapping && index < node.size());
  if ((node.flags_ & kIrregularFlag) != 0) return node.data_.irregular->entry(index);
  const Node* const pair = node.data_.children + std::size_t{2} * index;
  return {.key = pair, .value = pair + 1};
}

std::uint32_t Node::written_size() const {
  const Node& node = resolved();
  if (node.kind_ != Kind::kMapping) return 0;
  return (node.flags_ & kIrregularFlag) != 0 ? node.data_.irregular->written : node.size_;
}

Entry Node::written(std::uint32_t index) const {
  TIDEWAITER_CHECK(index < written_size());
  const Node* const pair = first_key() + std::size_t{2} * index;
  return {.key = pair, .value = pair + 1};
}

const Node* Node::first_key() const {
  const Node& node = resolved();
  if (node.kind_ != Kind::kMapping) return nullptr;
  if ((node.flags_ & kIrregularFlag) != 0) return node.data_.irregular->children;
  return node.size_ == 0 ? nullptr : node.data_.children;
}

const Node* Node::find(std::string_view key) const {
  return find_entry(key).value;
}

Entry Node::find_entry(std::string_view key) const {
  const Node& node = resolved();
  if (node.kind_ != Kind::kMapping) return {};
  if ((node.flags_ & kIrregularFlag) != 0) return node.data_.irregular->find(key);
  const Node* const end = node.data_.children + std::size_t{2} * node.size_;
  for (const Node* pair = node.data_.children; pair != end; pair += 2) {
    if (pair->as_string() == key) return {.key = pair, .value = pair + 1};
  }
  return {};
}

Entry Node::Irregular::entry(std::uint32_t index) const {
  if (entries != nullptr) return entries[index];
  const Node* const pair = children + std::size_t{2} * index;
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
