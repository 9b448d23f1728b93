#include "k8s/api_lifecycle.h"

#include <algorithm>
#include <tuple>

namespace tidewaiter::k8s {

const ApiLifecycle* find_api_lifecycle(std::string_view group, std::string_view version,
                                       std::string_view kind) {
  const auto key_of = [](const ApiLifecycle& api) {
    return std::tuple(api.kind, api.group, api.version);
  };
  const auto apis = api_lifecycles();
  const auto it = std::ranges::lower_bound(apis, std::tuple(kind, group, version), {}, key_of);
  return it != apis.end() && key_of(*it) == std::tuple(kind, group, version) ? &*it : nullptr;
}

}  // namespace tidewaiter::k8s
