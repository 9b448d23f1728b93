#include "policy/fields.h"

namespace tidewaiter::policy {

namespace {

const yaml::Node* field_of(const yaml::Node* object, std::string_view field) {
  return object == nullptr ? nullptr : object->find(field);
}

}  // namespace

std::string_view text_at(const yaml::Node* object, std::string_view field) {
  const yaml::Node* const value = field_of(object, field);
  return value == nullptr ? std::string_view() : value->as_string();
}

const yaml::Node* mapping_at(const yaml::Node* object, std::string_view field) {
  const yaml::Node* const value = field_of(object, field);
  return value != nullptr && value->is_mapping() ? value : nullptr;
}

const yaml::Node* sequence_at(const yaml::Node* object, std::string_view field) {
  const yaml::Node* const value = field_of(object, field);
  return value != nullptr && value->is_sequence() ? value : nullptr;
}

}  // namespace tidewaiter::policy
