#include "engine/overlay_views.h"

#include <algorithm>
#include <utility>

#include "k8s/kustomized_image.h"

namespace tidewaiter::engine {
namespace {

using k8s::Kustomization;
using k8s::NamePair;
using k8s::Resource;

std::uint64_t order_of(std::uint32_t file, std::size_t resource) {
  return (std::uint64_t{file} << 32) | resource;
}

std::uint32_t file_of(const OverlayViews::Seen& seen) {
  return static_cast<std::uint32_t>(seen.order >> 32);
}

NamePair pair_of(const Resource& resource) {
  return {.namespace_ = resource.namespace_, .name = resource.name};
}

void add_other(NamePair pair, const Resource& resource, std::vector<NamePair>& others) {
  if (pair == pair_of(resource) || std::ranges::find(others, pair) != others.end()) return;
  others.push_back(pair);
}

/// A component changes the names of all that the kustomization lists beside it.
bool renames_others(const Kustomization& component) {
  return component.namespace_ != nullptr || component.changes_names();
}

}  // namespace

OverlayViews::OverlayViews(const Kustomizations& kustomizations,
                           std::span<const LoadedFile> files)
    : kustomizations_(kustomizations), files_(files) {
  const auto& all = kustomizations_.all();
  views_.resize(all.size());
  patches_.resize(all.size());
  scaled_.resize(all.size());
  listed_by_.resize(all.size());
  if (all.empty()) return;
  steps_left_ = kFreeSteps;
  for (const LoadedFile& file : files_) {
    steps_left_ += kStepsPerResource * file.extraction.resources.size();
  }
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    patches_[i].add(all[i].fields, [&](std::string_view path) {
      auto documents = kustomizations_.documents(all[i], path);
      if (documents && !spend(documents->size())) documents.reset();
      return documents;
    });
    scaled_[i].add_scaled(all[i].fields);
    for (const std::uint32_t base : all[i].bases) listed_by_[base].push_back(i);
    for (const std::uint32_t component : all[i].components) listed_by_[component].push_back(i);
  }
  for (const std::uint32_t number : order_of_work()) build(number);
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    const std::vector<std::uint32_t> components = components_of(i);
    find_patched(i, components);
    find_set_images(i, components);
  }
}

bool OverlayViews::spend(std::size_t steps) {
  if (steps > steps_left_) return false;
  steps_left_ -= steps;
  return true;
}

/// What a kustomization lists before itself. One that lists itself in the end is open:
/// kustomize refuses it.
std::vector<std::uint32_t> OverlayViews::order_of_work() {
  enum class State : std::uint8_t { kNew, kOpen, kDone };
  struct Step {
    std::uint32_t number = 0;
    std::size_t next = 0;
  };
  const auto& all = kustomizations_.all();
  const auto listed = [&](std::uint32_t number, std::size_t i) {
    const auto& entry = all[number];
    return i < entry.bases.size() ? entry.bases[i] : entry.components[i - entry.bases.size()];
  };
  std::vector<State> states(all.size(), State::kNew);
  std::vector<std::uint32_t> order;
  std::vector<Step> stack;
  for (std::uint32_t start = 0; start < all.size(); ++start) {
    if (states[start] == State::kNew) stack.push_back({.number = start});
    while (!stack.empty()) {
      Step& step = stack.back();
      const std::uint32_t number = step.number;
      states[number] = State::kOpen;
      if (step.next == all[number].bases.size() + all[number].components.size()) {
        states[number] = State::kDone;
        order.push_back(number);
        stack.pop_back();
        continue;
      }
      const std::uint32_t below = listed(number, step.next++);
      if (states[below] == State::kOpen) views_[number].is_open = true;
      if (states[below] == State::kNew) stack.push_back({.number = below});
    }
  }
  return order;
}

void OverlayViews::build(std::uint32_t number) {
  View& view = views_[number];
  const auto& entry = kustomizations_.all()[number];
  view.is_open = view.is_open || entry.is_open;
  add_files(number, view);
  for (const std::uint32_t base : entry.bases) add_listed(number, base, view);
  for (const std::uint32_t component : entry.components) {
    add_listed(number, component, view);
    const Kustomization& fields = kustomizations_.all()[component].fields;
    view.is_open = view.is_open || renames_others(fields);
  }
  std::ranges::stable_sort(view.resources, {}, &Seen::order);
  const auto repeated = std::ranges::unique(view.resources, {}, &Seen::order);
  view.resources.erase(repeated.begin(), repeated.end());
  add_generated(number, view);
}

void OverlayViews::add_files(std::uint32_t number, View& view) {
  const auto& entry = kustomizations_.all()[number];
  for (const std::uint32_t file : entry.files) {
    const auto& resources = files_[file].extraction.resources;
    const bool is_own = kustomizations_.owner_of(file) == number;
    for (std::size_t i = 0; i < resources.size(); ++i) {
      if (!spend(1)) {
        view.is_open = true;
        return;
      }
      Seen seen{.order = order_of(file, i), .resource = &resources[i], .other_names = {}};
      if (i < files_[file].written.size()) {
        const NamePair written = files_[file].written[i];
        add_other(written, resources[i], seen.other_names);
        add_other({resources[i].namespace_, written.name}, resources[i], seen.other_names);
      }
      view.resources.push_back(is_own ? std::move(seen) : seen_by(entry.fields, seen));
    }
  }
}

/// Under the names that a kustomization gives it.
OverlayViews::Seen OverlayViews::seen_by(const Kustomization& kustomization, const Seen& seen) {
  const NamePair now = k8s::names_under(kustomization, *seen.resource, names_);
  Seen result = seen;
  if (now == pair_of(*seen.resource)) return result;
  Resource& renamed = renamed_.emplace_back(*seen.resource);
  renamed.namespace_ = now.namespace_;
  renamed.name = now.name;
  result.resource = &renamed;
  add_other(pair_of(*seen.resource), renamed, result.other_names);
  add_other({now.namespace_, seen.resource->name}, renamed, result.other_names);
  for (const NamePair& other : seen.other_names) {
    add_other({now.namespace_, other.name}, renamed, result.other_names);
  }
  return result;
}

void OverlayViews::add_listed(std::uint32_t number, std::uint32_t listed, View& view) {
  if (listed == number) {  // It lists itself, which kustomize refuses.
    view.is_open = true;
    return;
  }
  const Kustomization& fields = kustomizations_.all()[number].fields;
  const View& below = views_[listed];
  view.is_open = view.is_open || below.is_open;
  for (const Seen& seen : below.resources) {
    if (!spend(1 + seen.other_names.size())) {
      view.is_open = true;
      return;
    }
    view.resources.push_back(seen_by(fields, seen));
    if (view.resources.back().other_names.size() < kMostNames) continue;
    view.resources.back().other_names.clear();  // nobody nests kustomizations so deep
    view.is_open = true;
  }
  for (const Generated& generated : below.generated) {
    if (!spend(1 + generated.product.keys.size())) {
      view.is_open = true;
      return;
    }
    rename(fields, generated, view);
  }
}

void OverlayViews::add_generated(std::uint32_t number, View& view) {
  const Kustomization& fields = kustomizations_.all()[number].fields;
  k8s::ProductList list;
  k8s::append_generated(fields, list);
  for (k8s::Product& product : list.products) {
    rename(fields, {.product = std::move(product)}, view);
  }
  const std::vector<std::uint32_t> components = components_of(number);
  const auto is_changed = [&](const k8s::Product& product) {
    return patches_[number].holds(product.kind, product.name) ||
           std::ranges::any_of(components, [&](std::uint32_t component) {
             return patches_[component].holds(product.kind, product.name);
           });
  };
  for (Generated& generated : view.generated) {
    if (!generated.product.keys_known) continue;
    const bool is_known = spend(1 + components.size()) && !is_changed(generated.product);
    generated.product.keys_known = is_known;
  }
}

void OverlayViews::rename(const Kustomization& kustomization, Generated generated, View& view) {
  if (kustomization.namespace_ != nullptr) {
    generated.product.namespace_ = kustomization.namespace_->as_string();
  }
  if (!generated.is_current || !kustomization.changes_names()) {
    view.generated.push_back(std::move(generated));
    return;
  }
  Resource resource;
  resource.kind = generated.product.kind;
  resource.name = generated.product.name;
  Generated renamed = generated;
  renamed.product.name = k8s::names_under(kustomization, resource, names_).name;
  generated.is_current = false;
  view.generated.push_back(std::move(generated));
  view.generated.push_back(std::move(renamed));
}

/// The components of a kustomization and theirs: what they change is changed in all that it
/// lists.
std::vector<std::uint32_t> OverlayViews::components_of(std::uint32_t number) const {
  std::vector<std::uint32_t> found;
  std::unordered_set<std::uint32_t> seen = {number};
  const auto add = [&](std::uint32_t from) {
    for (const std::uint32_t component : kustomizations_.all()[from].components) {
      if (found.size() < kMostAround && seen.insert(component).second) {
        found.push_back(component);
      }
    }
  };
  add(number);
  for (std::size_t i = 0; i < found.size(); ++i) add(found[i]);
  return found;
}

void OverlayViews::find_patched(std::uint32_t number,
                                std::span<const std::uint32_t> components) {
  const auto changes = [&](std::uint32_t by, const Seen& seen, std::string_view name) {
    const std::string_view kind = seen.resource->kind;
    const bool is_applied = kustomizations_.owner_of(file_of(seen)) == by;
    return patches_[by].holds(kind, name) || (!is_applied && scaled_[by].holds(kind, name));
  };
  const auto is_changed = [&](std::uint32_t by, const Seen& seen) {
    return changes(by, seen, seen.resource->name) ||
           std::ranges::any_of(seen.other_names, [&](const NamePair& other) {
             return changes(by, seen, other.name);
           });
  };
  for (const Seen& seen : views_[number].resources) {
    const bool is_known = components.size() < kMostAround &&
                          spend((1 + components.size()) * (1 + seen.other_names.size()));
    const bool is_patched =
        !is_known || is_changed(number, seen) ||
        std::ranges::any_of(components, [&](std::uint32_t c) { return is_changed(c, seen); });
    if (is_patched) patched_.insert(seen.resource->object);
  }
}

void OverlayViews::find_set_images(std::uint32_t number,
                                   std::span<const std::uint32_t> components) {
  const auto& all = kustomizations_.all();
  std::vector<std::uint32_t> setters(components.begin(), components.end());
  setters.push_back(number);
  std::erase_if(setters,
                [&](std::uint32_t setter) { return all[setter].fields.images.empty(); });
  if (setters.empty()) return;
  std::size_t cost = setters.size();
  for (const std::uint32_t setter : setters) cost += all[setter].fields.images.size() / 16;
  for (const Seen& seen : views_[number].resources) {
    const std::uint32_t owner = kustomizations_.owner_of(file_of(seen));
    for (const yaml::Node* const container : k8s::containers_of_images(*seen.resource)) {
      const yaml::Node* const image = container->find("image");
      // Beyond what may be spent all are taken for set, which makes rules silent.
      const bool is_known = spend(cost);
      bool sets_name = !is_known;
      bool sets_tag = !is_known;
      for (std::size_t i = 0; is_known && i < setters.size(); ++i) {
        if (setters[i] == owner) continue;
        const auto made = k8s::image_under(all[setters[i]].fields, image->as_string());
        sets_name = sets_name || (made && made->changes_name);
        sets_tag = sets_tag || (made && made->tag_from != nullptr);
      }
      if (sets_name) set_images_.names.insert(image);
      if (sets_tag) set_images_.tags.insert(image);
    }
  }
}

OverlayViews::Roots OverlayViews::roots_of(std::uint32_t number) const {
  Roots roots;
  std::vector<std::uint32_t> above = {number};
  std::unordered_set<std::uint32_t> seen = {number};
  for (std::size_t i = 0; i < above.size(); ++i) {
    const auto& overlays = listed_by_[above[i]];
    if (overlays.empty() && i > 0) roots.numbers.push_back(above[i]);
    for (const std::uint32_t overlay : overlays) {
      if (above.size() == kMostAround) {
        roots.all_known = false;
        break;
      }
      if (seen.insert(overlay).second) above.push_back(overlay);
    }
  }
  const bool is_circle = above.size() > 1 && roots.numbers.empty();
  if (is_circle || roots.numbers.size() > kMostRoots) roots.all_known = false;
  if (!roots.all_known) roots.numbers.clear();
  std::ranges::sort(roots.numbers);
  return roots;
}

}  // namespace tidewaiter::engine
