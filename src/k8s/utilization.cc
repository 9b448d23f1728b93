#include "k8s/utilization.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "k8s/container_resources.h"
#include "k8s/pod.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

/// Whether adding an amount up is cheap; nothing real has as many digits.
bool is_short(const Quantity& quantity) {
  constexpr std::int64_t kMostDigits = 64;
  return std::ssize(quantity.digits()) <= kMostDigits &&
         std::abs(quantity.exponent()) <= kMostDigits;
}

/// Amounts of one resource, added up until one is absent or not known.
struct Total {
  std::optional<Quantity> sum = Quantity();
  std::vector<const Node*> nodes;

  void add(const Amount* amount) {
    if (amount != nullptr) nodes.push_back(amount->node);
    const bool known =
        sum && amount != nullptr && amount->quantity && is_short(*amount->quantity);
    sum = known ? Quantity::sum(*sum, *amount->quantity) : std::nullopt;
  }
};

std::string_view name_of(const Node& container) {
  const Node* const name = container.find("name");
  return name == nullptr ? std::string_view() : name->as_string();
}

std::vector<const Node*> counted(const Containers& containers,
                                 std::optional<std::string_view> name) {
  std::vector<const Node*> all = containers.main;
  all.insert(all.end(), containers.sidecars.begin(), containers.sidecars.end());
  if (name) std::erase_if(all, [&](const Node* c) { return name_of(*c) != *name; });
  return all;
}

/// The limits that every counted container has.
void add_limits(UtilizationBase& base, const LimitDefaults* defaults,
                std::string_view resource) {
  Total total;
  for (const Node* const container : base.containers) {
    const auto limits = limits_of(*container, defaults);
    const Amount* const limit = find_amount(limits, resource);
    const bool is_none = limit != nullptr && limit->quantity && limit->quantity->sign() == 0;
    total.add(is_none ? nullptr : limit);
  }
  if (!total.sum || base.containers.empty()) return;
  base.limit = std::move(total.sum);
  base.limits = std::move(total.nodes);
}

void add_requests(UtilizationBase& base, const LimitDefaults* defaults,
                  std::string_view resource) {
  Total total;
  for (const Node* const container : base.containers) {
    const auto requests = requests_of(*container, defaults);
    const Amount* const request = find_amount(requests, resource);
    if (request == nullptr) base.lacking.push_back(container);
    total.add(request);
  }
  if (!base.containers.empty()) base.request = std::move(total.sum);
}

/// Of a pod with `resources` of its own.
void add_pod_level(UtilizationBase& base, const Node& pod, const PodSurroundings& surroundings,
                   std::string_view resource) {
  const auto requests = [&](const Node& part, const LimitDefaults* defaults) {
    return find_amount(requests_of(part, defaults), resource) != nullptr;
  };
  const auto all = containers_of(&pod).all;
  const bool is_requested =
      requests(pod, nullptr) || std::ranges::any_of(all, [&](const Node* container) {
        return requests(*container, surroundings.defaults);
      });
  if (!is_requested) base.lacking = base.containers;
  for (EffectiveAmount& amount : effective_requests(pod, surroundings)) {
    if (is_requested && amount.resource == resource) base.request = std::move(amount.amount);
  }
  const auto limits = limits_of(pod, nullptr);
  const Amount* const limit = find_amount(limits, resource);
  if (limit == nullptr || !limit->quantity || limit->quantity->sign() == 0) return;
  if (base.limit && *base.limit <= *limit->quantity) return;
  base.limit = limit->quantity;
  base.limits = {limit->node};
}

}  // namespace

UtilizationBase utilization_base(const Node& pod, const PodSurroundings& surroundings,
                                 std::string_view resource,
                                 std::optional<std::string_view> container) {
  UtilizationBase base;
  base.containers = counted(containers_of(&pod), container);
  add_limits(base, surroundings.defaults, resource);
  const bool is_pod_level =
      !container && pod_level_resources(pod, surroundings.kubernetes_minor) != nullptr;
  if (is_pod_level) {
    add_pod_level(base, pod, surroundings, resource);
  } else {
    add_requests(base, surroundings.defaults, resource);
  }
  return base;
}

}  // namespace tidewaiter::k8s
