#ifndef TIDEWAITER_TESTS_YAML_READING_H_
#define TIDEWAITER_TESTS_YAML_READING_H_

#include <memory>
#include <string>

#include "base/source.h"
#include "yaml/file.h"

namespace tidewaiter::yaml::testing {

/// A text and what was read from it.
struct Reading {
  explicit Reading(std::string text, const Limits& limits = {})
      : source(std::make_shared<FileName>(), std::move(text)), file(read(source, limits)) {}

  const Node& root(std::size_t document = 0) const { return *file.documents.at(document).root; }
  std::string text(ByteSpan span) const { return std::string(source.text(span)); }

  Source source;
  File file;
};

}  // namespace tidewaiter::yaml::testing

#endif  // TIDEWAITER_TESTS_YAML_READING_H_
