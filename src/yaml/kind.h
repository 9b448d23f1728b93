#ifndef TIDEWAITER_YAML_KIND_H_
#define TIDEWAITER_YAML_KIND_H_

#include <cstdint>

namespace tidewaiter::yaml {

/// What Kubernetes sees (see docs/yaml.md): the JSON type that sigs.k8s.io/yaml gives, with the
/// integers kept apart. An alias has the kind of what it stands for.
enum class Kind : std::uint8_t {
  kNull,
  kBool,
  kInt,   ///< Fits int64; an integral float such as `1e3` too.
  kUint,  ///< 2^63 .. 2^64-1; CEL sees a double, `dump` the exact digits.
  kDouble,
  kString,
  kSequence,
  kMapping,
};

/// How the node is written.
enum class Style : std::uint8_t {
  kPlain,
  kSingleQuoted,
  kDoubleQuoted,
  kLiteral,
  kFolded,
  kBlock,  ///< A block collection.
  kFlow,   ///< A flow collection; everything in a JSON document is flow or double-quoted.
};

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_KIND_H_
