#include "engine/scopes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/path.h"

namespace tidewaiter::engine {
namespace {

struct Members {
  std::string_view name;
  std::vector<std::uint32_t> files;
  std::vector<std::uint32_t> kustomizations;  // by number
};

/// Makes the scopes of a run, one after the other.
class Builder {
 public:
  Builder(std::span<const LoadedFile> files, const Kustomizations& kustomizations,
          const OverlayViews& views, std::deque<Scopes::Named>& scopes)
      : files_(files), kustomizations_(kustomizations), views_(views), scopes_(scopes) {
    for (std::uint32_t i = 0; i < files_.size(); ++i) {
      if (files_[i].source == nullptr || !files_[i].input->linted) continue;
      const auto [it, is_new] = by_name_.try_emplace(files_[i].input->scope, members_.size());
      if (is_new) members_.push_back({.name = it->first, .files = {}, .kustomizations = {}});
      members_[it->second].files.push_back(i);
    }
    for (std::uint32_t i = 0; i < kustomizations_.all().size(); ++i) {
      members_[scope_of(i)].kustomizations.push_back(i);
    }
  }

  const std::vector<Members>& run() {
    scopes_.resize(members_.size());  // where they are is told before they are made
    for (std::size_t i = 0; i < members_.size(); ++i) {
      scopes_[i].name = members_[i].name;
      scopes_[i].scope = scope(i);
    }
    return members_;
  }

 private:
  struct Ordered {
    std::uint64_t order = 0;
    const k8s::Resource* resource = nullptr;
  };

  std::size_t scope_of(std::uint32_t kustomization) const {
    return by_name_.at(files_[kustomizations_.all()[kustomization].file].input->scope);
  }

  k8s::Scope scope(std::size_t number) const {
    const Members& members = members_[number];
    k8s::ScopeFacts facts;
    facts.set_images = &views_.set_images();
    std::vector<Ordered> all;
    for (const std::uint32_t file : members.files) {
      std::uint64_t order = std::uint64_t{file} << 32;
      for (const k8s::Resource& resource : files_[file].extraction.resources) {
        all.push_back({.order = order++, .resource = &resource});
      }
    }
    for (const std::uint32_t kustomization : members.kustomizations) {
      add_view(members, views_.view(kustomization), all, facts);
      add_overlays(number, kustomization, facts);
    }
    add_unit(members, facts);
    std::ranges::stable_sort(all, {}, &Ordered::order);
    const auto repeated = std::ranges::unique(all, {}, &Ordered::order);
    all.erase(repeated.begin(), repeated.end());

    std::vector<const k8s::Resource*> resources;
    resources.reserve(all.size());
    for (const Ordered& one : all) {
      resources.push_back(one.resource);
      if (views_.is_patched(*one.resource->object)) facts.patched.push_back(one.resource);
    }
    return k8s::Scope(std::move(resources), std::move(facts));
  }

  void add_view(const Members& members, const OverlayViews::View& view,
                std::vector<Ordered>& all, k8s::ScopeFacts& facts) const {
    facts.is_open = facts.is_open || view.is_open;
    for (const OverlayViews::Seen& seen : view.resources) {
      const k8s::Resource& resource = *seen.resource;
      const bool is_own = files_[seen.order >> 32].input->scope == members.name;
      if (is_own && !seen.other_names.empty()) {
        facts.other_names.push_back({&resource, resource.namespace_, resource.name});
      } else if (!is_own) {
        all.push_back({.order = seen.order, .resource = &resource});
      }
      for (const k8s::NamePair& other : seen.other_names) {
        facts.other_names.push_back({&resource, other.namespace_, other.name});
      }
    }
    for (const OverlayViews::Generated& generated : view.generated) {
      facts.generated.add(generated.product);
    }
  }

  void add_overlays(std::size_t number, std::uint32_t kustomization,
                    k8s::ScopeFacts& facts) const {
    const OverlayViews::Roots roots = views_.roots_of(kustomization);
    facts.is_open = facts.is_open || !roots.all_known;
    for (const std::uint32_t root : roots.numbers) {
      const std::size_t overlay = scope_of(root);
      const k8s::Scope* const scope = &scopes_[overlay].scope;
      const bool is_new = std::ranges::find(facts.overlays, scope) == facts.overlays.end();
      if (overlay != number && is_new) facts.overlays.push_back(scope);
    }
  }

  void add_unit(const Members& members, k8s::ScopeFacts& facts) const {
    if (members.kustomizations.empty()) {
      facts.is_one_unit = std::ranges::any_of(members.files, [&](std::uint32_t file) {
        const std::string_view path = files_[file].input->name->shown;
        return base_name(path) == "Chart.yaml" &&
               (path == "Chart.yaml" ? members.name == "."
                                     : path == join_path(members.name, "Chart.yaml"));
      });
      return;
    }
    const std::uint32_t kustomization = members.kustomizations.front();
    facts.is_one_unit = std::ranges::all_of(members.files, [&](std::uint32_t file) {
      return kustomizations_.owner_of(file) == kustomization;
    });
    if (!facts.is_one_unit) return;
    const auto& listed = kustomizations_.all()[kustomization].files;
    for (const std::uint32_t file : members.files) {
      if (std::ranges::binary_search(listed, file)) continue;
      for (const k8s::Resource& resource : files_[file].extraction.resources) {
        facts.unlisted.push_back(&resource);
      }
    }
  }

  std::span<const LoadedFile> files_;
  const Kustomizations& kustomizations_;
  const OverlayViews& views_;
  std::deque<Scopes::Named>& scopes_;
  std::vector<Members> members_;  // in the order of their first files
  std::unordered_map<std::string_view, std::size_t> by_name_;
};

}  // namespace

Scopes::Scopes(std::span<const LoadedFile> files)
    : kustomizations_(std::make_unique<const Kustomizations>(files)),
      views_(std::make_unique<const OverlayViews>(*kustomizations_, files)) {
  Builder builder(files, *kustomizations_, *views_, scopes_);
  std::size_t number = 0;
  for (const Members& members : builder.run()) {
    for (const std::uint32_t file : members.files) {
      by_source_.emplace(files[file].source.get(), &scopes_[number].scope);
    }
    ++number;
  }
}

const k8s::Scope& Scopes::of(const k8s::Resource& resource) const {
  const auto it = by_source_.find(resource.source);
  return it == by_source_.end() ? none_ : *it->second;
}

}  // namespace tidewaiter::engine
