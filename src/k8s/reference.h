#ifndef TIDEWAITER_K8S_REFERENCE_H_
#define TIDEWAITER_K8S_REFERENCE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

class ReferenceGraph;

/// In which way a resource refers to another by name (DESIGN 5).
enum class Relation : std::uint8_t {
  kScaleTarget,          ///< HPA, ScaledObject, VerticalPodAutoscaler → what they scale.
  kBackend,              ///< Ingress → Service; the key is the port.
  kResourceBackend,      ///< Ingress → another object that serves (backend.resource).
  kTls,                  ///< Ingress → Secret with its certificate.
  kEnv,                  ///< Pod → one key of a ConfigMap or Secret, by valueFrom.
  kEnvFrom,              ///< Pod → all keys of a ConfigMap or Secret.
  kVolume,               ///< Pod → ConfigMap or Secret of a volume, projected too.
  kVolumeItem,           ///< Pod → one key of it, by `items`.
  kImagePullSecret,      ///< Pod, ServiceAccount → Secret.
  kMountCredential,      ///< Pod → Secret that a CSI driver logs in with.
  kClaim,                ///< Pod → PersistentVolumeClaim.
  kServiceAccount,       ///< Pod → ServiceAccount.
  kSecretProviderClass,  ///< Pod → SecretProviderClass of a CSI volume.
  kPriorityClass,        ///< Pod → PriorityClass.
  kRuntimeClass,         ///< Pod → RuntimeClass.
  kServiceName,          ///< StatefulSet → the Service that names its pods.
  kRole,                 ///< RoleBinding, ClusterRoleBinding → Role or ClusterRole.
  kSubject,              ///< RoleBinding, ClusterRoleBinding → ServiceAccount.
  kAccountSecret,        ///< ServiceAccount → Secret.
  kStore,                ///< ExternalSecret → SecretStore or ClusterSecretStore.
};

/// The word for a relation in rules and in `graph`: "scaleTarget", "env", "volume" ...
std::string_view name_of(Relation relation);
/// What a message or a graph says: "scales", "reads", "mounts" ...
std::string_view verb_of(Relation relation);

/// One place of a manifest that names another object. Borrows from the manifest.
struct Reference {
  Relation relation = Relation::kScaleTarget;
  bool optional = false;   ///< `optional: true`: the pod starts without it.
  bool mounted = false;    ///< It is in a volume that a container (init included) mounts.
  std::uint32_t from = 0;  ///< The resource that refers: its number in the scope.
  const ReferenceGraph* graph = nullptr;  ///< Which it is part of; null: of none yet.

  std::string_view group;
  std::string_view kind;
  /// Where the other object lives, "" for `<unset>`. Of a kind without namespace: of no
  /// meaning.
  std::string_view namespace_;

  const yaml::Node* name = nullptr;  ///< The text that names it; never null, never empty.
  /// The mapping that refers: configMapKeyRef, a volume's source, an item of subjects; where
  /// there is none (serviceAccountName) the name itself.
  const yaml::Node* node = nullptr;
  const yaml::Node* key = nullptr;  ///< The key, or the port of a Service; null: none.
  /// The container or volume it stands in; null: in neither.
  const yaml::Node* within = nullptr;

  std::string_view name_text() const { return name->as_string(); }
};

/// The part of a pod that refers, which has a name people know: the entry of `env`, the
/// container (envFrom) or the volume; null: another. O(n) for n entries of `env`.
const yaml::Node* entry_of(const Reference& reference);
/// What that is, as a message says it: "Env", "Container", "Volume"; "" where it is null.
std::string_view entry_word(const Reference& reference);

/// Adds what `resource` refers to, in the order of the text; `from` as given. Names that are no
/// text or empty are no references, what is written in another shape than the API's neither.
/// O(n log n) in the references of the resource.
void append_references(const Resource& resource, std::uint32_t from,
                       std::vector<Reference>& references);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_REFERENCE_H_
