#ifndef TIDEWAITER_K8S_QOS_H_
#define TIDEWAITER_K8S_QOS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "k8s/effective_resources.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

enum class QosClass : std::uint8_t { kBestEffort, kBurstable, kGuaranteed };

/// `BestEffort`, `Burstable` or `Guaranteed`.
std::string_view name_of(QosClass qos);

/// Why a pod is not of a class: the first container and resource that keep it out.
struct QosReason {
  enum class Kind : std::uint8_t {
    kNoLimit,      ///< Keeps out of Guaranteed: no limit, or one of 0.
    kDiffers,      ///< Keeps out of Guaranteed: the request is not the limit.
    kHasResource,  ///< Keeps out of BestEffort: a request or limit above 0.
  };
  Kind kind = Kind::kNoLimit;
  const yaml::Node* container = nullptr;  ///< The pod, of its own `resources`.
  std::string_view resource;              ///< cpu or memory.
  /// The limit or request that decides; of kNoLimit the container.
  const yaml::Node* at = nullptr;
};

/// `no limit`, `differs` or `has resource`.
std::string_view name_of(QosReason::Kind kind);

struct Qos {
  QosClass qos = QosClass::kBestEffort;
  std::optional<QosReason> not_guaranteed = {};
  std::optional<QosReason> not_best_effort = {};
};

/// The class that Kubernetes computes for a pod: GetPodQOS of k8s.io/kubernetes, after the
/// defaults that the API server sets. All containers but ephemeral ones count, and only cpu and
/// memory; the pod's own `resources` replace them. Nothing for a pod without containers, or
/// with an amount that is no valid quantity. Linear.
std::optional<Qos> qos_of(const yaml::Node& pod, const PodSurroundings& surroundings);

/// A pod whose class is none of those wanted.
struct QosMisfit {
  QosClass qos = QosClass::kBestEffort;
  /// What keeps it out of the nearest class wanted; nothing where all containers do: none of
  /// them has a request or limit, or all are equal.
  std::optional<QosReason> reason = {};
};

/// Nothing where the class is wanted, or none is.
std::optional<QosMisfit> qos_misfit(const Qos& qos, std::span<const QosClass> wanted);

/// The class of that name, exactly as Kubernetes writes it.
std::optional<QosClass> parse_qos_class(std::string_view name);

/// What is off in a pod that nearly is Guaranteed (TW310).
struct NearlyGuaranteed {
  QosReason reason;
  /// The container that is not like all others; else the limit that differs.
  const yaml::Node* at = nullptr;
  bool is_container = false;
};

/// Of at least two containers all but one have the shape of Guaranteed; or all have limits of
/// cpu and memory, and exactly one differs from its request, by less than a tenth of that.
std::optional<NearlyGuaranteed> nearly_guaranteed(const yaml::Node& pod,
                                                  const PodSurroundings& surroundings);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_QOS_H_
