#ifndef TIDEWAITER_TESTS_YAML_NODE_JSON_H_
#define TIDEWAITER_TESTS_YAML_NODE_JSON_H_

#include <nlohmann/json.hpp>

#include "yaml/node.h"

namespace tidewaiter::yaml::testing {

/// The JSON of a node (of a depth that recursion can bear), for comparisons.
inline nlohmann::json to_json(const Node& node) {
  switch (node.kind()) {
    case Kind::kNull: return nullptr;
    case Kind::kBool: return node.as_bool();
    case Kind::kInt: return node.as_int();
    case Kind::kUint: return node.as_uint();
    case Kind::kDouble: return node.as_double();
    case Kind::kString: return node.as_string();
    case Kind::kSequence: {
      auto items = nlohmann::json::array();
      for (std::uint32_t i = 0; i < node.size(); ++i) items.push_back(to_json(node.item(i)));
      return items;
    }
    case Kind::kMapping: break;
  }
  auto members = nlohmann::json::object();
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const Entry entry = node.entry(i);
    members[std::string(entry.key->as_string())] = to_json(*entry.value);
  }
  return members;
}

}  // namespace tidewaiter::yaml::testing

#endif  // TIDEWAITER_TESTS_YAML_NODE_JSON_H_
