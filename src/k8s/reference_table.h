#ifndef TIDEWAITER_K8S_REFERENCE_TABLE_H_
#define TIDEWAITER_K8S_REFERENCE_TABLE_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "k8s/reference.h"

// Which fields of which kinds name other objects, as data.
namespace tidewaiter::k8s {

/// Where a row has the kind of what it names from.
enum class KindFrom : std::uint8_t {
  kRow,
  kApiVersion,  ///< `apiVersion` and `kind` beside the name.
  kApiGroup,    ///< `apiGroup` and `kind`.
  kKind,        ///< `kind` alone; the group is the row's.
};

/// A kind of reference: at `path` (keys joined by dots, `*` for every item) stands the mapping
/// whose entry `name` names the other object.
struct ReferenceRow {
  Relation relation;
  std::string_view path;
  std::string_view name;
  std::string_view kind;  ///< Also what is meant where `kind` is not written.
  std::string_view group = {};
  /// The key (or port) from that mapping: the first of these paths that is there.
  std::string_view key = {};
  std::string_view other_key = {};
  std::string_view items = {};  ///< Keys that are references of their own: kVolumeItem.
  KindFrom kind_from = KindFrom::kRow;
};

/// A row below an object of a kind.
struct ObjectReferenceRow {
  std::string_view group;
  std::string_view kind;
  ReferenceRow row;
};

/// Below each item of containers, initContainers and ephemeralContainers.
std::span<const ReferenceRow> container_reference_rows();
/// Below each item of volumes.
std::span<const ReferenceRow> volume_reference_rows();
/// Below a pod spec.
std::span<const ReferenceRow> pod_reference_rows();
/// Below the objects themselves.
std::span<const ObjectReferenceRow> object_reference_rows();

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_REFERENCE_TABLE_H_
