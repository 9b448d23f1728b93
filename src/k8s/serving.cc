#include "k8s/serving.h"

#include <algorithm>
#include <cstdint>
#include <unordered_set>

#include "k8s/pod.h"
#include "k8s/selection.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

std::vector<const Node*> items_of(const Node* list) {
  std::vector<const Node*> items;
  if (list == nullptr || !list->is_sequence()) return items;
  for (std::uint32_t i = 0; i < list->size(); ++i) {
    if (list->item(i).is_mapping()) items.push_back(&list->item(i));
  }
  return items;
}

/// The ports that Services lead to, by name and by number.
class Targets {
 public:
  explicit Targets(std::span<const Resource* const> services) {
    for (const Resource* const service : services) {
      const Node* const spec = service->object->find("spec");
      for (const Node* const port : items_of(spec == nullptr ? nullptr : spec->find("ports"))) {
        const Node* target = port->find("targetPort");
        if (target == nullptr || target->is_null()) target = port->find("port");
        add(target);
      }
    }
  }

  bool holds(const Node* port) const {
    if (port == nullptr) return false;
    return port->is_string()
               ? names_.contains(port->as_string())
               : port->kind() == yaml::Kind::kInt && numbers_.contains(port->as_int());
  }

 private:
  void add(const Node* target) {
    if (target == nullptr) return;
    if (target->is_string()) names_.insert(target->as_string());
    if (target->kind() == yaml::Kind::kInt) numbers_.insert(target->as_int());
  }

  std::unordered_set<std::string_view> names_;
  std::unordered_set<std::int64_t> numbers_;
};

/// The Services that select a workload's pods; none when there are too many to tell.
std::vector<const Resource*> services_of(const Resource& workload, const Scope& scope) {
  const auto number = scope.number_of(*workload.object);
  if (!number) return {};
  std::vector<std::uint32_t> buffer;
  const auto found =
      scope.selection().selecting(*number, {.group = "", .kind = "Service"}, buffer);
  std::vector<const Resource*> services;
  if (!found || found->size() > Selection::kMostCandidates) return services;
  for (const std::uint32_t i : *found) {
    services.push_back(scope.all()[i]);
  }
  return services;
}

}  // namespace

std::vector<const Node*> serving_containers(const Resource& workload, const Scope& scope,
                                            std::span<const std::string_view> helper_ports) {
  const auto services = services_of(workload, scope);
  const Targets targets(services);
  const auto counts = [&](const Node* port) {
    const Node* const name = port->find("name");
    const bool is_helper =
        name != nullptr &&
        std::ranges::find(helper_ports, name->as_string()) != helper_ports.end();
    return !is_helper || targets.holds(name) || targets.holds(port->find("containerPort"));
  };
  const auto declares = [&](const Node* container) {
    return std::ranges::any_of(items_of(container->find("ports")), counts);
  };
  const Containers containers = containers_of(workload.pod);
  std::vector<const Node*> serving;
  std::ranges::copy_if(containers.main, std::back_inserter(serving), declares);
  if (serving.empty() && !services.empty() && !containers.main.empty() &&
      std::ranges::none_of(containers.sidecars, declares)) {
    serving.push_back(containers.main.front());
  }
  return serving;
}

}  // namespace tidewaiter::k8s
