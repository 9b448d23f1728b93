#ifndef TIDEWAITER_POLICY_FIELDS_H_
#define TIDEWAITER_POLICY_FIELDS_H_

#include <string_view>

#include "yaml/node.h"

namespace tidewaiter::policy {

// Reads fields of a manifest: what is absent, or of another type than asked for, is nothing.
// All take null for an object that is not there.

/// The text of a string; empty for nothing.
std::string_view text_at(const yaml::Node* object, std::string_view field);
/// The mapping, or null.
const yaml::Node* mapping_at(const yaml::Node* object, std::string_view field);
/// The sequence, or null.
const yaml::Node* sequence_at(const yaml::Node* object, std::string_view field);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_FIELDS_H_
