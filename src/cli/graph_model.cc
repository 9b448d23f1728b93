#include "cli/graph_model.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "engine/resource_values.h"
#include "k8s/builtin_kinds.h"
#include "k8s/reference_graph.h"
#include "k8s/selection.h"
#include "yaml/node.h"

namespace tidewaiter::cli {
namespace {

/// In the order of GraphState.
constexpr std::array<std::string_view, 5> kStates = {"found", "made", "optional", "outside",
                                                     "dangling"};

/// A key of an object or the port of a Service.
std::string key_text(const yaml::Node& key) {
  return key.kind() == yaml::Kind::kInt ? std::to_string(key.as_int())
                                        : std::string(key.as_string());
}

class Modeler {
 public:
  Modeler(std::string name, const k8s::Scope& scope)
      : graph_(scope.references()), selection_(scope.selection()) {
    model_.name = std::move(name);
    model_.scope = &scope;
  }

  GraphModel run() {
    for (std::uint32_t i = 0; i < graph_.resources().size(); ++i) {
      const k8s::Resource& r = graph_.resource(i);
      model_.objects.push_back({.resource = i,
                                .group = r.group,
                                .kind = r.kind,
                                .namespace_ = r.namespace_,
                                .name = engine::display_name(r)});
    }
    for (std::uint32_t i = 0; i < graph_.resources().size(); ++i) {
      add_references(i);
      add_selected(i);
      for (const k8s::Product& product : graph_.products_of(i)) add_product(i, product);
    }
    add_generated();
    return std::move(model_);
  }

 private:
  void add_references(std::uint32_t from) {
    std::map<std::pair<std::uint32_t, std::string_view>, std::size_t> edges;  // by end, verb
    for (const k8s::Reference& reference : graph_.references_of(from)) {
      const std::uint32_t number = graph_.number_of(reference);
      const std::uint32_t to = object_of(reference);
      const auto [it, is_new] =
          edges.try_emplace({to, verb_of(reference.relation)}, model_.edges.size());
      if (is_new) {
        model_.edges.push_back({.from = from,
                                .to = to,
                                .relation = name_of(reference.relation),
                                .verb = verb_of(reference.relation),
                                .state = state_of(reference),
                                .keys = {},
                                .missing_keys = {}});
      }
      GraphEdge& edge = model_.edges[it->second];
      edge.state = std::max(edge.state, state_of(reference));
      if (reference.key == nullptr) continue;
      const std::string key = key_text(*reference.key);
      if (graph_.lacks_key(number)) edge.missing_keys.push_back(key);
      edge.keys.push_back(key);
    }
  }

  GraphState state_of(const k8s::Reference& reference) const {
    const std::uint32_t number = graph_.number_of(reference);
    if (graph_.target_of(number) != k8s::ReferenceGraph::kNone) return GraphState::kFound;
    if (!graph_.makers_of(number).empty()) return GraphState::kMade;
    if (reference.optional) return GraphState::kOptional;
    return graph_.dangles(number) ? GraphState::kDangling : GraphState::kOutside;
  }

  std::uint32_t object_of(const k8s::Reference& reference) {
    const std::uint32_t target = graph_.target_of(graph_.number_of(reference));
    if (target != k8s::ReferenceGraph::kNone) return target;
    return other(reference.group, reference.kind, reference.namespace_, reference.name_text());
  }

  /// The number of an object that is no resource of the scope.
  std::uint32_t other(std::string_view group, std::string_view kind,
                      std::string_view namespace_, std::string_view name) {
    if (k8s::is_found_from_anywhere(group, kind)) namespace_ = {};
    const auto next = static_cast<std::uint32_t>(model_.objects.size());
    const auto [it, is_new] = others_.try_emplace({group, kind, namespace_, name}, next);
    if (is_new) {
      model_.objects.push_back(
          {.group = group, .kind = kind, .namespace_ = namespace_, .name = std::string(name)});
    }
    return it->second;
  }

  /// What a workload's own selector selects is its own pods: nothing new.
  void add_selected(std::uint32_t from) {
    const k8s::Resource& resource = graph_.resource(from);
    const auto selected = selection_.selected_by(from);
    if (resource.is_workload || !selected) return;
    const std::size_t most =
        listed_ < GraphModel::kMany + GraphModel::kManyForEach * graph_.resources().size()
            ? GraphModel::kMany
            : GraphModel::kFew;
    const auto some = selected->first(std::min(selected->size(), most));
    listed_ += some.size();
    for (const std::uint32_t pod : some) {
      model_.edges.push_back({.from = from,
                              .to = pod,
                              .relation = "selects",
                              .verb = "selects",
                              .keys = {},
                              .missing_keys = {}});
    }
    if (some.size() < selected->size()) {
      model_.crowds.push_back({.from = from, .more = selected->size() - some.size()});
    }
  }

  void add_product(std::uint32_t from, const k8s::Product& product) {
    const std::string name = std::string(product.name) + (product.is_numbered ? "-N" : "");
    const k8s::Resource* const found = model_.scope->find({.group = "", .kind = product.kind},
                                                          product.namespace_, product.name);
    const auto number =
        found == nullptr ? std::nullopt : model_.scope->number_of(*found->object);
    GraphEdge edge{.from = from,
                   .to = number ? *number : made_object(product, name),
                   .relation = "creates",
                   .verb = "creates",
                   .state = number ? GraphState::kFound : GraphState::kMade,
                   .keys = {},
                   .missing_keys = {}};
    for (const k8s::ProductKey& key : product.keys) edge.keys.emplace_back(key.text);
    model_.edges.push_back(std::move(edge));
  }

  /// What the kustomization of the scope generates, by the last of its names.
  void add_generated() {
    std::map<const yaml::Node*, std::size_t> last;  // of each generator
    const auto products = graph_.products();
    const auto is_generated = [](const k8s::Product& product) {
      return product.by == k8s::Product::kNobody;
    };
    for (std::size_t i = 0; i < products.size(); ++i) {
      if (is_generated(products[i])) last[products[i].node] = i;
    }
    if (last.empty()) return;
    const std::uint32_t from =
        other("kustomize.config.k8s.io", "Kustomization", {}, model_.name);
    for (std::size_t i = 0; i < products.size(); ++i) {
      if (is_generated(products[i]) && last[products[i].node] == i) {
        add_product(from, products[i]);
      }
    }
  }

  std::uint32_t made_object(const k8s::Product& product, const std::string& name) {
    if (!product.is_numbered) {
      return other("", product.kind, product.namespace_, product.name);
    }
    model_.objects.push_back(
        {.group = {}, .kind = product.kind, .namespace_ = product.namespace_, .name = name});
    return static_cast<std::uint32_t>(model_.objects.size() - 1);
  }

  const k8s::ReferenceGraph& graph_;
  const k8s::Selection& selection_;
  GraphModel model_;
  std::size_t listed_ = 0;  // of what selectors select
  std::map<std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>,
           std::uint32_t>
      others_;
};

}  // namespace

std::string_view name_of(GraphState state) {
  return kStates[static_cast<std::size_t>(state)];
}

std::size_t GraphModel::count(GraphState state) const {
  return static_cast<std::size_t>(std::ranges::count(edges, state, &GraphEdge::state));
}

std::size_t GraphModel::missing_keys() const {
  std::size_t count = 0;
  for (const GraphEdge& edge : edges) count += edge.missing_keys.size();
  return count;
}

GraphModel model_of(std::string name, const k8s::Scope& scope) {
  return Modeler(std::move(name), scope).run();
}

}  // namespace tidewaiter::cli
