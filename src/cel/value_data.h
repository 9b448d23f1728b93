#ifndef TIDEWAITER_CEL_VALUE_DATA_H_
#define TIDEWAITER_CEL_VALUE_DATA_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "cel/arena.h"
#include "cel/value.h"

// What the pointers in a Value point to: plain data in an arena (or static), never changed once
// a value refers to it. Make them with cel/value_build.h, read them with cel/value_read.h,
// which also reads the lists and maps of documents.

namespace tidewaiter::cel {

/// A list made by an expression.
struct ListData {
  const Value* items = nullptr;
  std::uint32_t size = 0;
};

/// One entry of a map made by an expression.
struct MapEntry {
  Value key;
  Value value;
};

/// A map made by an expression: entries in the order they were written, and for larger maps an
/// index by hash of the key.
struct MapData {
  const MapEntry* entries = nullptr;
  std::uint32_t size = 0;
  const std::uint32_t* buckets = nullptr;  ///< Entry number + 1, 0 = empty; null = small map.
  std::uint32_t bucket_mask = 0;
};

struct OptionalData {
  Value value;  ///< null when it has none
  bool has_value = false;
};

/// How two values compare: an error when their types forbid the question.
enum class Equality : std::uint8_t { kUnequal, kEqual, kError };

/// A type as a value; equal when the names are.
struct TypeData {
  std::string_view name;  ///< "int", "list", "google.protobuf.Timestamp" ...
};

/// A type of a library; one static object for each. `==` with a value of another type on the
/// right is an error, not false.
struct OpaqueType {
  TypeData as_type;  ///< "kubernetes.Quantity", "net.IP" ...
  /// Of two payloads of this type.
  Equality (*equal)(const void* a, const void* b);
  /// For string() and output.
  std::string_view (*to_string)(const void* payload, Arena& arena);
  /// The bytes that comparing or printing a payload may look at; null when they are few.
  std::size_t (*size)(const void* payload) = nullptr;
};

/// A value of a library's type. `payload` is what the type says it is, in the arena.
struct OpaqueData {
  const OpaqueType* type;
  const void* payload;
};

/// Why an evaluation failed, as far as a caller must tell.
enum class ErrorCause : std::uint8_t {
  kType,       ///< A value has a kind that the operation does not take ("no such overload").
  kNoSuchKey,  ///< A selection or index found nothing.
  kValue,      ///< A value of the right kind that a function refuses: overflow, bad text ...
  kLimit,      ///< Too much work or memory.
};

/// What went wrong. The origin of the error value is the node that caused it, if one did.
struct ErrorData {
  std::string_view message;  ///< A sentence: "There is no field 'nmae'."
  ErrorCause cause;
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_VALUE_DATA_H_
