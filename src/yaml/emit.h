#ifndef TIDEWAITER_YAML_EMIT_H_
#define TIDEWAITER_YAML_EMIT_H_

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace tidewaiter::yaml {

struct TreeEntry;

/// A value to be written as YAML: a text, a bool, an integer, a list, or a map whose entries
/// keep their order. Nothing of it is looked at as YAML: a text that reads like a number stays
/// a text.
struct Tree {
  using List = std::vector<Tree>;
  using Map = std::vector<TreeEntry>;

  std::variant<std::string, bool, std::int64_t, List, Map> value;
};

/// An entry of a map; the caller sees to it that keys differ.
struct TreeEntry {
  std::string key;
  Tree value;
};

/// The documents as YAML 1.1 in block style, lists of plain words in flow style, each ended by
/// a line end and separated by `---` lines; lines of prose are a block. Kubernetes and
/// yaml::read read back what was given (tests/yaml/emit_test.cc); bytes that are no UTF-8
/// become U+FFFD. The same documents give the same bytes. Recurses as deep as the values nest.
std::string emit(std::span<const Tree> documents);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_EMIT_H_
