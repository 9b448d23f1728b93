#include "cel/functions/request_uri.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include <fmt/core.h>

#include "cel/functions/go_quote.h"
#include "cel/functions/ip_address.h"

namespace tidewaiter::cel {

namespace {

/// Which characters may stand for themselves, and what '+' and escapes mean.
enum class Part { kPath, kHost, kZone, kUser, kQuery, kFragment };

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_any(char c, std::string_view of) {
  return of.find(c) != std::string_view::npos;
}
bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool needs_escape(char c, Part part) {
  if (is_letter(c) || is_digit(c) || is_any(c, "-_.~")) return false;
  if (part == Part::kHost || part == Part::kZone) return !is_any(c, "!$&'()*+,;=:[]<>\"");
  if (part == Part::kPath) return !is_any(c, "$&+,/:;=@");
  if (part == Part::kUser) return !is_any(c, "$&+,;=");
  return true;
}

/// What Go says of a bad text, without the text itself.
struct Problem {
  std::string words;
};

/// `text` with its escapes decoded; sets `problem` on what `part` does not allow.
std::string decoded(std::string_view text, Part part, std::optional<Problem>& problem) {
  const bool host = part == Part::kHost || part == Part::kZone;
  std::string result;
  for (std::size_t i = 0; i < text.size() && !problem; ++i) {
    const char c = text[i];
    if (c == '%') {
      const std::string_view escape = text.substr(i, 3);
      const int high = escape.size() == 3 ? hex_value(escape[1]) : -1;
      const int low = escape.size() == 3 ? hex_value(escape[2]) : -1;
      const char byte = static_cast<char>(high << 4 | low);
      const bool odd_host = (part == Part::kHost && high < 8 && escape != "%25") ||
                            (part == Part::kZone && escape != "%25" && byte != ' ' &&
                             needs_escape(byte, Part::kHost));
      if (high < 0 || low < 0 || odd_host) {
        problem = Problem{fmt::format("invalid URL escape \"{}\"", escape)};
      }
      result += byte;
      i += 2;
    } else if (c == '+' && part == Part::kQuery) {
      result += ' ';
    } else {
      if (host && is_ascii(c) && needs_escape(c, part)) {
        problem = Problem{fmt::format("invalid character \"{}\" in host name", c)};
      }
      result += c;
    }
  }
  return result;
}

std::string escaped(std::string_view text, Part part) {
  std::string result;
  for (const char c : text) {
    if (needs_escape(c, part)) {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      result += c;
    }
  }
  return result;
}

bool is_optional_port(std::string_view text) {
  return text.empty() ||
         (text.front() == ':' && std::all_of(text.begin() + 1, text.end(), is_digit));
}

/// What may stand in brackets; unlike parse_ip() with IPv4-mapped addresses.
bool is_ip_literal(std::string_view text) {
  static constexpr std::string_view kMapped = "::ffff:";
  if (text.starts_with(kMapped) && parse_ip(text.substr(kMapped.size()))) return true;
  const auto address = parse_ip(text);
  return address && address->is_v6;
}

/// Reads a URL; `via_request` as Go's ParseRequestURI does.
class UrlReader {
 public:
  explicit UrlReader(bool via_request) : via_request_(via_request) {}

  std::optional<RequestUri> read(std::string_view text) {
    if (!via_request_) {
      const auto hash = text.find('#');
      if (hash != std::string_view::npos) {
        decoded(text.substr(hash + 1), Part::kFragment, problem_);
        url_.fragment = text.substr(hash + 1);
        text = text.substr(0, hash);
      }
    }
    const bool control = std::any_of(text.begin(), text.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    if (control) fail("net/url: invalid control character in URL");
    if (text.empty() && via_request_) fail("empty url");
    if (text == "*") {
      url_.escaped_path = "*";
    } else if (!problem_) {
      read_scheme(text);
    }
    if (problem_) return {};
    return std::move(url_);
  }

  const std::string& problem() const { return problem_->words; }

 private:
  void read_scheme(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c == ':') {
        if (i == 0) return fail("missing protocol scheme");
        for (const char letter : text.substr(0, i)) {
          url_.scheme +=
              letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
        }
        text.remove_prefix(i + 1);
        break;
      }
      if (!is_letter(c) && (i == 0 || (!is_digit(c) && !is_any(c, "+-.")))) break;
    }
    read_rest(text);
  }

  void read_rest(std::string_view text) {
    if (const auto mark = text.find('?'); mark != std::string_view::npos) {
      url_.query = text.substr(mark + 1);
      url_.has_query = true;
      text = text.substr(0, mark);
    }
    if (!text.starts_with('/')) {
      if (!url_.scheme.empty()) {
        url_.opaque = text;
        return;
      }
      if (via_request_) return fail("invalid URI for request");
      if (text.substr(0, text.find('/')).find(':') != std::string_view::npos) {
        return fail("first path segment in URL cannot contain colon");
      }
    }
    const bool authority = !url_.scheme.empty() || (!via_request_ && !text.starts_with("///"));
    if (authority && text.starts_with("//")) {
      text.remove_prefix(2);
      const auto slash = std::min(text.find('/'), text.size());
      url_.has_authority = true;
      read_authority(text.substr(0, slash));
      text.remove_prefix(slash);
    }
    set_path(text);
  }

  void read_authority(std::string_view text) {
    if (const auto at = text.rfind('@'); at != std::string_view::npos) {
      const std::string_view user = text.substr(0, at);
      const bool valid = std::all_of(user.begin(), user.end(), [](char c) {
        return is_letter(c) || is_digit(c) || is_any(c, "-._:~!$&'()*+,;=%@");
      });
      if (!valid) return fail("net/url: invalid userinfo");
      const auto colon = std::min(user.find(':'), user.size());
      url_.user = escaped(decoded(user.substr(0, colon), Part::kUser, problem_), Part::kUser);
      if (colon < user.size()) {
        url_.user += ':';
        url_.user +=
            escaped(decoded(user.substr(colon + 1), Part::kUser, problem_), Part::kUser);
      }
      url_.has_user = true;
      text.remove_prefix(at + 1);
    }
    read_host(text);
  }

  void read_host(std::string_view text) {
    if (text.starts_with('[')) return read_literal(text);
    if (text.find('[') != std::string_view::npos) return fail("invalid IP-literal");
    // Only other schemes may have a list of hosts and ports.
    const bool strict = url_.scheme == "http" || url_.scheme == "https";
    const auto colon = strict ? text.find(':') : text.rfind(':');
    if (colon != std::string_view::npos) check_port(text.substr(colon));
    url_.host = decoded(text, Part::kHost, problem_);
  }

  /// "[fe80::1%25eth0]:80"
  void read_literal(std::string_view text) {
    const auto end = text.rfind(']');
    if (end == std::string_view::npos) return fail("missing ']' in host");
    if (text.rfind('[') != 0) return fail("invalid IP-literal");
    check_port(text.substr(end + 1));
    const std::string_view inside = text.substr(1, end - 1);
    const auto zone = std::min(inside.find("%25"), inside.size());
    const std::string address = decoded(inside.substr(0, zone), Part::kHost, problem_);
    const std::string rest = decoded(inside.substr(zone), Part::kZone, problem_);
    if (!is_ip_literal(address) || rest.size() == 1) fail("invalid IP-literal");
    url_.host =
        "[" + address + rest + "]" + decoded(text.substr(end + 1), Part::kHost, problem_);
  }

  void check_port(std::string_view text) {
    if (!is_optional_port(text)) {
      fail(fmt::format("invalid port \"{}\" after host", text));
    }
  }

  void set_path(std::string_view text) {
    const std::string plain = decoded(text, Part::kPath, problem_);
    const bool as_written = std::all_of(text.begin(), text.end(), [](char c) {
      return is_any(c, "!'()*[]%") || !needs_escape(c, Part::kPath);
    });
    url_.escaped_path = as_written ? std::string(text) : escaped(plain, Part::kPath);
  }

  void fail(std::string_view words) {
    if (!problem_) problem_ = Problem{std::string(words)};
  }

  bool via_request_;
  RequestUri url_;
  std::optional<Problem> problem_;
};

struct HostAndPort {
  std::string_view host;
  std::string_view port;
};

HostAndPort split_port(std::string_view text) {
  HostAndPort parts{.host = text, .port = {}};
  const auto colon = text.rfind(':');
  if (colon != std::string_view::npos && is_optional_port(text.substr(colon))) {
    parts = {text.substr(0, colon), text.substr(colon + 1)};
  }
  if (parts.host.starts_with('[') && parts.host.ends_with(']')) {
    parts.host = parts.host.substr(1, parts.host.size() - 2);
  }
  return parts;
}

}  // namespace

std::string_view RequestUri::host_name() const {
  return split_port(host).host;
}
std::string_view RequestUri::port() const {
  return split_port(host).port;
}

std::string RequestUri::to_string() const {
  std::string text = scheme.empty() ? "" : scheme + ":";
  text += opaque;
  if (has_authority && (!host.empty() || has_user || !escaped_path.empty())) text += "//";
  if (has_user) text += user + "@";
  text += escaped(host, Part::kHost);
  text += escaped_path;
  if (has_query) text += "?" + query;
  if (!fragment.empty()) text += "#" + fragment;
  return text;
}

Result<RequestUri> parse_request_uri(std::string_view text) {
  const auto failed = [&](const UrlReader& reader) {
    return Error{.code = ErrorCode::kInvalidInput,
                 .message = fmt::format("parse {}: {}", go_quoted(text), reader.problem())};
  };
  // Only the first refuses relative ones, only the second knows fragments.
  UrlReader request(/*via_request=*/true);
  if (!request.read(text)) return failed(request);
  UrlReader reader(/*via_request=*/false);
  auto url = reader.read(text);
  if (!url) return failed(reader);
  return *std::move(url);
}

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty() || pair.find(';') != std::string_view::npos) continue;
    const auto sign = std::min(pair.find('='), pair.size());
    std::optional<Problem> problem;
    std::string key = decoded(pair.substr(0, sign), Part::kQuery, problem);
    std::string value =
        decoded(pair.substr(std::min(sign + 1, pair.size())), Part::kQuery, problem);
    if (!problem) pairs.emplace_back(std::move(key), std::move(value));
  }
  return pairs;
}

}  // namespace tidewaiter::cel
