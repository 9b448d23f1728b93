#include "base/uri.h"

#include <algorithm>

namespace tidewaiter {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEF";

bool stands_for_itself(char c) {
  const bool letter_or_digit =
      (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter_or_digit ||
         (c != '\0' && std::string_view("/-._~!$&'()*+,;=@").find(c) != std::string_view::npos);
}

/// The value of an upper-case hexadecimal digit; 16 for anything else.
unsigned digit_value(char c) {
  return static_cast<unsigned>(std::min<std::size_t>(kDigits.find(c), 16));
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
    uri += kDigits[byte >> 4U];
    uri += kDigits[byte & 0xFU];
  }
  return uri;
}

std::string path_of_uri(std::string_view uri) {
  std::string path;
  path.reserve(uri.size());
  for (std::size_t i = 0; i < uri.size(); ++i) {
    const unsigned high = i + 2 < uri.size() && uri[i] == '%' ? digit_value(uri[i + 1]) : 16;
    const unsigned low = high < 16 ? digit_value(uri[i + 2]) : 16;
    if (low == 16) {
      path += uri[i];
    } else {
      path += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return path;
}

}  // namespace tidewaiter
