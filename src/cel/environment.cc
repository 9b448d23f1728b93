#include "cel/environment.h"

#include <utility>

namespace tidewaiter::cel {

std::uint32_t Environment::declare(std::string name, Type type) {
  variables_.push_back({std::move(name), std::move(type)});
  return static_cast<std::uint32_t>(variables_.size() - 1);
}

void Environment::declare_object(std::string name, std::vector<Field> fields) {
  objects_[std::move(name)] = std::make_shared<const std::vector<Field>>(std::move(fields));
}

const std::vector<Field>* Environment::object_fields(std::string_view name) const {
  const auto found = objects_.find(name);
  return found == objects_.end() ? nullptr : found->second.get();
}

void Environment::declare_prefix(std::string prefix) {
  prefixes_.insert(std::move(prefix));
}

}  // namespace tidewaiter::cel
