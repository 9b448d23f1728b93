#ifndef TIDEWAITER_TESTS_YAML_STRING_PLACES_H_
#define TIDEWAITER_TESTS_YAML_STRING_PLACES_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "base/source.h"
#include "yaml/file.h"

namespace tidewaiter::yaml::testing {

/// What is wrong with the places that ScalarParts gives for one string; empty when nothing is.
std::string fault_in(std::string_view source, const Node& node);

/// The strings that were looked at, and of those that were found the number by style.
struct Tally {
  std::size_t strings = 0;
  std::size_t by_style[5] = {};
};

/// Fails the test unless every byte of all strings of a file, keys and values, is found.
void check_strings(const Source& source, const File& file, Tally& tally);

}  // namespace tidewaiter::yaml::testing

#endif  // TIDEWAITER_TESTS_YAML_STRING_PLACES_H_
