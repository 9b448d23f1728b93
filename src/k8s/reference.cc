#include "k8s/reference.h"

#include <algorithm>
#include <array>

#include "k8s/group_kind.h"

// What refers to what is said by the tables below; the code only walks their paths.

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

struct RelationWords {
  std::string_view name;
  std::string_view verb;
};
/// In the order of Relation.
constexpr std::array<RelationWords, 20> kWords = {{{"scaleTarget", "scales"},
                                                   {"backend", "routes to"},
                                                   {"resourceBackend", "routes to"},
                                                   {"tls", "takes its certificate from"},
                                                   {"env", "reads"},
                                                   {"envFrom", "reads"},
                                                   {"volume", "mounts"},
                                                   {"volumeItem", "mounts"},
                                                   {"imagePullSecret", "pulls images with"},
                                                   {"mountCredential", "mounts with"},
                                                   {"claim", "claims"},
                                                   {"serviceAccount", "runs as"},
                                                   {"secretProviderClass", "mounts"},
                                                   {"priorityClass", "has the priority of"},
                                                   {"runtimeClass", "runs in"},
                                                   {"serviceName", "is named by"},
                                                   {"role", "grants"},
                                                   {"subject", "grants to"},
                                                   {"accountSecret", "lists"},
                                                   {"store", "reads from"}}};

/// Where a row has the kind of what it names from.
enum class KindFrom : std::uint8_t {
  kRow,
  kApiVersion,  ///< `apiVersion` and `kind` beside the name.
  kApiGroup,    ///< `apiGroup` and `kind`.
  kKind,        ///< `kind` alone; the group is the row's.
};

/// A kind of reference: at `path` (keys joined by dots, `*` for every item) stands the mapping
/// whose entry `name` names the other object.
struct Row {
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

constexpr std::string_view kSecretsStore = "secrets-store.csi.x-k8s.io";

/// Below each item of containers, initContainers and ephemeralContainers.
constexpr Row kContainerRows[] = {
    {.relation = Relation::kEnv,
     .path = "env.*.valueFrom.configMapKeyRef",
     .name = "name",
     .kind = "ConfigMap",
     .key = "key"},
    {.relation = Relation::kEnv,
     .path = "env.*.valueFrom.secretKeyRef",
     .name = "name",
     .kind = "Secret",
     .key = "key"},
    {.relation = Relation::kEnvFrom,
     .path = "envFrom.*.configMapRef",
     .name = "name",
     .kind = "ConfigMap"},
    {.relation = Relation::kEnvFrom,
     .path = "envFrom.*.secretRef",
     .name = "name",
     .kind = "Secret"},
};
constexpr std::string_view kContainerLists[] = {"containers.*", "initContainers.*",
                                                "ephemeralContainers.*"};

/// Below each item of volumes.
constexpr Row kVolumeRows[] = {
    {.relation = Relation::kVolume,
     .path = "configMap",
     .name = "name",
     .kind = "ConfigMap",
     .items = "items.*.key"},
    {.relation = Relation::kVolume,
     .path = "secret",
     .name = "secretName",
     .kind = "Secret",
     .items = "items.*.key"},
    {.relation = Relation::kVolume,
     .path = "projected.sources.*.configMap",
     .name = "name",
     .kind = "ConfigMap",
     .items = "items.*.key"},
    {.relation = Relation::kVolume,
     .path = "projected.sources.*.secret",
     .name = "name",
     .kind = "Secret",
     .items = "items.*.key"},
    {.relation = Relation::kVolume,
     .path = "azureFile",
     .name = "secretName",
     .kind = "Secret"},
    {.relation = Relation::kMountCredential,
     .path = "csi.nodePublishSecretRef",
     .name = "name",
     .kind = "Secret"},
    {.relation = Relation::kClaim,
     .path = "persistentVolumeClaim",
     .name = "claimName",
     .kind = "PersistentVolumeClaim"},
    {.relation = Relation::kSecretProviderClass,
     .path = "csi.volumeAttributes",
     .name = "secretProviderClass",
     .kind = "SecretProviderClass",
     .group = kSecretsStore},
};

/// Below a pod spec.
constexpr Row kPodRows[] = {
    {.relation = Relation::kImagePullSecret,
     .path = "imagePullSecrets.*",
     .name = "name",
     .kind = "Secret"},
    {.relation = Relation::kPriorityClass,
     .path = "",
     .name = "priorityClassName",
     .kind = "PriorityClass",
     .group = "scheduling.k8s.io"},
    {.relation = Relation::kRuntimeClass,
     .path = "",
     .name = "runtimeClassName",
     .kind = "RuntimeClass",
     .group = "node.k8s.io"},
};

/// Below an object of a kind.
struct ObjectRow {
  std::string_view group;
  std::string_view kind;
  Row row;
};

constexpr Row kServiceBackend = {.relation = Relation::kBackend,
                                 .path = "spec.rules.*.http.paths.*.backend.service",
                                 .name = "name",
                                 .kind = "Service",
                                 .key = "port.number",
                                 .other_key = "port.name"};
constexpr Row kDefaultBackend = {.relation = Relation::kBackend,
                                 .path = "spec.defaultBackend.service",
                                 .name = "name",
                                 .kind = "Service",
                                 .key = "port.number",
                                 .other_key = "port.name"};
constexpr Row kResourceBackend = {.relation = Relation::kResourceBackend,
                                  .path = "spec.rules.*.http.paths.*.backend.resource",
                                  .name = "name",
                                  .kind = "",
                                  .kind_from = KindFrom::kApiGroup};
constexpr Row kDefaultResource = {.relation = Relation::kResourceBackend,
                                  .path = "spec.defaultBackend.resource",
                                  .name = "name",
                                  .kind = "",
                                  .kind_from = KindFrom::kApiGroup};
/// Of v1beta1.
constexpr Row kOldBackend = {.relation = Relation::kBackend,
                             .path = "spec.rules.*.http.paths.*.backend",
                             .name = "serviceName",
                             .kind = "Service",
                             .key = "servicePort"};
constexpr Row kOldDefaultBackend = {.relation = Relation::kBackend,
                                    .path = "spec.backend",
                                    .name = "serviceName",
                                    .kind = "Service",
                                    .key = "servicePort"};
constexpr Row kIngressTls = {
    .relation = Relation::kTls, .path = "spec.tls.*", .name = "secretName", .kind = "Secret"};
constexpr Row kRoleRef = {.relation = Relation::kRole,
                          .path = "roleRef",
                          .name = "name",
                          .kind = "",
                          .group = "rbac.authorization.k8s.io",
                          .kind_from = KindFrom::kApiGroup};
constexpr Row kSubject = {.relation = Relation::kSubject,
                          .path = "subjects.*",
                          .name = "name",
                          .kind = "",
                          .kind_from = KindFrom::kApiGroup};
constexpr Row kStore = {.relation = Relation::kStore,
                        .path = "spec.secretStoreRef",
                        .name = "name",
                        .kind = "SecretStore",
                        .group = "external-secrets.io",
                        .kind_from = KindFrom::kKind};
constexpr Row kDataStore = {.relation = Relation::kStore,
                            .path = "spec.data.*.sourceRef.storeRef",
                            .name = "name",
                            .kind = "SecretStore",
                            .group = "external-secrets.io",
                            .kind_from = KindFrom::kKind};
constexpr Row kDataFromStore = {.relation = Relation::kStore,
                                .path = "spec.dataFrom.*.sourceRef.storeRef",
                                .name = "name",
                                .kind = "SecretStore",
                                .group = "external-secrets.io",
                                .kind_from = KindFrom::kKind};

constexpr ObjectRow kObjectRows[] = {
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {.relation = Relation::kScaleTarget,
      .path = "spec.scaleTargetRef",
      .name = "name",
      .kind = "",
      .kind_from = KindFrom::kApiVersion}},
    {"keda.sh",
     "ScaledObject",
     {.relation = Relation::kScaleTarget,
      .path = "spec.scaleTargetRef",
      .name = "name",
      .kind = "Deployment",
      .group = "apps",
      .kind_from = KindFrom::kApiVersion}},
    {"autoscaling.k8s.io",
     "VerticalPodAutoscaler",
     {.relation = Relation::kScaleTarget,
      .path = "spec.targetRef",
      .name = "name",
      .kind = "",
      .kind_from = KindFrom::kApiVersion}},
    {"networking.k8s.io", "Ingress", kServiceBackend},
    {"networking.k8s.io", "Ingress", kDefaultBackend},
    {"networking.k8s.io", "Ingress", kResourceBackend},
    {"networking.k8s.io", "Ingress", kDefaultResource},
    {"networking.k8s.io", "Ingress", kOldBackend},
    {"networking.k8s.io", "Ingress", kOldDefaultBackend},
    {"networking.k8s.io", "Ingress", kIngressTls},
    {"extensions", "Ingress", kOldBackend},
    {"extensions", "Ingress", kOldDefaultBackend},
    {"extensions", "Ingress", kIngressTls},
    {"apps",
     "StatefulSet",
     {.relation = Relation::kServiceName,
      .path = "spec",
      .name = "serviceName",
      .kind = "Service"}},
    {"rbac.authorization.k8s.io", "RoleBinding", kRoleRef},
    {"rbac.authorization.k8s.io", "RoleBinding", kSubject},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", kRoleRef},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", kSubject},
    {"",
     "ServiceAccount",
     {.relation = Relation::kAccountSecret,
      .path = "secrets.*",
      .name = "name",
      .kind = "Secret"}},
    {"",
     "ServiceAccount",
     {.relation = Relation::kImagePullSecret,
      .path = "imagePullSecrets.*",
      .name = "name",
      .kind = "Secret"}},
    {"external-secrets.io", "ExternalSecret", kStore},
    {"external-secrets.io", "ExternalSecret", kDataStore},
    {"external-secrets.io", "ExternalSecret", kDataFromStore},
};

std::string_view text_at(const Node& mapping, std::string_view key,
                         std::string_view otherwise = {}) {
  const Node* const node = mapping.find(key);
  return node == nullptr || node->as_string().empty() ? otherwise : node->as_string();
}

/// Calls `use` with every node at `path`; recursion goes as deep as the path of a table.
template <class Use>
void for_each_at(const Node& from, std::string_view path, const Use& use) {
  if (path.empty()) return use(from);
  const std::string_view step = path.substr(0, path.find('.'));
  const std::string_view rest = path.substr(std::min(step.size() + 1, path.size()));
  if (step != "*") {
    if (const Node* const child = from.find(step)) for_each_at(*child, rest, use);
    return;
  }
  if (!from.is_sequence()) return;
  for (std::uint32_t i = 0; i < from.size(); ++i) for_each_at(from.item(i), rest, use);
}

const Node* first_at(const Node& from, std::string_view path) {
  if (path.empty()) return nullptr;
  const Node* found = nullptr;
  for_each_at(from, path, [&](const Node& node) {
    if (found == nullptr && !node.is_null()) found = &node;
  });
  return found;
}

bool is_optional(const Node& reference) {
  const Node* const optional = reference.find("optional");
  return optional != nullptr && optional->kind() == yaml::Kind::kBool && optional->as_bool();
}

/// The volumes that a container mounts, by name.
class MountedVolumes {
 public:
  explicit MountedVolumes(const Node& pod) {
    for (const std::string_view list : {"containers.*", "initContainers.*"}) {
      for_each_at(pod, list, [&](const Node& container) {
        for (const std::string_view path : {"volumeMounts.*.name", "volumeDevices.*.name"}) {
          for_each_at(container, path,
                      [&](const Node& name) { names_.push_back(name.as_string()); });
        }
      });
    }
    std::ranges::sort(names_);
  }
  bool has(std::string_view name) const { return std::ranges::binary_search(names_, name); }

 private:
  std::vector<std::string_view> names_;
};

/// Collects the references of one resource.
class Collector {
 public:
  Collector(const Resource& resource, std::uint32_t from, std::vector<Reference>& out)
      : resource_(resource), from_(from), out_(out), begin_(out.size()) {}

  void run() {
    for (const ObjectRow& row : kObjectRows) {
      if (row.kind == resource_.kind && row.group == resource_.group) {
        add_all(row.row, *resource_.object);
      }
    }
    if (resource_.pod != nullptr) add_pod(*resource_.pod);
    const auto begin = out_.begin() + static_cast<std::ptrdiff_t>(begin_);
    std::stable_sort(begin, out_.end(), [](const Reference& left, const Reference& right) {
      return place(left) < place(right);
    });
  }

 private:
  /// Items of a volume stand after it.
  static std::uint32_t place(const Reference& reference) {
    const bool is_item = reference.relation == Relation::kVolumeItem;
    return (is_item ? reference.key : reference.name)->span().begin;
  }

  void add_pod(const Node& pod) {
    for (const std::string_view list : kContainerLists) {
      for_each_at(pod, list, [&](const Node& container) {
        within_ = &container;
        for (const Row& row : kContainerRows) add_all(row, container);
      });
    }
    add_volumes(pod);
    within_ = nullptr;
    for (const Row& row : kPodRows) add_all(row, pod);
    add_service_account(pod);
  }

  void add_volumes(const Node& pod) {
    const Node* const volumes = pod.find("volumes");
    if (volumes == nullptr || !volumes->is_sequence() || volumes->size() == 0) return;
    const MountedVolumes mounted(pod);
    for (std::uint32_t i = 0; i < volumes->size(); ++i) {
      const Node& volume = volumes->item(i);
      within_ = &volume;
      mounted_ = mounted.has(text_at(volume, "name"));
      for (const Row& row : kVolumeRows) add_all(row, volume);
    }
    mounted_ = false;
  }

  /// `serviceAccount` is an older name of `serviceAccountName`, which wins.
  void add_service_account(const Node& pod) {
    const bool is_new = !text_at(pod, "serviceAccountName").empty();
    add_all({.relation = Relation::kServiceAccount,
             .path = "",
             .name = is_new ? "serviceAccountName" : "serviceAccount",
             .kind = "ServiceAccount"},
            pod);
  }

  void add_all(const Row& row, const Node& root) {
    for_each_at(root, row.path, [&](const Node& node) { add(row, node); });
  }

  void add(const Row& row, const Node& node) {
    const Node* const name = node.find(row.name);
    if (name == nullptr || name->as_string().empty()) return;
    const bool names_alone = row.path.empty() || row.relation == Relation::kServiceName;
    Reference reference{.relation = row.relation,
                        .optional = is_optional(node),
                        .mounted = mounted_,
                        .from = from_,
                        .group = row.group,
                        .kind = row.kind,
                        .namespace_ = resource_.namespace_,
                        .name = name,
                        .node = names_alone ? name : &node,
                        .key = first_at(node, row.key),
                        .within = within_};
    if (reference.key == nullptr) reference.key = first_at(node, row.other_key);
    if (!set_kind(row, node, reference) || !is_meant(node, reference)) return;
    out_.push_back(reference);
    if (row.items.empty()) return;
    for_each_at(node, row.items, [&](const Node& key) {
      if (key.as_string().empty()) return;
      reference.relation = Relation::kVolumeItem;
      reference.key = &key;
      out_.push_back(reference);
    });
  }

  /// False when it cannot be said what kind is meant.
  static bool set_kind(const Row& row, const Node& node, Reference& reference) {
    if (row.kind_from == KindFrom::kRow) return true;
    reference.kind = text_at(node, "kind", row.kind);
    if (row.kind_from == KindFrom::kApiVersion) {
      const std::string_view version = text_at(node, "apiVersion");
      if (!version.empty()) reference.group = split_api_version(version).group;
    } else if (row.kind_from == KindFrom::kApiGroup) {
      reference.group = text_at(node, "apiGroup", row.group);
    }
    return !reference.kind.empty();
  }

  /// What the rows cannot say: a class is one of the Secrets Store driver's volumes only, of
  /// the subjects only ServiceAccounts are objects, and they live where they say.
  bool is_meant(const Node& node, Reference& reference) const {
    if (reference.relation == Relation::kSecretProviderClass) {
      const Node* const csi = within_->find("csi");
      return csi != nullptr && text_at(*csi, "driver") == "secrets-store.csi.k8s.io";
    }
    if (reference.relation != Relation::kSubject) return true;
    if (reference.kind != "ServiceAccount") return false;
    const bool in_cluster = resource_.kind == "ClusterRoleBinding";
    reference.namespace_ =
        text_at(node, "namespace", in_cluster ? std::string_view() : resource_.namespace_);
    return reference.group.empty();
  }

  const Resource& resource_;
  std::uint32_t from_;
  std::vector<Reference>& out_;
  std::size_t begin_;
  const Node* within_ = nullptr;
  bool mounted_ = false;
};

}  // namespace

std::string_view name_of(Relation relation) {
  return kWords[static_cast<std::size_t>(relation)].name;
}

std::string_view verb_of(Relation relation) {
  return kWords[static_cast<std::size_t>(relation)].verb;
}

void append_references(const Resource& resource, std::uint32_t from,
                       std::vector<Reference>& references) {
  Collector(resource, from, references).run();
}

}  // namespace tidewaiter::k8s
