// Any bytes as a manifest, edited in some places: edits lie in the text, in order and apart,
// and leave a text that reads as many documents as before.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "base/source.h"
#include "fix/edit_plan.h"
#include "fix/layout.h"
#include "yaml/file.h"

namespace {

using tidewaiter::Source;
using tidewaiter::fix::Change;
using tidewaiter::fix::Value;
namespace yaml = tidewaiter::yaml;

constexpr std::size_t kMostNodes = 200;

void require(bool holds) {
  if (!holds) std::abort();
}

/// All nodes of a document, each after its parent, keys too.
std::vector<const yaml::Node*> nodes_of(const yaml::Node& root) {
  std::vector<const yaml::Node*> nodes{&root};
  for (std::size_t i = 0; i < nodes.size() && nodes.size() < kMostNodes; ++i) {
    const yaml::Node& at = *nodes[i];
    for (std::uint32_t j = 0; j < at.size() && nodes.size() < kMostNodes; ++j) {
      if (at.is_sequence()) {
        nodes.push_back(&at.item(j));
      } else {
        nodes.push_back(at.entry(j).key);
        nodes.push_back(at.entry(j).value);
      }
    }
  }
  return nodes;
}

Change change_at(const yaml::Node& node, unsigned choice) {
  Value limits = Value::mapping();
  limits.add("memory", Value::string("off"));
  limits.add("items", Value::sequence({Value::integer(1)}));
  Change change{.action = static_cast<Change::Action>(choice % 4), .node = &node};
  change.value = (choice & 4U) != 0 ? limits : Value::string("1");
  if ((choice & 8U) != 0) change.missing = {"zzOne", "zzTwo"};
  return change;
}

std::string edited(const Source& source, const std::vector<tidewaiter::fix::Edit>& edits) {
  std::string text;
  std::uint32_t at = 0;
  for (const auto& edit : edits) {
    require(edit.span.begin <= edit.span.end && edit.span.end <= source.text().size());
    require(edit.span.begin > at || (at == 0 && text.empty()));
    text += source.text({.begin = at, .end = edit.span.begin});
    text += edit.text;
    at = edit.span.end;
  }
  return text += source.text().substr(at);
}

void try_change(const Source& source, const yaml::File& file, std::size_t index,
                const Change& change) {
  const auto edits =
      plan_edits(source.text(), file.documents[index].json, std::span(&change, 1));
  if (!edits || edits->empty()) return;
  const Source after(source.name(), edited(source, *edits));
  const yaml::File reread = yaml::read(after, {}, yaml::Templates::kRead);
  require(reread.documents.size() == file.documents.size());
  for (std::size_t i = 0; i < file.documents.size(); ++i) {
    require((reread.documents[i].root == nullptr) == (file.documents[i].root == nullptr));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Source source(std::make_shared<const tidewaiter::FileName>(),
                      std::string(reinterpret_cast<const char*>(data + 2), size - 2));
  const yaml::File file = yaml::read(source, {}, yaml::Templates::kRead);
  for (std::size_t i = 0; i < file.documents.size(); ++i) {
    if (file.documents[i].root == nullptr) continue;
    const auto nodes = nodes_of(*file.documents[i].root);
    for (std::size_t j = data[0] % 8U; j < nodes.size(); j += 8) {
      try_change(source, file, i, change_at(*nodes[j], data[1]));
    }
  }
  return 0;
}
