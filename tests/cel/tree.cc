#include "cel/tree.h"

#include <fmt/core.h>

#include <deque>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cel/function.h"
#include "cel/number_text.h"
#include "cel/time.h"
#include "cel/value_read.h"

// `cel/tree.h` is found in tests/, the other headers in src/.

namespace tidewaiter::cel::testing {

struct Tree::Node {
  std::string path;
  std::uint32_t depth = 0;
  nlohmann::ordered_json scalar;
  bool is_list = false;
  bool is_map = false;
  std::vector<std::string> names;
  std::deque<Node> keys;
  std::deque<Node> children;
};

struct Tree::Builder {
  static void fill(Node& node, const nlohmann::ordered_json& json, const std::string& path,
                   std::uint32_t depth) {
    node.path = path;
    node.depth = depth;
    node.is_list = json.is_array();
    node.is_map = json.is_object();
    if (node.is_list) {
      for (std::size_t i = 0; i < json.size(); ++i) {
        fill(node.children.emplace_back(), json[i], fmt::format("{}[{}]", path, i), depth + 1);
      }
    } else if (node.is_map) {
      for (const auto& [name, value] : json.items()) {
        const std::string child = path.empty() ? name : path + "." + name;
        node.names.push_back(name);
        fill(node.keys.emplace_back(), name, child + "#key", depth + 1);
        fill(node.children.emplace_back(), value, child, depth + 1);
      }
    } else {
      node.scalar = json;
    }
  }
};

Tree::Tree(std::string_view json, bool hides_nulls)
    : root_(std::make_unique<Node>()), hides_nulls_(hides_nulls) {
  Builder::fill(*root_, nlohmann::ordered_json::parse(json), "", 0);
}

Tree::~Tree() = default;

Value Tree::root() const {
  return value_of(*root_);
}

std::string Tree::path_of(Origin origin) {
  if (origin == nullptr) return "(none)";
  const std::string& path = static_cast<const Node*>(origin)->path;
  return path.empty() ? "(root)" : path;
}

std::uint32_t Tree::depth_of(Origin origin) {
  return static_cast<const Node*>(origin)->depth;
}

Value Tree::value_of(const Node& node) const {
  Value value;
  if (node.is_list) {
    value = Value::foreign_list(&node, this);
  } else if (node.is_map) {
    value = Value::foreign_map(&node, this);
  } else if (node.scalar.is_boolean()) {
    value = Value::boolean(node.scalar.get<bool>());
  } else if (node.scalar.is_number_integer()) {
    value = Value::integer(node.scalar.get<std::int64_t>());
  } else if (node.scalar.is_number()) {
    value = Value::floating(node.scalar.get<double>());
  } else if (node.scalar.is_string()) {
    value = Value::string(node.scalar.get_ref<const std::string&>());
  }
  return value.with_origin(&node);
}

std::uint32_t Tree::size(const void* node) const {
  const Node& target = *static_cast<const Node*>(node);
  std::uint32_t count = 0;
  for (const Node& child : target.children) {
    const bool is_null = !child.is_list && !child.is_map && child.scalar.is_null();
    count += target.is_map && hides_nulls_ && is_null ? 0U : 1U;
  }
  return count;
}

Value Tree::at(const void* list, std::uint32_t index) const {
  return value_of(static_cast<const Node*>(list)->children[index]);
}

Value Tree::get(const void* map, std::string_view key) const {
  const Node& node = *static_cast<const Node*>(map);
  for (std::size_t i = 0; i < node.names.size(); ++i) {
    if (node.names[i] != key) continue;
    const Value value = value_of(node.children[i]);
    return hides_nulls_ && value.is(ValueKind::kNull) ? Value::absent() : value;
  }
  return Value::absent();
}

bool Tree::next(const void* map, std::uint32_t& cursor, Value& key, Value& value) const {
  const Node& node = *static_cast<const Node*>(map);
  while (cursor < node.children.size()) {
    const std::uint32_t at = cursor++;
    value = value_of(node.children[at]);
    if (hides_nulls_ && value.is(ValueKind::kNull)) continue;
    key = Value::string(node.names[at]).with_origin(&node.keys[at]);
    return true;
  }
  return false;
}

Origin Tree::hidden(const void* map, std::string_view key) const {
  const Node& node = *static_cast<const Node*>(map);
  for (std::size_t i = 0; i < node.names.size(); ++i) {
    if (node.names[i] == key) return &node.children[i];
  }
  return nullptr;
}

namespace {

const FunctionRegistry& functions() {
  static const FunctionRegistry registry = [] {
    FunctionRegistry filled;
    add_standard_functions(filled);
    return filled;
  }();
  return registry;
}

}  // namespace

World::World(std::string_view json, bool hides_nulls)
    : environment(functions()), tree(json, hides_nulls) {
  bind("object", tree.root());
}

void World::bind(const std::string& name, Value value, Type type) {
  environment.declare(name, std::move(type));
  values_.push_back(value);
}

void World::define(const std::string& name, std::string_view expression) {
  Program program = compiled(expression);
  environment.declare(name, program.result_type());
  definitions_.emplace(static_cast<std::uint32_t>(values_.size()), std::move(program));
  values_.emplace_back();
}

Program World::compiled(std::string_view expression) {
  auto program = compile(environment, expression);
  if (!program) {
    throw std::runtime_error(fmt::format("{}: {}", expression, program.error().message));
  }
  return *std::move(program);
}

Value World::evaluate(std::string_view expression) {
  static std::vector<Program> kept;  // results may borrow from their program
  kept.push_back(compiled(expression));
  return kept.back().evaluate(*this, arena);
}

std::string World::blame(std::string_view expression) {
  return Tree::path_of(compiled(expression).blame(*this, arena));
}

std::string World::locate(std::string_view expression) {
  return Tree::path_of(compiled(expression).locate(*this, arena));
}

std::string World::target(std::string_view expression) {
  const auto target = compiled(expression).target(*this, arena);
  if (!target) return "(none)";
  std::string text = Tree::path_of(target->origin);
  for (std::size_t i = 0; i < target->missing.size(); ++i) {
    text += (i == 0 ? " + " : ".") + target->missing[i];
  }
  return text;
}

std::string World::text(std::string_view expression) {
  return text_of(evaluate(expression));
}

Value World::variable(std::uint32_t slot) {
  const auto defined = definitions_.find(slot);
  return defined == definitions_.end() ? values_[slot] : defined->second.evaluate(*this, arena);
}

Origin World::blame_of_variable(std::uint32_t slot) {
  const auto defined = definitions_.find(slot);
  return defined == definitions_.end() ? nullptr : defined->second.blame(*this, arena);
}

Origin World::blame_of_item(std::uint32_t slot, std::uint32_t index) {
  const auto defined = definitions_.find(slot);
  return defined == definitions_.end() ? nullptr
                                       : defined->second.blame_item(*this, arena, index);
}

std::string text_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kNull: return "null";
    case ValueKind::kBool: return value.as_bool() ? "true" : "false";
    case ValueKind::kInt: return std::to_string(value.as_int());
    case ValueKind::kUint: return std::to_string(value.as_uint()) + "u";
    case ValueKind::kDouble: return format_double(value.as_double());
    case ValueKind::kString: return fmt::format("'{}'", value.as_string());
    case ValueKind::kBytes: return fmt::format("b'{}'", value.as_string());
    case ValueKind::kDuration: return format_duration(value);
    case ValueKind::kTimestamp: return format_timestamp(value);
    case ValueKind::kType: return std::string(value.as_type()->name);
    case ValueKind::kError: return fmt::format("error: {}", value.as_error()->message);
    case ValueKind::kOpaque: {
      static Arena arena;
      const OpaqueData& data = *value.as_opaque();
      return std::string(data.type->to_string(data.payload, arena));
    }
    case ValueKind::kOptional:
      return value.as_optional()->has_value
                 ? fmt::format("some({})", text_of(value.as_optional()->value))
                 : "none";
    default: break;
  }
  std::string out;
  if (value.is(ValueKind::kList)) {
    for (std::uint32_t i = 0; i < size_of(value); ++i) {
      out += (i > 0 ? ", " : "") + text_of(item_at(value, i));
    }
    return "[" + out + "]";
  }
  MapCursor cursor(value);
  Value key;
  Value item;
  while (cursor.next(key, item)) {
    out += (out.empty() ? "" : ", ") + text_of(key) + ": " + text_of(item);
  }
  return "{" + out + "}";
}

}  // namespace tidewaiter::cel::testing
