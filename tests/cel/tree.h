#ifndef TIDEWAITER_TESTS_CEL_TREE_H_
#define TIDEWAITER_TESTS_CEL_TREE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cel/adapter.h"
#include "cel/arena.h"
#include "cel/environment.h"
#include "cel/program.h"

namespace tidewaiter::cel::testing {

/// A document for tests, read from JSON. Each node knows its path: "spec.containers[0].image";
/// the node of a key has its entry's path with "#key" after it.
class Tree : public Adapter {
 public:
  explicit Tree(std::string_view json, bool hides_nulls = true);
  ~Tree() override;

  Value root() const;
  /// The path of an origin; "(none)" for null.
  static std::string path_of(Origin origin);
  static std::uint32_t depth_of(Origin origin);

  std::uint32_t size(const void* node) const override;
  Value at(const void* list, std::uint32_t index) const override;
  Value get(const void* map, std::string_view key) const override;
  bool next(const void* map, std::uint32_t& cursor, Value& key, Value& value) const override;
  Origin hidden(const void* map, std::string_view key) const override;

 private:
  struct Node;
  struct Builder;
  Value value_of(const Node& node) const;

  std::unique_ptr<Node> root_;
  bool hides_nulls_;
};

/// An environment with `object` (the tree) and more variables, and what they are bound to.
class World : public Activation {
 public:
  explicit World(std::string_view json, bool hides_nulls = true);

  /// A variable with a value that came from no document, or from the tree.
  void bind(const std::string& name, Value value, Type type = Type());
  /// A variable whose value is an expression's, as `variables.x` of a rule.
  void define(const std::string& name, std::string_view expression);

  Value evaluate(std::string_view expression);
  /// The paths that blame and locate give.
  std::string blame(std::string_view expression);
  std::string locate(std::string_view expression);
  /// What `Program::target` gives: the origin's path and what is missing, "spec + a.b".
  std::string target(std::string_view expression);
  /// The text of a result: "true", "3", "'text'", "[1, 2]", "error: There is ...".
  std::string text(std::string_view expression);

  Value variable(std::uint32_t slot) override;
  std::uint32_t depth(Origin origin) const override { return Tree::depth_of(origin); }
  Origin blame_of_variable(std::uint32_t slot) override;
  Origin blame_of_item(std::uint32_t slot, std::uint32_t index) override;

  Environment environment;
  const Tree tree;
  Arena arena;

 private:
  Program compiled(std::string_view expression);

  std::vector<Value> values_;
  std::map<std::uint32_t, Program> definitions_;
};

/// The text of a value, as World::text writes it.
std::string text_of(const Value& value);

}  // namespace tidewaiter::cel::testing

#endif  // TIDEWAITER_TESTS_CEL_TREE_H_
