#include "k8s/serving.h"

#include <algorithm>

#include "k8s/pod.h"

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

bool is_same(const Node* left, const Node* right) {
  if (left == nullptr || right == nullptr || left->kind() != right->kind()) return false;
  if (left->is_string()) return left->as_string() == right->as_string();
  return left->kind() == yaml::Kind::kInt && left->as_int() == right->as_int();
}

/// Whether a port of one of the Services leads to this port of a container.
bool is_targeted(const Node& port, std::span<const Resource* const> services) {
  const Node* const name = port.find("name");
  const Node* const number = port.find("containerPort");
  return std::ranges::any_of(services, [&](const Resource* service) {
    const Node* const spec = service->object->find("spec");
    const auto ports = items_of(spec == nullptr ? nullptr : spec->find("ports"));
    return std::ranges::any_of(ports, [&](const Node* own) {
      const Node* target = own->find("targetPort");
      if (target == nullptr || target->is_null()) target = own->find("port");
      return is_same(target, name) || is_same(target, number);
    });
  });
}

}  // namespace

std::vector<const Node*> serving_containers(const Resource& workload, const Scope& scope,
                                            std::span<const std::string_view> helper_ports) {
  const auto services = scope.pods().services_of(workload);
  const auto counts = [&](const Node* port) {
    const Node* const name = port->find("name");
    const bool is_helper =
        name != nullptr &&
        std::ranges::find(helper_ports, name->as_string()) != helper_ports.end();
    return !is_helper || is_targeted(*port, services);
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
