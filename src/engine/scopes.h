#ifndef TIDEWAITER_ENGINE_SCOPES_H_
#define TIDEWAITER_ENGINE_SCOPES_H_

#include <deque>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>

#include "base/source.h"
#include "engine/kustomizations.h"
#include "engine/loaded_file.h"
#include "engine/overlay_views.h"
#include "k8s/resource.h"
#include "k8s/scope.h"

namespace tidewaiter::engine {

/// The scopes that the resources of some files form (DESIGN 5), by Input::scope. The scope of a
/// kustomization also holds, for references only, what that lists elsewhere. What is read only
/// for the policies in it is in none. Borrows the files; immutable.
class Scopes {
 public:
  struct Named {
    std::string_view name;  ///< Input::scope.
    k8s::Scope scope;
  };

  Scopes() = default;
  explicit Scopes(std::span<const LoadedFile> files);

  /// Each that has a file, in the order of their first files.
  const std::deque<Named>& all() const { return scopes_; }
  /// The one that a resource of the files is in and judged in; an empty one when it is in none.
  const k8s::Scope& of(const k8s::Resource& resource) const;

 private:
  std::unique_ptr<const Kustomizations> kustomizations_;
  std::unique_ptr<const OverlayViews> views_;  // whose resources and names the scopes borrow
  std::deque<Named> scopes_;
  std::unordered_map<const Source*, const k8s::Scope*> by_source_;
  k8s::Scope none_;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_SCOPES_H_
