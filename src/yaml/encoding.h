#ifndef TIDEWAITER_YAML_ENCODING_H_
#define TIDEWAITER_YAML_ENCODING_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tidewaiter::yaml {

/// How many bytes the UTF-8 character at the front of `text` has (1 to 4); 0 when it is none: a
/// stray or missing continuation byte, an overlong form, a surrogate, beyond U+10FFFF. `text`
/// is not empty.
std::size_t utf8_sequence_size(std::string_view text);

/// Whether every byte of `text` is below 0x80. Eight bytes at a time.
bool is_ascii(std::string_view text);

/// The bytes of a UTF-8 byte order mark at the front of `text`: 3 or 0.
std::size_t byte_order_mark_size(std::string_view text);

/// "UTF-16" or "UTF-32" with its byte order when `text` begins with that mark, else empty.
std::string_view foreign_byte_order_mark(std::string_view text);

/// Bytes that do not belong in a manifest.
struct BadBytes {
  std::uint32_t offset = 0;  ///< In the text that was searched.
  std::uint32_t size = 1;
  std::string what;  ///< "the byte 0xE9, which is not valid UTF-8", "a NUL character (U+0000)".
  bool rejected = true;  ///< False for U+FEFF, which Kubernetes takes as part of the text.
};

/// The first such bytes of `text` at or after `from`: not UTF-8, a control character (C0 but
/// tab and line ends, DEL, C1 but NEL), U+FEFF, a surrogate, U+FFFE, U+FFFF. O(bytes looked
/// at).
std::optional<BadBytes> find_bad_bytes(std::string_view text, std::size_t from);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_ENCODING_H_
