#ifndef TIDEWAITER_BASE_URI_H_
#define TIDEWAITER_BASE_URI_H_

#include <string>
#include <string_view>

namespace tidewaiter {

/// A `/`-separated path as the path of a URI (RFC 3986): what may not stand in one is
/// percent-encoded byte by byte, a colon too, so that "a:b" is no scheme. FileName::uri is made
/// by this; "file://" + uri_path(absolute) is a file URI.
std::string uri_path(std::string_view path);

/// The path that uri_path made `uri` of.
std::string path_of_uri(std::string_view uri);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_URI_H_
