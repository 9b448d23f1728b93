#include "k8s/reference.h"

#include <algorithm>
#include <array>

#include "k8s/group_kind.h"
#include "k8s/reference_table.h"

// What refers to what is said by tables; here their paths are walked.

namespace tidewaiter::k8s {
namespace {

using Row = ReferenceRow;
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

constexpr std::string_view kContainerLists[] = {"containers.*", "initContainers.*",
                                                "ephemeralContainers.*"};

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
    for (const ObjectReferenceRow& row : object_reference_rows()) {
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
        for (const Row& row : container_reference_rows()) add_all(row, container);
      });
    }
    add_volumes(pod);
    within_ = nullptr;
    for (const Row& row : pod_reference_rows()) add_all(row, pod);
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
      for (const Row& row : volume_reference_rows()) add_all(row, volume);
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

  /// What the rows cannot say: a class is one of the Secrets Store driver's volumes only, a
  /// backend with the port `use-annotation` is no Service, of the subjects only ServiceAccounts
  /// are objects, and they live where they say.
  bool is_meant(const Node& node, Reference& reference) const {
    if (reference.relation == Relation::kSecretProviderClass) {
      const Node* const csi = within_->find("csi");
      return csi != nullptr && text_at(*csi, "driver") == "secrets-store.csi.k8s.io";
    }
    if (reference.relation == Relation::kBackend && reference.key != nullptr) {
      return reference.key->as_string() != "use-annotation";
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

const Node* entry_of(const Reference& reference) {
  if (reference.relation != Relation::kEnv) return reference.within;
  const Node* found = nullptr;
  for_each_at(*reference.within, "env.*", [&](const Node& entry) {
    for (const std::string_view path :
         {"valueFrom.secretKeyRef", "valueFrom.configMapKeyRef"}) {
      if (found == nullptr && first_at(entry, path) == reference.node) found = &entry;
    }
  });
  return found;
}

std::string_view entry_word(const Reference& reference) {
  if (reference.within == nullptr) return {};
  if (reference.relation == Relation::kEnv) return "Env";
  return reference.relation == Relation::kEnvFrom ? "Container" : "Volume";
}

void append_references(const Resource& resource, std::uint32_t from,
                       std::vector<Reference>& references) {
  Collector(resource, from, references).run();
}

}  // namespace tidewaiter::k8s
