#include "k8s/qos.h"

#include <algorithm>
#include <array>
#include <vector>

#include "k8s/container_resources.h"
#include "k8s/pod.h"

namespace tidewaiter::k8s {
namespace {

constexpr std::array<std::string_view, 2> kResources = {"cpu", "memory"};

constexpr std::array<std::string_view, 3> kQosNames = {"BestEffort", "Burstable",
                                                       "Guaranteed"};  // parallel to QosClass

/// One resource of a container: what counts for QoS, where 0 is nothing.
struct Pair {
  std::string_view resource;
  std::optional<Quantity> request;
  std::optional<Quantity> limit;
  const yaml::Node* request_at = nullptr;
  const yaml::Node* limit_at = nullptr;

  bool is_guaranteed() const { return request && limit && *request == *limit; }
};

struct Shape {
  const yaml::Node* container = nullptr;
  std::array<Pair, kResources.size()> pairs;  // parallel to kResources

  bool is_guaranteed() const { return pairs[0].is_guaranteed() && pairs[1].is_guaranteed(); }
};

/// Puts the amount where it belongs; false when it is no valid quantity.
bool take(const std::vector<Amount>& amounts, std::string_view resource,
          std::optional<Quantity>& quantity, const yaml::Node*& at) {
  const Amount* const amount = find_amount(amounts, resource);
  if (amount == nullptr) return true;
  if (!amount->quantity) return false;
  if (amount->quantity->sign() == 0) return true;
  quantity = amount->quantity;
  at = amount->node;
  return true;
}

/// Nothing where an amount is no valid quantity.
std::optional<Shape> shape_of(const yaml::Node& container, const std::vector<Amount>& requests,
                              const std::vector<Amount>& limits) {
  Shape shape{.container = &container, .pairs = {}};
  for (std::size_t i = 0; i < kResources.size(); ++i) {
    Pair& pair = shape.pairs[i];
    pair.resource = kResources[i];
    if (!take(requests, kResources[i], pair.request, pair.request_at) ||
        !take(limits, kResources[i], pair.limit, pair.limit_at)) {
      return std::nullopt;
    }
  }
  return shape;
}

/// The pod's own `resources` after the API server's defaults: what its requests lack is what
/// the containers request, else its limit, if it has limits at all.
std::optional<Shape> shape_of_pod(const yaml::Node& pod) {
  const std::vector<Amount> limits = limits_of(pod, nullptr);
  std::vector<Amount> requests = requests_of(pod, nullptr);
  if (limits.empty()) return shape_of(pod, requests, limits);
  for (const EffectiveAmount& sum : container_requests(pod, nullptr)) {
    if (std::ranges::find(kResources, sum.resource) == kResources.end()) continue;
    const Amount* const own = find_amount(requests, sum.resource);
    if (own != nullptr && own->source == AmountSource::kWritten) continue;
    Amount amount{.resource = sum.resource, .quantity = sum.amount, .node = sum.at};
    if (own != nullptr) {
      requests[static_cast<std::size_t>(own - requests.data())] = std::move(amount);
    } else {
      requests.push_back(std::move(amount));
    }
  }
  return shape_of(pod, requests, limits);
}

/// What counts for the QoS of a pod: its own resources, else each container. Nothing where that
/// cannot be known.
std::optional<std::vector<Shape>> shapes_of(const yaml::Node& pod,
                                            const PodSurroundings& surroundings) {
  std::vector<Shape> shapes;
  const auto add = [&](std::optional<Shape> shape) {
    if (shape) shapes.push_back(*std::move(shape));
    return shape.has_value();
  };
  const Containers containers = containers_of(&pod);
  if (containers.all.empty()) return std::nullopt;
  if (pod_level_resources(pod, surroundings.kubernetes_minor) != nullptr) {
    if (!add(shape_of_pod(pod))) return std::nullopt;
    return shapes;
  }
  for (const yaml::Node* const container : containers.all) {
    if (!add(shape_of(*container, requests_of(*container, surroundings.defaults),
                      limits_of(*container, surroundings.defaults)))) {
      return std::nullopt;
    }
  }
  return shapes;
}

QosReason reason_of(const Shape& shape, const Pair& pair) {
  return {.kind = pair.limit ? QosReason::Kind::kDiffers : QosReason::Kind::kNoLimit,
          .container = shape.container,
          .resource = pair.resource,
          .at = pair.limit ? pair.limit_at : shape.container};
}

/// Why a shape that is not Guaranteed is not.
QosReason first_reason(const Shape& shape) {
  return reason_of(shape, shape.pairs[shape.pairs[0].is_guaranteed() ? 1 : 0]);
}

/// |limit - request| below a tenth of the request, limit above it.
bool is_near(const Pair& pair) {
  if (*pair.limit < *pair.request) return false;
  auto gap = Quantity::difference(*pair.limit, *pair.request);
  Quantity tenfold;
  for (int i = 0; gap && i < 10; ++i) {
    auto sum = Quantity::sum(tenfold, *gap);
    if (!sum) return false;
    tenfold = *std::move(sum);
  }
  return gap && tenfold < *pair.request;
}

}  // namespace

std::string_view name_of(QosClass qos) {
  return kQosNames[static_cast<std::size_t>(qos)];
}

std::optional<QosClass> parse_qos_class(std::string_view name) {
  const auto* const found = std::ranges::find(kQosNames, name);
  if (found == kQosNames.end()) return std::nullopt;
  return static_cast<QosClass>(found - kQosNames.begin());
}

std::string_view name_of(QosReason::Kind kind) {
  static constexpr std::string_view kNames[] = {"no limit", "differs", "has resource"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<Qos> qos_of(const yaml::Node& pod, const PodSurroundings& surroundings) {
  const auto shapes = shapes_of(pod, surroundings);
  if (!shapes) return std::nullopt;
  Qos result;
  for (const Shape& shape : *shapes) {
    if (!result.not_guaranteed && !shape.is_guaranteed()) {
      result.not_guaranteed = first_reason(shape);
    }
    for (const Pair& pair : shape.pairs) {
      if (result.not_best_effort || (!pair.request && !pair.limit)) continue;
      result.not_best_effort = {.kind = QosReason::Kind::kHasResource,
                                .container = shape.container,
                                .resource = pair.resource,
                                .at = pair.request ? pair.request_at : pair.limit_at};
    }
  }
  result.qos = !result.not_guaranteed    ? QosClass::kGuaranteed
               : !result.not_best_effort ? QosClass::kBestEffort
                                         : QosClass::kBurstable;
  return result;
}

std::optional<QosMisfit> qos_misfit(const Qos& qos, std::span<const QosClass> wanted) {
  const auto wants = [&](QosClass c) { return std::ranges::find(wanted, c) != wanted.end(); };
  if (wanted.empty() || wants(qos.qos)) return std::nullopt;
  const bool wants_guaranteed = wants(QosClass::kGuaranteed);
  if (qos.qos == QosClass::kBurstable) {
    return QosMisfit{.qos = qos.qos,
                     .reason = wants_guaranteed ? qos.not_guaranteed : qos.not_best_effort};
  }
  // Burstable is the neighbor of both others, and no single container keeps a pod out of it.
  if (wants(QosClass::kBurstable)) return QosMisfit{.qos = qos.qos};
  return QosMisfit{.qos = qos.qos,
                   .reason = wants_guaranteed ? qos.not_guaranteed : qos.not_best_effort};
}

std::optional<NearlyGuaranteed> nearly_guaranteed(const yaml::Node& pod,
                                                  const PodSurroundings& surroundings) {
  const auto shapes = shapes_of(pod, surroundings);
  if (!shapes) return std::nullopt;
  const Shape* odd_shape = nullptr;
  const Pair* odd_pair = nullptr;
  int odd_shapes = 0;
  int odd_pairs = 0;
  bool all_limited = true;
  for (const Shape& shape : *shapes) {
    if (shape.is_guaranteed()) continue;
    if (++odd_shapes > 1) return std::nullopt;
    odd_shape = &shape;
    for (const Pair& pair : shape.pairs) {
      all_limited = all_limited && pair.request && pair.limit;
      if (pair.is_guaranteed()) continue;
      ++odd_pairs;
      odd_pair = &pair;
    }
  }
  if (odd_shape == nullptr) return std::nullopt;
  if (shapes->size() > 1) {
    return NearlyGuaranteed{
        .reason = first_reason(*odd_shape), .at = odd_shape->container, .is_container = true};
  }
  if (!all_limited || odd_pairs != 1 || !is_near(*odd_pair)) return std::nullopt;
  return NearlyGuaranteed{.reason = reason_of(*odd_shape, *odd_pair),
                          .at = odd_pair->limit_at,
                          .is_container = false};
}

}  // namespace tidewaiter::k8s
