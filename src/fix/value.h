#ifndef TIDEWAITER_FIX_VALUE_H_
#define TIDEWAITER_FIX_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/node.h"

namespace tidewaiter::fix {

/// What a fix writes: a small tree that owns its texts.
struct Value {
  /// Nothing deeper or larger is written: a fix is a small repair.
  static constexpr int kMostDepth = 16;
  static constexpr std::size_t kMostBytes = std::size_t{64} * 1024;

  yaml::Kind kind = yaml::Kind::kNull;
  std::string text = {};               ///< Of a string its text, of another scalar as written.
  std::vector<std::string> keys = {};  ///< Of a mapping, unique, as many as items.
  std::vector<Value> items = {};       ///< Of a mapping or sequence.

  static Value null() { return {.kind = yaml::Kind::kNull, .text = "null"}; }
  static Value boolean(bool value);
  static Value integer(std::int64_t value);
  /// Nothing for what YAML writes as `.inf` and `.nan`, which JSON does not have. An integral
  /// number is an integer, as Kubernetes reads it.
  static std::optional<Value> number(double value);
  static Value string(std::string text);
  static Value sequence(std::vector<Value> items);
  static Value mapping() { return {.kind = yaml::Kind::kMapping}; }

  bool is_scalar() const { return kind < yaml::Kind::kSequence; }
  bool is_mapping() const { return kind == yaml::Kind::kMapping; }
  bool is_sequence() const { return kind == yaml::Kind::kSequence; }

  /// The item of a mapping; null if there is none.
  Value* find(std::string_view key);
  /// Adds an entry; its key must be new.
  void add(std::string key, Value value);

  friend bool operator==(const Value&, const Value&) = default;
};

/// Adds to the mapping `into` what it lacks of the mapping `from`, mappings in both entry by
/// entry. False when both hold different values for one key.
bool merge(Value& into, const Value& from);

/// Whether `node` already reads as `value`; of a mapping the order of the entries is the same.
bool reads_as(const yaml::Node& node, const Value& value);

}  // namespace tidewaiter::fix

#endif  // TIDEWAITER_FIX_VALUE_H_
