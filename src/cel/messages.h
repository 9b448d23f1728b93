#ifndef TIDEWAITER_CEL_MESSAGES_H_
#define TIDEWAITER_CEL_MESSAGES_H_

#include <span>
#include <string_view>
#include <vector>

#include "cel/function.h"
#include "cel/type.h"
#include "cel/value.h"

// The messages that expressions may write, `google.protobuf.Int32Value{value: 1}`: those of
// Protocol Buffers that CEL knows as values of its own. Kubernetes has no others.

namespace tidewaiter::cel {

struct MessageField {
  std::string_view name;
  Type type;
};

struct Message {
  std::string_view name;  ///< "google.protobuf.Duration"
  Type result;            ///< What it is as a value: duration.
  std::vector<MessageField> fields;

  /// The field of that name, or null.
  const MessageField* field(std::string_view field_name) const;
};

/// The message of that name; null if there is none. Static.
const Message* find_message(std::string_view name);

/// One field that is written: its name, and its value, which is no error.
struct WrittenField {
  std::string_view name;
  Value value;
};

/// The value of a message; of a field written twice the last counts, and one that is not
/// written is zero. An error when a value has another type than its field, or is out of range.
Value make_message(CallContext& call, const Message& message,
                   std::span<const WrittenField> fields);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_MESSAGES_H_
