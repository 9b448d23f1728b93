#ifndef TIDEWAITER_ENGINE_OVERLAY_VIEWS_H_
#define TIDEWAITER_ENGINE_OVERLAY_VIEWS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "engine/kustomizations.h"
#include "engine/loaded_file.h"
#include "k8s/kustomization.h"
#include "k8s/patch_targets.h"
#include "k8s/product.h"
#include "k8s/resource.h"
#include "k8s/scope_facts.h"
#include "yaml/node.h"

namespace tidewaiter::engine {

/// What each kustomization of a run comes to with all that it lists, transitively, as
/// `kustomize build` would gather it; patches are not applied, but known. Work and memory are
/// bounded by what was read: of what a kustomization lists beyond that it is open. Borrows the
/// kustomizations and the files.
class OverlayViews {
 public:
  /// A resource as it is called there.
  struct Seen {
    std::uint64_t order = 0;  ///< By file, then place in the file.
    const k8s::Resource* resource = nullptr;
    std::vector<k8s::NamePair> other_names;  ///< That it had before.
  };
  struct Generated {
    k8s::Product product;
    bool is_current = true;  ///< False: called by a name that it had before.
  };
  struct View {
    std::vector<Seen> resources;       ///< By order, each object once.
    std::vector<Generated> generated;  ///< The names in order of the text, keys known or not.
    bool is_open = false;              ///< Something that it lists is not known.
  };

  OverlayViews(const Kustomizations& kustomizations, std::span<const LoadedFile> files);

  /// By number of the kustomization.
  const View& view(std::uint32_t number) const { return views_[number]; }
  /// The kustomizations that list this one, transitively, and are listed by none; no value when
  /// there are too many, or only such as list each other in a circle.
  struct Roots {
    std::vector<std::uint32_t> numbers;
    bool all_known = true;
  };
  Roots roots_of(std::uint32_t number) const;
  /// Whether some kustomization changes an object in a way that is not applied.
  bool is_patched(const yaml::Node& object) const { return patched_.contains(&object); }
  const k8s::SetImages& set_images() const { return set_images_; }

 private:
  static constexpr std::size_t kFreeSteps = 400'000;
  static constexpr std::size_t kStepsPerResource = 16;
  static constexpr std::size_t kMostRoots = 100;
  static constexpr std::size_t kMostAround = 1'000;
  static constexpr std::size_t kMostNames = 16;

  std::vector<std::uint32_t> order_of_work();
  void build(std::uint32_t number);
  void add_files(std::uint32_t number, View& view);
  void add_listed(std::uint32_t number, std::uint32_t listed, View& view);
  void add_generated(std::uint32_t number, View& view);
  void rename(const k8s::Kustomization& kustomization, Generated generated, View& view);
  Seen seen_by(const k8s::Kustomization& kustomization, const Seen& seen);
  void find_patched(std::uint32_t number, std::span<const std::uint32_t> components);
  void find_set_images(std::uint32_t number, std::span<const std::uint32_t> components);
  std::vector<std::uint32_t> components_of(std::uint32_t number) const;
  bool spend(std::size_t steps);

  const Kustomizations& kustomizations_;
  std::span<const LoadedFile> files_;
  std::vector<View> views_;
  std::vector<k8s::PatchTargets> patches_;  // by kustomization, without its components
  std::vector<k8s::PatchTargets> scaled_;   // likewise
  std::vector<std::vector<std::uint32_t>> listed_by_;
  std::unordered_set<const yaml::Node*> patched_;
  k8s::SetImages set_images_;
  std::deque<k8s::Resource> renamed_;
  std::deque<std::string> names_;
  std::size_t steps_left_ = 0;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_OVERLAY_VIEWS_H_
