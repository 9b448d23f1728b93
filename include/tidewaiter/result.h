#ifndef TIDEWAITER_RESULT_H_
#define TIDEWAITER_RESULT_H_

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "tidewaiter/span.h"

namespace tidewaiter {

/// What a caller may branch on. Add a value only when some caller must tell it apart.
enum class ErrorCode {
  kInvalidInput,   ///< A text (expression, rule file, config, flag) that is not valid.
  kLimitExceeded,  ///< Valid, but larger or deeper than a stated limit.
  kIo,             ///< The outside world refused: missing, unreadable or unwritable file.
};

/// Why an operation could not finish. A fault found in a user's manifest is no Error: it is a
/// Finding, and the run goes on.
struct Error {
  ErrorCode code = ErrorCode::kInvalidInput;
  std::string message;                 ///< A full sentence: "Unknown profile 'jbos'."
  std::optional<ByteSpan> where = {};  ///< In the text the caller gave; absent for kIo.
  std::string path = {};  ///< The file `where` lies in, when the caller gave a file.
};

/// A `T`, or the Error that explains its absence. The type is [[nodiscard]], so functions
/// need not be. A subset of C++23's std::expected: swapping it in is one `using`.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return std::holds_alternative<T>(state_); }
  /// The value; calling it without one is a programming error and aborts.
  const T& operator*() const& { return checked(std::get_if<T>(&state_)); }
  T& operator*() & { return checked(std::get_if<T>(&state_)); }
  T&& operator*() && { return std::move(checked(std::get_if<T>(&state_))); }
  const T* operator->() const { return &**this; }
  T* operator->() { return &**this; }
  /// The error; calling it when there is a value is a programming error and aborts.
  const Error& error() const { return checked(std::get_if<Error>(&state_)); }

 private:
  template <class U>
  static U& checked(U* held) {
    if (held == nullptr) {
      std::fputs("tidewaiter: a Result was read without looking at it first\n", stderr);
      std::abort();
    }
    return *held;
  }

  std::variant<T, Error> state_;
};

/// The result of an operation that yields nothing but may fail.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return !error_.has_value(); }
  /// The error; calling it when there is none is a programming error.
  const Error& error() const { return error_.value(); }

 private:
  std::optional<Error> error_;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_RESULT_H_
