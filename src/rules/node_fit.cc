#include "rules/node_fit.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "k8s/container_resources.h"
#include "k8s/node_demand.h"
#include "k8s/pod.h"
#include "k8s/vm_sizes.h"

namespace tidewaiter::rules {
namespace {

constexpr std::string_view kKeys[] = {"node.kubernetes.io/instance-type",
                                      "beta.kubernetes.io/instance-type", "agentpool",
                                      "kubernetes.azure.com/agentpool"};

/// The other keys name a pool.
bool is_of_size(const k8s::NodeRequirement& requirement) {
  return requirement.key.ends_with("instance-type");
}

struct Candidate {
  std::string_view size;
  std::int64_t max_pods = 0;
  std::string_view pool = {};  // empty: any pool with such nodes
};

/// The nodes a pod may go to, and what says so.
struct Candidates {
  std::vector<Candidate> nodes;
  const yaml::Node* demand = nullptr;
};

/// The requirement that names the nodes of an alternative, by pool rather than by size; null
/// when none does.
const k8s::NodeRequirement* naming_requirement(const k8s::NodeAlternative& alternative) {
  const k8s::NodeRequirement* naming = nullptr;
  for (const k8s::NodeRequirement& requirement : alternative) {
    if (requirement.is_excluded) continue;
    if (naming == nullptr || !is_of_size(requirement)) naming = &requirement;
  }
  return naming;
}

/// Nothing where a pool is unknown.
std::optional<std::vector<Candidate>> named_nodes(const k8s::NodeRequirement& requirement,
                                                  const NodeChoice& choice) {
  std::vector<Candidate> nodes;
  for (const std::string_view value : requirement.values) {
    if (is_of_size(requirement)) {
      nodes.push_back({.size = value, .max_pods = choice.max_pods});
      continue;
    }
    const NodePool* const pool = choice.cluster->node_pool(value);
    if (pool == nullptr) return std::nullopt;
    nodes.push_back({.size = pool->size,
                     .max_pods = pool->max_pods.value_or(choice.max_pods),
                     .pool = value});
  }
  return nodes;
}

std::vector<Candidate> nodes_of_class(const NodeChoice& choice) {
  std::vector<Candidate> nodes;
  const Constant* const sizes =
      choice.workload_class == nullptr ? nullptr : choice.workload_class->find("vmSizes");
  if (sizes == nullptr) return nodes;
  for (const Constant& size : sizes->items) {
    nodes.push_back({.size = size.text, .max_pods = choice.max_pods});
  }
  return nodes;
}

/// The nodes that meet all requirements of an alternative.
std::vector<Candidate> allowed_nodes(std::vector<Candidate> nodes,
                                     k8s::NodeAlternative alternative) {
  for (k8s::NodeRequirement& requirement : alternative) {
    std::ranges::sort(requirement.values);
    std::erase_if(nodes, [&](const Candidate& node) {
      const std::string_view value = is_of_size(requirement) ? node.size : node.pool;
      return std::ranges::binary_search(requirement.values, value) == requirement.is_excluded;
    });
  }
  return nodes;
}

void remove_repeated(std::vector<Candidate>& nodes) {
  const auto key = [](const Candidate& node) { return std::tie(node.size, node.max_pods); };
  std::ranges::sort(nodes, {}, key);
  const auto repeated = std::ranges::unique(nodes, {}, key);
  nodes.erase(repeated.begin(), repeated.end());
}

/// Nothing where it is not known to which nodes the pod may go.
std::optional<Candidates> candidates_of(const yaml::Node& pod, const NodeChoice& choice) {
  const std::vector<Candidate> of_class = nodes_of_class(choice);
  bool has_all_of_class = false;
  Candidates candidates;
  for (k8s::NodeAlternative& alternative : k8s::node_alternatives(pod, kKeys)) {
    const k8s::NodeRequirement* const naming = naming_requirement(alternative);
    if (candidates.demand == nullptr) {
      candidates.demand = naming == nullptr ? choice.class_at : naming->at;
    }
    if (naming == nullptr) {
      if (has_all_of_class && alternative.empty()) continue;
      has_all_of_class = has_all_of_class || alternative.empty();
    }
    auto nodes = naming == nullptr ? std::optional(of_class) : named_nodes(*naming, choice);
    if (!nodes) return std::nullopt;
    nodes = allowed_nodes(*std::move(nodes), std::move(alternative));
    if (naming == nullptr && nodes->empty()) return std::nullopt;  // then anywhere else
    candidates.nodes.insert(candidates.nodes.end(), nodes->begin(), nodes->end());
  }
  remove_repeated(candidates.nodes);
  return candidates;
}

/// A node, whole and without what AKS reserves.
struct Node {
  Candidate candidate;
  NodeSize capacity;
  NodeSize allocatable;
};

/// Nothing where a size is unknown.
std::optional<std::vector<Node>> nodes_of(const Candidates& candidates,
                                          const ClusterSettings& cluster, std::uint32_t minor) {
  std::vector<Node> nodes;
  for (const Candidate& candidate : candidates.nodes) {
    const auto size = cluster.node_size(candidate.size);
    if (!size) return std::nullopt;
    const std::int64_t cpu = k8s::reserved_cpu_milli(size->cpu_milli / 1000);
    const std::int64_t memory = k8s::reserved_memory(size->memory, candidate.max_pods, minor);
    nodes.push_back(
        {.candidate = candidate,
         .capacity = *size,
         .allocatable = {.cpu_milli = std::max<std::int64_t>(size->cpu_milli - cpu, 0),
                         .memory = std::max<std::int64_t>(size->memory - memory, 0)}});
  }
  return nodes;
}

k8s::Quantity quantity(const std::string& text) {
  auto parsed = k8s::parse_quantity(text);
  return parsed ? *std::move(parsed) : k8s::Quantity();
}

k8s::Quantity amount_of(const NodeSize& size, std::string_view resource) {
  if (resource == "cpu") return quantity(std::to_string(size.cpu_milli) + "m");
  return quantity(std::to_string((size.memory + 1023) / 1024) + "Ki");
}

/// The largest request that a container of the pod, or the pod itself, writes.
const yaml::Node* largest_request(const yaml::Node& pod, std::string_view resource,
                                  const k8s::PodSurroundings& surroundings) {
  const yaml::Node* at = nullptr;
  k8s::Quantity largest;
  const auto look_at = [&](const yaml::Node& owner, const k8s::LimitDefaults* defaults) {
    const auto requests = k8s::requests_of(owner, defaults);
    const k8s::Amount* const amount = k8s::find_amount(requests, resource);
    if (amount == nullptr || !amount->quantity) return;
    if (at != nullptr && *amount->quantity <= largest) return;
    at = amount->node;
    largest = *amount->quantity;
  };
  if (k8s::pod_level_resources(pod, surroundings.kubernetes_minor) != nullptr) {
    look_at(pod, nullptr);
    if (at != nullptr) return at;
  }
  for (const yaml::Node* const container : k8s::containers_of(&pod).all) {
    look_at(*container, surroundings.defaults);
  }
  return at;
}

bool exceeds(const k8s::EffectiveAmount& request, const Node& node) {
  return (request.resource == "cpu" || request.resource == "memory") &&
         request.amount > amount_of(node.allocatable, request.resource);
}

struct Excess {
  const k8s::EffectiveAmount* request;
  const Node* node;
};

/// A request and the node it is too large for; nothing where some node takes all requests. The
/// largest node, unless nodes of different shapes fail for different reasons.
std::optional<Excess> excess_of(const std::vector<k8s::EffectiveAmount>& requests,
                                const std::vector<Node>& nodes) {
  std::optional<Excess> found;
  for (const Node& node : nodes) {
    const auto too_large = std::ranges::find_if(
        requests, [&](const k8s::EffectiveAmount& request) { return exceeds(request, node); });
    if (too_large == requests.end()) return std::nullopt;
    if (!found) found = Excess{.request = &*too_large, .node = &node};
  }
  for (const k8s::EffectiveAmount& request : requests) {
    const bool always =
        std::ranges::all_of(nodes, [&](const Node& node) { return exceeds(request, node); });
    if (!always) continue;
    const auto largest = std::ranges::max_element(nodes, {}, [&](const Node& node) {
      return amount_of(node.allocatable, request.resource);
    });
    return Excess{.request = &request, .node = &*largest};
  }
  return found;
}

}  // namespace

std::optional<NodeMisfit> node_misfit(const yaml::Node& pod,
                                      const k8s::PodSurroundings& surroundings,
                                      const NodeChoice& choice) {
  const auto candidates = candidates_of(pod, choice);
  if (!candidates || candidates->nodes.empty()) return std::nullopt;
  const auto nodes = nodes_of(*candidates, *choice.cluster, surroundings.kubernetes_minor);
  if (!nodes) return std::nullopt;
  const auto requests = k8s::effective_requests(pod, surroundings);
  const auto excess = excess_of(requests, *nodes);
  if (!excess) return std::nullopt;
  const auto& [request, node] = *excess;
  const yaml::Node* const at = largest_request(pod, request->resource, surroundings);
  return NodeMisfit{.resource = request->resource,
                    .requested = request->amount,
                    .allocatable = amount_of(node->allocatable, request->resource),
                    .capacity = amount_of(node->capacity, request->resource),
                    .size = node->candidate.size,
                    .max_pods = node->candidate.max_pods,
                    .at = at != nullptr ? at : request->at,
                    .demand = candidates->demand};
}

}  // namespace tidewaiter::rules
