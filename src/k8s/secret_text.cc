#include "k8s/secret_text.h"

#include <algorithm>
#include <optional>

#include "k8s/letters.h"
#include "k8s/reference_text.h"
#include "k8s/secret_shape.h"

namespace tidewaiter::k8s {
namespace {

constexpr std::string_view kWeak = "changeme";
constexpr std::size_t kLongestValue = 512;  // that is looked at, so that all stays linear

/// A key with a value in a connection string.
struct KeyShape {
  std::string_view key;
  std::string_view what;
  bool needs_company = false;  ///< Other pairs of a connection string must be there.
};
constexpr KeyShape kKeyShapes[] = {
    {"AccountKey", "the key of a storage account"},
    {"SharedAccessKey", "a shared access key"},
    {"SharedAccessSignature", "a shared access signature"},
    {"Password", "a password in a connection string", true},
    {"Pwd", "a password in a connection string", true},
};
/// Keys of connection strings beside the password.
constexpr std::string_view kCompany[] = {
    "server",   "data source",     "datasource", "host", "hostname", "address",
    "addr",     "user id",         "userid",     "uid",  "user",     "username",
    "database", "initial catalog", "dbname",     "port", "endpoint", "driver",
    "ssl",      "abortconnect",
};

/// A token that begins with some letters and goes on for at least so many.
struct TokenShape {
  std::string_view prefix;
  std::size_t least;
  std::size_t most;
  bool (*is_part)(char);
  std::string_view what;
};

bool is_key_id(char c) {
  return is_upper(c) || is_digit(c);
}
bool is_token(char c) {
  return is_alnum(c) || c == '_';
}
bool is_dashed(char c) {
  return is_alnum(c) || c == '-';
}
bool is_base64url(char c) {
  return is_alnum(c) || c == '_' || c == '-';
}

constexpr std::size_t kAny = std::string_view::npos;
constexpr TokenShape kTokenShapes[] = {
    {"AKIA", 16, 16, is_key_id, "an AWS access key"},
    {"ghp_", 16, kAny, is_token, "a GitHub token"},
    {"gho_", 16, kAny, is_token, "a GitHub token"},
    {"ghs_", 16, kAny, is_token, "a GitHub token"},
    {"github_pat_", 16, kAny, is_token, "a GitHub token"},
    {"xoxb-", 8, kAny, is_dashed, "a Slack token"},
    {"xoxp-", 8, kAny, is_dashed, "a Slack token"},
};

std::string_view take_while(std::string_view text, bool (*test)(char)) {
  const auto end = std::ranges::find_if_not(text, test);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

/// Calls `found` with the position of every `wanted`, in any case, that begins no word's
/// middle; true when one call was true.
template <class Found>
bool for_each_match(std::string_view text, std::string_view wanted, Found found) {
  const char first = to_lower(wanted.front());
  for (std::size_t i = 0; i + wanted.size() <= text.size(); ++i) {
    if (to_lower(text[i]) != first || (i > 0 && is_alnum(text[i - 1]))) continue;
    if (equal_in_any_case(text.substr(i, wanted.size()), wanted) && found(i)) return true;
  }
  return false;
}

/// The value behind `key =`, up to what ends one; empty when there is none.
std::string_view value_behind(std::string_view text, std::size_t begin) {
  while (begin < text.size() && text[begin] == ' ') ++begin;
  if (begin == text.size() || text[begin] != '=') return {};
  text = text.substr(begin + 1, kLongestValue);
  while (!text.empty() && (text.front() == '"' || text.front() == '\'')) text.remove_prefix(1);
  if (text.starts_with('=') || text.starts_with('`')) return text.substr(0, 1);
  return text.substr(0, text.find_first_of(";& \t\"',\\"));
}

bool is_hidden(std::string_view value) {
  return is_placeholder(value) || is_same_word(value, "replaceme") ||
         is_shell_variable(value) || value.starts_with('=');  // `password == other` compares
}

/// Some key of a connection string stands beside its password.
bool has_company(std::string_view line) {
  return std::ranges::any_of(kCompany, [&](std::string_view key) {
    return for_each_match(line, key, [&](std::size_t at) {
      return !value_behind(line, at + key.size()).empty();
    });
  });
}

std::optional<Secret> pair_secret(std::string_view line) {
  for (const KeyShape& shape : kKeyShapes) {
    bool weak = false;
    const bool found = for_each_match(line, shape.key, [&](std::size_t at) {
      const std::string_view value = value_behind(line, at + shape.key.size());
      weak = is_same_word(value, kWeak);
      return !is_hidden(value);
    });
    if (found && (!shape.needs_company || has_company(line))) {
      return Secret{.by_shape = true, .what = shape.what, .weak = weak};
    }
  }
  return std::nullopt;
}

/// `sig=` among the parameters of a shared access signature.
bool is_sas(std::string_view line) {
  const auto has = [&](std::string_view key) {
    return for_each_match(line, key, [&](std::size_t at) {
      return !is_hidden(value_behind(line, at + key.size()));
    });
  };
  return has("sig") && (has("sv") || has("se") || has("sr"));
}

std::optional<Secret> url_secret(std::string_view line) {
  for (std::size_t at = line.find("://"); at != line.npos; at = line.find("://", at + 3)) {
    if (at == 0 || !is_alnum(line[at - 1])) continue;
    std::string_view authority = line.substr(at + 3);
    authority = authority.substr(0, authority.find_first_of("/?# \t\"'<>\\,;|"));
    const std::size_t end = authority.rfind('@');
    const std::size_t colon = authority.find(':');
    if (end == authority.npos || colon == authority.npos || colon > end) continue;
    const std::string_view password = authority.substr(colon + 1, end - colon - 1);
    if (is_hidden(password) || password.starts_with('$') || password.starts_with('%')) continue;
    return Secret{
        .by_shape = true, .what = "a password in a URL", .weak = is_same_word(password, kWeak)};
  }
  return std::nullopt;
}

std::optional<std::string_view> token_secret(std::string_view line) {
  for (const TokenShape& shape : kTokenShapes) {
    for (std::size_t at = line.find(shape.prefix); at != line.npos;
         at = line.find(shape.prefix, at + shape.prefix.size())) {
      if (at > 0 && (is_alnum(line[at - 1]) || line[at - 1] == '_')) continue;
      const std::string_view rest =
          take_while(line.substr(at + shape.prefix.size()), shape.is_part);
      const bool is_masked = is_placeholder(rest);
      if (rest.size() >= shape.least && rest.size() <= shape.most && !is_masked) {
        return shape.what;
      }
      at += rest.size();
    }
  }
  return std::nullopt;
}

/// Three parts of base64 with dots between them, the first two of which are JSON objects.
bool is_jwt(std::string_view line) {
  for (std::size_t at = line.find("eyJ"); at != line.npos; at = line.find("eyJ", at + 3)) {
    if (at > 0 && is_base64url(line[at - 1])) continue;
    const std::string_view header = take_while(line.substr(at), is_base64url);
    std::string_view rest = line.substr(at + header.size());
    at += header.size();
    if (!rest.starts_with(".eyJ")) continue;
    const std::string_view payload = take_while(rest.substr(1), is_base64url);
    rest.remove_prefix(1 + payload.size());
    if (rest.starts_with('.') && !take_while(rest.substr(1), is_base64url).empty()) return true;
  }
  return false;
}

bool is_private_key(std::string_view line) {
  const std::size_t begin = line.find("-----BEGIN ");
  if (begin == line.npos) return false;
  const std::string_view rest = line.substr(begin);
  return rest.find("PRIVATE KEY-----") != rest.npos ||
         rest.find("PRIVATE KEY BLOCK-----") != rest.npos;
}

std::optional<Secret> secret_in_line(std::string_view line) {
  if (holds_reference(line)) return std::nullopt;
  if (is_private_key(line)) return Secret{.by_shape = true, .what = "a PEM private key"};
  if (const auto what = token_secret(line)) return Secret{.by_shape = true, .what = *what};
  if (is_jwt(line)) return Secret{.by_shape = true, .what = "a JSON web token"};
  if (auto secret = url_secret(line)) return secret;
  if (line.find('=') == line.npos) return std::nullopt;
  if (auto secret = pair_secret(line)) return secret;
  if (is_sas(line)) return Secret{.by_shape = true, .what = "a shared access signature"};
  return std::nullopt;
}

}  // namespace

bool is_same_word(std::string_view left, std::string_view right) {
  const auto is_sign = [](char c) { return c == '-' || c == '_'; };
  auto a = left.begin();
  auto b = right.begin();
  while (true) {
    a = std::find_if_not(a, left.end(), is_sign);
    b = std::find_if_not(b, right.end(), is_sign);
    if (a == left.end() || b == right.end()) return a == left.end() && b == right.end();
    if (to_lower(*a++) != to_lower(*b++)) return false;
  }
}

bool is_placeholder(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == '*'; }) ||
         std::ranges::all_of(text, [](char c) { return c == 'x' || c == 'X'; });
}

bool is_shell_variable(std::string_view text) {
  if (text.starts_with('`')) return true;
  return text.size() > 1 && text.front() == '$' &&
         std::ranges::all_of(text.substr(1), [](char c) { return is_alnum(c) || c == '_'; });
}

bool holds_shell_expansion(std::string_view text) {
  static constexpr std::string_view kSigns = "_{(@*#?";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '`') return true;
    if (text[i] != '$' || i + 1 == text.size()) continue;
    if (is_alnum(text[i + 1]) || kSigns.find(text[i + 1]) != kSigns.npos) return true;
  }
  return false;
}

bool holds_connection_secret(std::string_view text) {
  return std::ranges::any_of(kKeyShapes, [&](const KeyShape& shape) {
    return for_each_match(text, shape.key, [&](std::size_t at) {
      return !is_hidden(value_behind(text, at + shape.key.size()));
    });
  });
}

std::optional<Secret> secret_by_shape(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (auto secret = secret_in_line(line)) return secret;
  }
  return std::nullopt;
}

}  // namespace tidewaiter::k8s
