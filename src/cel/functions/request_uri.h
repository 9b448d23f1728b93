#ifndef TIDEWAITER_CEL_FUNCTIONS_REQUEST_URI_H_
#define TIDEWAITER_CEL_FUNCTIONS_REQUEST_URI_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tidewaiter/result.h"

namespace tidewaiter::cel {

/// The parts of a URL as Go's net/url gives them.
struct RequestUri {
  std::string scheme;        ///< In lower case; empty for a path.
  std::string opaque;        ///< What follows the scheme of "mailto:a@b.c".
  std::string user;          ///< Before '@', escaped anew.
  std::string host;          ///< With port and brackets, percent escapes decoded.
  std::string escaped_path;  ///< As written if its escapes are valid, else escaped anew.
  std::string query;         ///< As written, without '?'.
  std::string fragment;      ///< As written, without '#'.
  bool has_authority = false;
  bool has_user = false;
  bool has_query = false;  ///< A '?' is written.

  /// Without port and brackets.
  std::string_view host_name() const;
  /// The digits behind the last colon; may be empty.
  std::string_view port() const;
  /// The whole, as it would be written again.
  std::string to_string() const;
};

/// Reads an absolute URI or an absolute path as Kubernetes' url(): what Go's
/// url.ParseRequestURI accepts, taken apart by url.Parse. The message of an error is Go's:
/// "parse \"x\": invalid URI for request".
Result<RequestUri> parse_request_uri(std::string_view text);

/// The pairs of a query as Go's url.ParseQuery: decoded, those with a bad escape or ';' left
/// out, in the order written.
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_FUNCTIONS_REQUEST_URI_H_
