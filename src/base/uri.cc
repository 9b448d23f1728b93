#include "base/uri.h"

namespace tidewaiter {
namespace {

bool stands_for_itself(char c) {
  const bool letter_or_digit =
      (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter_or_digit ||
         (c != '\0' && std::string_view("/-._~!$&'()*+,;=@").find(c) != std::string_view::npos);
}

}  // namespace

std::string uri_path(std::string_view path) {
  std::string uri;
  uri.reserve(path.size());
  for (const char c : path) {
    if (stands_for_itself(c)) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += "0123456789ABCDEF"[byte >> 4U];
    uri += "0123456789ABCDEF"[byte & 0xFU];
  }
  return uri;
}

}  // namespace tidewaiter
