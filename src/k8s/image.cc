#include "k8s/image.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <span>

#include "base/utf8.h"

namespace tidewaiter::k8s {
namespace {

constexpr std::string_view kDefaultRegistry = "docker.io";
constexpr std::string_view kLegacyRegistry = "index.docker.io";
constexpr std::string_view kOfficialPrefix = "library/";
constexpr std::size_t kMaxRepository = 255;
constexpr std::size_t kMaxTag = 128;
constexpr std::size_t kIdLength = 64;  // of a bare image id, which is no reference
constexpr std::size_t kShown = 60;     // bytes of a part that an error shows

struct DigestAlgorithm {
  std::string_view name;
  std::size_t hex_digits;
};
constexpr DigestAlgorithm kAlgorithms[] = {{"sha256", 64}, {"sha384", 96}, {"sha512", 128}};

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower_alnum(char c) {
  return is_lower(c) || is_digit(c);
}
bool is_alnum(char c) {
  return is_lower_alnum(c) || is_upper(c);
}
bool is_lower_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f');
}

/// Calls `test` for each part of `text` between separators; true when all pass.
template <class Test>
bool all_parts(std::string_view text, char separator, Test test) {
  while (true) {
    const std::size_t end = text.find(separator);
    if (!test(text.substr(0, end))) return false;
    if (end == text.npos) return true;
    text.remove_prefix(end + 1);
  }
}

/// [a-z0-9]+((_|__|[.]|-+)[a-z0-9]+)*
bool is_path_component(std::string_view part) {
  if (part.empty() || !is_lower_alnum(part.front()) || !is_lower_alnum(part.back())) {
    return false;
  }
  for (std::size_t i = 0; i < part.size();) {
    if (is_lower_alnum(part[i])) {
      ++i;
      continue;
    }
    const char separator = part[i];
    std::size_t run = i;
    while (run < part.size() && part[run] == separator) ++run;
    const std::size_t length = run - i;
    const std::size_t longest = separator == '-' ? length : (separator == '_' ? 2 : 1);
    const bool known = separator == '-' || separator == '_' || separator == '.';
    if (!known || length > longest || !is_lower_alnum(part[run])) return false;
    i = run;
  }
  return true;
}

bool is_host_component(std::string_view part) {
  return !part.empty() && is_alnum(part.front()) && is_alnum(part.back()) &&
         std::ranges::all_of(part, [](char c) { return is_alnum(c) || c == '-'; });
}

/// A host name, IPv4 address or bracketed IPv6 address, with an optional port.
bool is_registry(std::string_view registry) {
  std::string_view host = registry;
  std::string_view port;
  bool has_port = false;
  const std::size_t bracket = registry.find(']');
  const std::size_t colon = registry.find(':', bracket == registry.npos ? 0 : bracket);
  if (colon != registry.npos) {
    host = registry.substr(0, colon);
    port = registry.substr(colon + 1);
    has_port = true;
  }
  if (has_port && (port.empty() || !std::ranges::all_of(port, is_digit))) return false;
  if (host.starts_with('[')) {
    return host.size() > 2 && host.ends_with(']') &&
           std::ranges::all_of(host.substr(1, host.size() - 2), [](char c) {
             return is_lower_hex(c) || (c >= 'A' && c <= 'F') || c == ':';
           });
  }
  return all_parts(host, '.', is_host_component);
}

bool is_tag(std::string_view tag) {
  const auto is_word = [](char c) { return is_alnum(c) || c == '_'; };
  return !tag.empty() && tag.size() <= kMaxTag && is_word(tag.front()) &&
         std::ranges::all_of(tag, [&](char c) { return is_word(c) || c == '.' || c == '-'; });
}

/// A part as an error shows it.
std::string shown(std::string_view part) {
  return std::string(utf8_prefix(part, kShown)) + (part.size() > kShown ? "..." : "");
}

Error fault(std::string message) {
  return {.code = ErrorCode::kInvalidInput, .message = std::move(message)};
}

std::optional<Error> fault_of_digest(std::string_view digest) {
  const std::size_t colon = digest.find(':');
  if (colon == digest.npos || colon == 0) {
    return fault(fmt::format("its digest '{}' is not of the form 'sha256:' and 64 digits",
                             shown(digest)));
  }
  const auto algorithm =
      std::ranges::find(kAlgorithms, digest.substr(0, colon), &DigestAlgorithm::name);
  if (algorithm == std::end(kAlgorithms)) {
    return fault(
        fmt::format("its digest is of the kind '{}', where sha256, sha384 and sha512 "
                    "are known",
                    shown(digest.substr(0, colon))));
  }
  const std::string_view digits = digest.substr(colon + 1);
  if (digits.size() != algorithm->hex_digits) {
    return fault(fmt::format("its {} digest has {} digits instead of {}", algorithm->name,
                             digits.size(), algorithm->hex_digits));
  }
  if (!std::ranges::all_of(digits, is_lower_hex)) {
    return fault(
        fmt::format("its {} digest has characters other than 0-9 and a-f", algorithm->name));
  }
  return std::nullopt;
}

std::optional<Error> fault_of_repository(std::string_view repository) {
  if (repository.empty()) return fault("it names no repository");
  if (std::ranges::any_of(repository, is_upper)) {
    return fault(fmt::format("its repository '{}' has upper-case letters", shown(repository)));
  }
  std::optional<Error> found;
  all_parts(repository, '/', [&](std::string_view part) {
    if (is_path_component(part)) return true;
    found = part.empty()
                ? fault(fmt::format("its repository '{}' has an empty part", shown(repository)))
                : fault(fmt::format("the part '{}' of its repository is not made of lower-case "
                                    "letters and digits with single '.', '_', '__' or dashes "
                                    "between them",
                                    shown(part)));
    return false;
  });
  return found;
}

/// The text is taken apart; nothing is checked yet.
struct Parts {
  std::string_view registry = kDefaultRegistry;
  std::string_view repository;
  std::optional<std::string_view> tag = {};
  std::optional<std::string_view> digest = {};
};

Parts take_apart(std::string_view text) {
  Parts parts;
  const std::size_t slash = text.find('/');
  const std::string_view first = text.substr(0, slash);
  if (slash != text.npos && (first.find_first_of(".:") != first.npos || first == "localhost" ||
                             std::ranges::any_of(first, is_upper))) {
    parts.registry = first;
    text.remove_prefix(slash + 1);
  }
  if (parts.registry == kLegacyRegistry) parts.registry = kDefaultRegistry;
  if (const std::size_t at = text.find('@'); at != text.npos) {
    parts.digest = text.substr(at + 1);
    text = text.substr(0, at);
  }
  if (const std::size_t colon = text.find(':'); colon != text.npos) {
    parts.tag = text.substr(colon + 1);
    text = text.substr(0, colon);
  }
  // The grammar takes for a repository what is no host name but has a repository's form.
  if (!is_registry(parts.registry) && is_path_component(parts.registry)) {
    text = {parts.registry.data(), parts.registry.size() + 1 + text.size()};
    parts.registry = {};
  }
  parts.repository = text;
  return parts;
}

std::optional<Error> fault_of(const Parts& parts) {
  if (auto found = fault_of_repository(parts.repository)) return found;
  if (!parts.registry.empty() && !is_registry(parts.registry)) {
    return fault(fmt::format("its registry '{}' is no host name with an optional port",
                             shown(parts.registry)));
  }
  if (parts.tag && !is_tag(*parts.tag)) {
    if (parts.tag->empty()) return fault("nothing follows the ':' of its tag");
    return fault(
        fmt::format("its tag '{}' is not made of at most 128 letters, digits, '_', "
                    "'.' and '-'",
                    shown(*parts.tag)));
  }
  return parts.digest ? fault_of_digest(*parts.digest) : std::nullopt;
}

}  // namespace

Result<Image> parse_image(std::string_view text) {
  if (text.empty()) return fault("it is empty");
  if (text.find_first_of(" \t\r\n\v\f") != text.npos) return fault("it has blanks in it");
  if (text.find("://") != text.npos) {
    return fault("it begins with a scheme, which no reference has");
  }
  if (text.size() == kIdLength && std::ranges::all_of(text, is_lower_hex)) {
    return fault("it is the id of an image, which no registry knows");
  }
  const Parts parts = take_apart(text);
  if (auto found = fault_of(parts)) return *std::move(found);
  Image image{.registry = parts.registry,
              .repository = std::string(parts.repository),
              .name = parts.repository.substr(parts.repository.rfind('/') + 1),
              .tag = parts.tag.value_or(std::string_view()),
              .digest = parts.digest.value_or(std::string_view())};
  if (image.registry == kDefaultRegistry && image.repository.find('/') == std::string::npos) {
    image.repository.insert(0, kOfficialPrefix);
  }
  if (image.repository.size() > kMaxRepository) {
    return fault(fmt::format("its repository has {} characters, where 255 are the most",
                             image.repository.size()));
  }
  return image;
}

}  // namespace tidewaiter::k8s
