#ifndef TIDEWAITER_ENGINE_RAW_FINDING_H_
#define TIDEWAITER_ENGINE_RAW_FINDING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/source.h"
#include "k8s/resource.h"
#include "tidewaiter/finding.h"
#include "yaml/node.h"

namespace tidewaiter::engine {

struct RawPlace {
  const Source* source = nullptr;
  ByteSpan span;
};

struct RawRelated {
  RawPlace place;
  std::string message;
};

/// A repair before the positions of its edits are worked out.
struct RawFix {
  struct Edit {
    const Source* source = nullptr;
    ByteSpan span;
    std::string text;
  };

  std::string description;
  bool safe = false;
  std::vector<Edit> edits;  ///< In order and without overlap within a source.
};

/// A finding before its places are worked out: it still borrows from sources and documents.
struct RawFinding {
  std::uint32_t rule = 0;  ///< Index into the selected rules.
  Severity severity = Severity::kWarning;
  std::string message;
  RawPlace place;
  const yaml::Node* node =
      nullptr;  ///< What the place is about; null for text that is no node.
  const k8s::Resource* resource = nullptr;  ///< Null for a finding about a document or file.
  std::vector<RawRelated> related = {};
  std::vector<RawFix> fixes = {};
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_RAW_FINDING_H_
