#include "k8s/effective_resources.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "k8s/container_resources.h"
#include "k8s/pod.h"

namespace tidewaiter::k8s {
namespace {

constexpr std::uint32_t kPodLevelResourcesMinor = 34;

using AmountsOf = std::vector<Amount> (*)(const yaml::Node&, const LimitDefaults*);

/// What a container brings to its pod.
enum class Role : std::uint8_t { kInit, kSidecar, kMain };

struct Contribution {
  Amount amount;
  Role role = Role::kMain;
  const yaml::Node* container = nullptr;
};

const yaml::Node* find_present(const yaml::Node& node, std::string_view key) {
  const yaml::Node* const found = node.find(key);
  return found != nullptr && !found->is_null() ? found : nullptr;
}

/// The amounts of every container by resource; of one resource init containers and sidecars in
/// the order of the text, then main containers.
std::vector<Contribution> contributions_of(const yaml::Node& pod, AmountsOf amounts_of,
                                           const LimitDefaults* defaults) {
  std::vector<Contribution> all;
  const auto add_list = [&](std::string_view field) {
    const yaml::Node* const list = pod.find(field);
    if (list == nullptr || !list->is_sequence()) return;
    for (std::uint32_t i = 0; i < list->size(); ++i) {
      const yaml::Node& container = list->item(i);
      if (!container.is_mapping()) continue;
      const Role role = field == "containers"          ? Role::kMain
                        : is_native_sidecar(container) ? Role::kSidecar
                                                       : Role::kInit;
      for (Amount& amount : amounts_of(container, defaults)) {
        all.push_back({.amount = std::move(amount), .role = role, .container = &container});
      }
    }
  };
  add_list("initContainers");
  add_list("containers");
  std::ranges::stable_sort(all, {}, [](const Contribution& c) { return c.amount.resource; });
  return all;
}

/// Calls `use` with the contributions of each resource.
template <class Use>
void for_each_resource(std::span<const Contribution> all, Use use) {
  while (!all.empty()) {
    const std::string_view resource = all.front().amount.resource;
    const auto end = std::ranges::find_if(
        all, [&](const Contribution& c) { return c.amount.resource != resource; });
    const auto count = static_cast<std::size_t>(end - all.begin());
    use(resource, all.first(count));
    all = all.subspan(count);
  }
}

/// More than any cluster has: what is larger is not added up, as its digits would take long.
const Quantity& largest_amount() {
  static const Quantity kLargest = [] {
    auto quantity = parse_quantity("1e40");
    return quantity ? *std::move(quantity) : Quantity();
  }();
  return kLargest;
}

/// Adds up, until something cannot be added: then nothing is known of the sum.
class Sum {
 public:
  void add(const std::optional<Quantity>& quantity) {
    if (!quantity || !total_ || *quantity > largest_amount()) {
      total_.reset();
      return;
    }
    if (total_->sign() == 0) {
      total_ = *quantity;  // keeps how it is written
    } else {
      total_ = Quantity::sum(*total_, *quantity);
    }
  }
  const std::optional<Quantity>& total() const { return total_; }

 private:
  std::optional<Quantity> total_ = Quantity();
};

/// What the containers together need of one resource.
struct Aggregate {
  std::optional<Quantity> amount;  ///< Nothing where it is not known.
  const yaml::Node* at = nullptr;  ///< Null when several containers make it up.
};

/// The sum of main containers and native sidecars.
Aggregate running_sum(std::span<const Contribution> contributions) {
  Sum sum;
  const yaml::Node* only = nullptr;
  int counted = 0;
  for (const Contribution& c : contributions) {
    if (c.role == Role::kInit) continue;
    sum.add(c.amount.quantity);
    const bool counts = c.amount.quantity && c.amount.quantity->sign() != 0;
    if (counts) ++counted;
    if (only == nullptr || (counts && counted == 1)) only = c.amount.node;
  }
  return {.amount = sum.total(), .at = counted > 1 ? nullptr : only};
}

/// Calls `use` with each init container's contribution, the amount with the sidecars before it,
/// and whether it is alone.
template <class Use>
void for_each_init(std::span<const Contribution> contributions, Use use) {
  Sum sidecars;
  for (const Contribution& c : contributions) {
    if (c.role == Role::kSidecar) sidecars.add(c.amount.quantity);
    if (c.role != Role::kInit) continue;
    Sum with = sidecars;
    with.add(c.amount.quantity);
    use(c, with.total(), sidecars.total() && sidecars.total()->sign() == 0);
  }
}

Aggregate aggregate(std::span<const Contribution> contributions) {
  Aggregate result = running_sum(contributions);
  for_each_init(contributions, [&](const Contribution& c, const std::optional<Quantity>& amount,
                                   bool alone) {
    if (!amount || !result.amount) {
      result.amount.reset();
    } else if (*amount > *result.amount || (result.at == nullptr && amount->sign() == 0)) {
      result = {.amount = amount, .at = alone ? c.amount.node : nullptr};
    }
  });
  return result;
}

using Aggregates = std::map<std::string_view, Aggregate>;

/// Replaces what the pod's own list names.
void apply_pod_level(const std::vector<Amount>& amounts, Aggregates& aggregates) {
  for (const Amount& amount : amounts) {
    const bool implied = amount.source == AmountSource::kImplied;
    if (!is_pod_level_resource(amount.resource)) continue;
    // Only what no container requests is implied by the pod's limit.
    if (implied && aggregates.contains(amount.resource)) continue;
    aggregates[amount.resource] = {.amount = amount.quantity, .at = amount.node};
  }
}

void add_overhead(const yaml::Node& pod, bool to_missing, Aggregates& aggregates) {
  const yaml::Node* const overhead = pod.find("overhead");
  if (overhead == nullptr || !overhead->is_mapping()) return;
  for (std::uint32_t i = 0; i < overhead->size(); ++i) {
    const yaml::Entry entry = overhead->entry(i);
    const std::string_view resource = entry.key->as_string();
    if (entry.value->is_null()) continue;
    if (!to_missing && !aggregates.contains(resource)) continue;
    const bool is_new = !aggregates.contains(resource);
    Aggregate& to = aggregates[resource];
    if (is_new) to = {.amount = Quantity(), .at = entry.value};
    Sum sum;
    sum.add(to.amount);
    auto quantity = parse_quantity(quantity_text(*entry.value));
    sum.add(quantity && quantity->sign() >= 0 ? std::optional(*quantity) : std::nullopt);
    to.amount = sum.total();
  }
}

Aggregates aggregates_of(const yaml::Node& pod, const LimitDefaults* defaults,
                         AmountsOf amounts_of) {
  Aggregates aggregates;
  const auto contributions = contributions_of(pod, amounts_of, defaults);
  for_each_resource(contributions,
                    [&](std::string_view resource, std::span<const Contribution> of_it) {
                      aggregates.emplace_hint(aggregates.end(), resource, aggregate(of_it));
                    });
  return aggregates;
}

/// The sums that are known.
std::vector<EffectiveAmount> amounts_in(Aggregates&& aggregates, const yaml::Node& pod) {
  const yaml::Node* const containers = find_present(pod, "containers");
  const yaml::Node* const several = containers != nullptr ? containers : &pod;
  std::vector<EffectiveAmount> amounts;
  for (auto& [resource, sum] : aggregates) {
    if (!sum.amount) continue;
    amounts.push_back({.resource = resource,
                       .amount = *std::move(sum.amount),
                       .at = sum.at != nullptr ? sum.at : several});
  }
  return amounts;
}

std::vector<EffectiveAmount> effective(const yaml::Node& pod,
                                       const PodSurroundings& surroundings,
                                       AmountsOf amounts_of, bool is_request) {
  Aggregates aggregates = aggregates_of(pod, surroundings.defaults, amounts_of);
  if (pod_level_resources(pod, surroundings.kubernetes_minor) != nullptr) {
    apply_pod_level(amounts_of(pod, nullptr), aggregates);
  }
  add_overhead(pod, /*to_missing=*/is_request, aggregates);
  return amounts_in(std::move(aggregates), pod);
}

}  // namespace

bool is_pod_level_resource(std::string_view resource) {
  return resource == "cpu" || resource == "memory" || resource.starts_with("hugepages-");
}

const yaml::Node* pod_level_resources(const yaml::Node& pod, std::uint32_t kubernetes_minor) {
  if (kubernetes_minor < kPodLevelResourcesMinor) return nullptr;
  const bool has_value = !requests_of(pod, nullptr).empty();  // limits imply requests
  return has_value ? pod.find("resources") : nullptr;
}

std::vector<EffectiveAmount> effective_requests(const yaml::Node& pod,
                                                const PodSurroundings& surroundings) {
  return effective(pod, surroundings, requests_of, /*is_request=*/true);
}

std::vector<EffectiveAmount> effective_limits(const yaml::Node& pod,
                                              const PodSurroundings& surroundings) {
  return effective(pod, surroundings, limits_of, /*is_request=*/false);
}

std::vector<EffectiveAmount> container_requests(const yaml::Node& pod,
                                                const LimitDefaults* defaults) {
  return amounts_in(aggregates_of(pod, defaults, requests_of), pod);
}

std::vector<DominatingInit> dominating_inits(const yaml::Node& pod) {
  std::map<const yaml::Node*, std::vector<DominatingInit::Excess>> by_container;
  const yaml::Node* const own = pod_level_resources(pod, kPodLevelResourcesMinor);
  const auto is_replaced = [&](std::string_view resource) {
    if (own == nullptr || !is_pod_level_resource(resource)) return false;
    const yaml::Node* const requests = own->find("requests");
    return requests != nullptr && find_present(*requests, resource) != nullptr;
  };
  const auto contributions = contributions_of(pod, requests_of, nullptr);
  for_each_resource(
      contributions, [&](std::string_view resource, std::span<const Contribution> of_it) {
        const Aggregate running = running_sum(of_it);
        if (!running.amount || is_replaced(resource)) return;
        for_each_init(of_it,
                      [&](const Contribution& c, const std::optional<Quantity>& amount, bool) {
                        if (!amount || *amount <= *running.amount) return;
                        by_container[c.container].push_back(
                            {.resource = resource, .amount = *amount, .sum = *running.amount});
                      });
      });
  std::vector<DominatingInit> found;
  for (const yaml::Node* const container : containers_of(&pod).init) {
    const auto it = by_container.find(container);
    if (it == by_container.end()) continue;
    found.push_back({.container = container, .resources = std::move(it->second)});
    by_container.erase(it);
  }
  return found;
}

}  // namespace tidewaiter::k8s
