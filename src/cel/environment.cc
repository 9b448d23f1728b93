#include "cel/environment.h"

#include <utility>

namespace tidewaiter::cel {

std::uint32_t Environment::declare(std::string name, Type type) {
  variables_.push_back({std::move(name), std::move(type)});
  return static_cast<std::uint32_t>(variables_.size() - 1);
}

}  // namespace tidewaiter::cel
