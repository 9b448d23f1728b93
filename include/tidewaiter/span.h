#ifndef TIDEWAITER_SPAN_H_
#define TIDEWAITER_SPAN_H_

#include <compare>
#include <cstdint>

namespace tidewaiter {

/// A half-open range of bytes, `[begin, end)`, in one source text. Pass by value.
struct ByteSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  ///< One past the last byte; never less than `begin`.

  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  constexpr bool contains(ByteSpan inner) const {
    return begin <= inner.begin && inner.end <= end;
  }
  friend constexpr auto operator<=>(const ByteSpan&, const ByteSpan&) = default;
};

/// A place as people count it. `line` and `column` start at 1; `column` counts Unicode code
/// points (what text output shows), `utf16_column` counts UTF-16 code units from 1 (what SARIF
/// with columnKind utf16CodeUnits and the LSP expect).
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t utf16_column = 1;

  friend constexpr auto operator<=>(const Position&, const Position&) = default;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_SPAN_H_
