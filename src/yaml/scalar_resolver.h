#ifndef TIDEWAITER_YAML_SCALAR_RESOLVER_H_
#define TIDEWAITER_YAML_SCALAR_RESOLVER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "yaml/node.h"

namespace tidewaiter::yaml {

/// What a scalar means. A trivially copyable value.
struct Scalar {
  Kind kind = Kind::kNull;  ///< Of a scalar; kString leaves the text to the caller.
  union {
    bool boolean;
    std::int64_t integer;
    std::uint64_t uinteger;
    double floating = 0;
  };
  /// A float that YAML wrote as one: `1.0` has kind kInt, and matters only as a key.
  bool written_as_float = false;
  double as_float = 0;  ///< Its value, when written_as_float.
};

/// A scalar with an explicit tag, resolved.
struct TaggedScalar {
  Scalar scalar;
  std::string text;  ///< Of a kString whose text is not the one written (`!!binary`).
  bool has_text = false;
  std::string error;  ///< Not empty: Kubernetes rejects it; a finished sentence.
};

/// Resolves an untagged plain scalar as sigs.k8s.io/yaml does (YAML 1.1 as go-yaml reads it,
/// docs/yaml.md). Never fails: what is nothing else is a string. `.inf` and `.nan` are kDouble.
Scalar resolve_plain(std::string_view text);

/// Resolves a scalar that bears `tag` (in full: "tag:yaml.org,2002:int", "!local", "!"), quoted
/// or not.
TaggedScalar resolve_tagged(std::string_view text, std::string_view tag);

/// The text of a scalar that serves as a key, as sigs.k8s.io/yaml writes it: `0x10` is "16",
/// `yes` is "true", `1.10` is "1.1". Only for bool, int and double.
std::string key_text(const Scalar& scalar);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_SCALAR_RESOLVER_H_
