#ifndef TIDEWAITER_CEL_TYPE_H_
#define TIDEWAITER_CEL_TYPE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tidewaiter/result.h"

namespace tidewaiter::cel {

enum class TypeKind : std::uint8_t {
  kDyn,
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kDuration,
  kTimestamp,
  kList,      ///< params: item
  kMap,       ///< params: key, value
  kType,      ///< params: the type, or none
  kOptional,  ///< params: the value
  kOpaque,    ///< name: "kubernetes.Quantity", "net.IP" ...
  kObject,    ///< name: a map whose fields Environment::declare_object() lists
  kParam,     ///< A type parameter of a signature, or a variable of the checker; name
};

/// A static type. A value; copies share their parameters.
class Type {
 public:
  Type() = default;  ///< dyn
  explicit Type(TypeKind kind, std::string name = {}, std::vector<Type> params = {});

  static Type list(Type item);
  static Type map(Type key, Type value);
  static Type optional(Type value);
  static Type opaque(std::string name);
  static Type object(std::string name);

  /// Reads "dyn", "list(string)", "map(string, dyn)", "optional_type(int)", "timestamp",
  /// "google.protobuf.Timestamp", "T" (a parameter), any other dotted name as opaque.
  static Result<Type> parse(std::string_view text);

  TypeKind kind() const { return kind_; }
  const std::string& name() const;
  const std::vector<Type>& params() const;
  /// As CEL writes it: "list(string)", "google.protobuf.Duration", "null_type".
  std::string to_string() const;

  friend bool operator==(const Type& a, const Type& b);

 private:
  struct Detail {
    std::string name;
    std::vector<Type> params;
  };
  TypeKind kind_ = TypeKind::kDyn;
  std::shared_ptr<const Detail> detail_;  // null for plain kinds
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_TYPE_H_
