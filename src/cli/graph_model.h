#ifndef TIDEWAITER_CLI_GRAPH_MODEL_H_
#define TIDEWAITER_CLI_GRAPH_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/scope.h"

namespace tidewaiter::cli {

/// Something that is referred to: a resource of the scope, or what it has not.
struct GraphObject {
  static constexpr std::uint32_t kNoResource = 0xFFFF'FFFFU;

  std::uint32_t resource = kNoResource;  ///< Its number in the scope.
  std::string_view group;
  std::string_view kind;
  std::string_view namespace_;  ///< "" is `<unset>`.
  std::string name;
};

/// What is known of the object at the end of an edge.
enum class GraphState : std::uint8_t {
  kFound,     ///< A resource of the scope.
  kMade,      ///< Something in the scope makes it.
  kOptional,  ///< The scope does not have it, and it need not be there.
  kOutside,   ///< Not in the scope; it may well exist.
  kDangling,  ///< Not in the scope although others of its kind are: probably a mistake.
};
/// "found", "made", "optional", "outside", "dangling".
std::string_view name_of(GraphState state);

/// All that one resource has to do with one object in one way.
struct GraphEdge {
  std::uint32_t from = 0;  ///< Numbers of objects.
  std::uint32_t to = 0;
  std::string_view relation;  ///< "env", "selects", "creates" ...
  std::string_view verb;      ///< "reads", "selects", "creates" ...
  GraphState state = GraphState::kFound;
  std::vector<std::string> keys;          ///< In the order of the text.
  std::vector<std::string> missing_keys;  ///< Those that the object surely lacks.
};

/// What refers to what in one scope, ready to be printed: objects are the resources in their
/// order, then what they name besides; edges by what refers, then in the order of the text,
/// then what it selects and creates.
struct GraphModel {
  /// What one selector selects is listed up to this many, and when so much is listed that it is
  /// kManyForEach for each resource, up to kFew: all matches of all selectors would be
  /// quadratic.
  static constexpr std::size_t kMany = 1000;
  static constexpr std::size_t kManyForEach = 10;
  static constexpr std::size_t kFew = 10;
  /// A selector that selects more.
  struct Crowd {
    std::uint32_t from = 0;
    std::size_t more = 0;  ///< How many are not listed.
  };

  std::string name;
  const k8s::Scope* scope = nullptr;
  std::vector<GraphObject> objects;
  std::vector<GraphEdge> edges;
  std::vector<Crowd> crowds;  ///< By `from`.

  std::size_t count(GraphState state) const;
  std::size_t missing_keys() const;
};

/// `name` is what the scope is called in the output. Borrows the scope.
GraphModel model_of(std::string name, const k8s::Scope& scope);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_GRAPH_MODEL_H_
