#ifndef TIDEWAITER_K8S_KUSTOMIZATION_H_
#define TIDEWAITER_K8S_KUSTOMIZATION_H_

#include <array>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/product.h"
#include "k8s/resource.h"
#include "yaml/file.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// Whether kustomize takes a file of this name for the kustomization of its folder.
/// Source: sigs.k8s.io/kustomize/api/konfig, RecognizedKustomizationFileNames.
bool is_kustomization_name(std::string_view name);

/// The files that a kustomization reads for something else than resources, as it writes them:
/// patches, replacements, transformers, configurations, openapi and values of charts (DESIGN
/// 5). What they hold are parts of objects. Text that is no path (a patch written inline) is
/// left out; what has another shape than kustomize's too. In the order of the fields below.
std::vector<std::string_view> partial_files(const yaml::Node& kustomization);

/// What a kustomization lists, and what it does to all of that. Borrows from its document.
/// Source: sigs.k8s.io/kustomize, api/types and api/internal/builtins.
struct Kustomization {
  /// What is listed beyond, which only aliases can do, makes `makes_unknown` true.
  static constexpr std::size_t kMostEntries = 200'000;
  /// Of `images`: each is compared with each image.
  static constexpr std::size_t kMostImages = 1'000;

  /// What `replicas` scales, in any group.
  /// Source: the default field specs of kustomize's ReplicaCountTransformer.
  static constexpr std::array<std::string_view, 4> kScaledKinds = {
      "Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"};

  struct Replicas {
    std::string_view name;
    const yaml::Node* count = nullptr;  ///< A number.
  };

  /// What `images` gives an image instead of what is written; null: nothing.
  struct ImageChange {
    std::string_view name;
    const yaml::Node* new_name = nullptr;
    const yaml::Node* new_tag = nullptr;
    const yaml::Node* digest = nullptr;
    const yaml::Node* tag_suffix = nullptr;
  };

  const yaml::Node* root = nullptr;
  const yaml::Node* namespace_ = nullptr;   ///< The text given; null: none.
  const yaml::Node* name_prefix = nullptr;  ///< Likewise.
  const yaml::Node* name_suffix = nullptr;  ///< Likewise.
  std::vector<Replicas> replicas;           ///< By name; of equal names in order.
  std::vector<ImageChange> images;          ///< In order.
  std::vector<std::string_view> resources;  ///< `resources` and `bases`, as written.
  std::vector<std::string_view> components;
  bool makes_unknown = false;  ///< Charts or plug-ins: it has resources that no file shows.

  bool changes_names() const { return name_prefix != nullptr || name_suffix != nullptr; }
};

/// No value when the document is no kustomization but, say, the Kustomization of Flux.
std::optional<Kustomization> read_kustomization(const yaml::Node& root);

/// The namespace and the name of a resource.
struct NamePair {
  std::string_view namespace_;
  std::string_view name;

  friend auto operator<=>(const NamePair&, const NamePair&) = default;
};

/// What `namespace`, `namePrefix` and `nameSuffix` make of the namespace and name that a
/// resource has so far. Kinds that are known to live in no namespace get none; the name of a
/// Namespace becomes that namespace; CustomResourceDefinitions, APIServices and Namespaces get
/// no prefix and no suffix. `names` keeps the texts that are made.
NamePair names_under(const Kustomization& kustomization, const Resource& resource,
                     std::deque<std::string>& names);

/// The containers of a resource's pods whose `image` kustomize may change: of `initContainers`
/// and `containers`, those that have one.
std::vector<const yaml::Node*> containers_of_images(const Resource& resource);

/// Lets a resource of `file` have the namespace, name, replicas and images that its
/// kustomization gives it: in its object as nodes with their places in the kustomization (a
/// name with prefix or suffix: where it is written), and in the fields of `resource`, whose
/// texts `names` keeps. Subjects of bindings that are ServiceAccounts without a namespace get
/// one too.
void apply(const Kustomization& kustomization, Resource& resource, yaml::File& file,
           std::deque<std::string>& names);

/// Adds the ConfigMaps and Secrets that a kustomization generates, by the names that it writes
/// and in the namespace that it gives. Their keys are unknown where it merges them into others
/// or reads them from env files.
void append_generated(const Kustomization& kustomization, ProductList& out);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_KUSTOMIZATION_H_
