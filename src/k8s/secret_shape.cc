#include "k8s/secret_shape.h"

#include <algorithm>
#include <vector>

#include "k8s/go_duration.h"
#include "k8s/letters.h"
#include "k8s/reference_text.h"
#include "k8s/secret_text.h"

// Secrets by their name; those by their shape are in secret_text.cc.
namespace tidewaiter::k8s {
namespace {

constexpr std::string_view kNames[] = {
    "password",   "passwd",      "pwd",         "passphrase",        "secret",
    "token",      "apikey",      "sas",         "credential",        "api key",
    "access key", "private key", "account key", "connection string", "shared access",
};
constexpr std::string_view kPlaceholders[] = {"REPLACE_ME"};
constexpr std::string_view kConnectionString = "connection string";

/// What a name ends in that says where the secret is, or about it, not what it is.
constexpr std::string_view kHarmlessEnds[] = {
    "name",    "file",   "path",      "dir",    "url",    "uri",    "endpoint", "host",
    "ttl",     "expiry", "timeout",   "header", "issuer", "type",   "kind",     "algorithm",
    "enabled", "length", "namespace", "ref",    "id",     "format", "version",  "store",
};
constexpr std::string_view kBooleans[] = {"true", "false", "yes", "no", "on", "off"};

/// Splits a name at `_`, `-`, `.`, other signs, and where camel case begins a word.
std::vector<std::string_view> words_of(std::string_view name) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  const auto end_word = [&](std::size_t end) {
    std::string_view word = name.substr(begin, end - begin);
    while (!word.empty() && is_digit(word.back())) word.remove_suffix(1);  // PASSWORD2
    if (!word.empty()) words.push_back(word);
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!is_alnum(name[i])) {
      end_word(i);
      begin = i + 1;
      continue;
    }
    const bool after_lower = i > begin && (is_lower(name[i - 1]) || is_digit(name[i - 1]));
    const bool before_lower =
        i > begin && is_upper(name[i - 1]) && i + 1 < name.size() && is_lower(name[i + 1]);
    if (is_upper(name[i]) && (after_lower || before_lower)) {  // dbPassword, APIKey
      end_word(i);
      begin = i;
    }
  }
  end_word(name.size());
  return words;
}

/// The word, singular or plural.
bool is_word(std::string_view word, std::string_view wanted) {
  return equal_in_any_case(word, wanted) ||
         (word.size() == wanted.size() + 1 && to_lower(word.back()) == 's' &&
          equal_in_any_case(word.substr(0, wanted.size()), wanted));
}

bool holds(const std::vector<std::string_view>& words, std::string_view wanted) {
  const std::size_t blank = wanted.find(' ');
  if (blank == wanted.npos) {
    return std::ranges::any_of(words, [&](std::string_view w) { return is_word(w, wanted); });
  }
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (equal_in_any_case(words[i], wanted.substr(0, blank)) &&
        is_word(words[i + 1], wanted.substr(blank + 1))) {
      return true;
    }
  }
  return false;
}

bool is_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && is_digit(text.front()) &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.' || c == '_'; });
}

/// `1h30m` as Go reads it, `7d`, and the form `PT1H` of ISO 8601.
bool is_duration(std::string_view text) {
  if (parse_go_duration(text)) return true;
  if (text.size() > 1 && std::string_view("dw").find(text.back()) != text.npos) {
    return is_number(text.substr(0, text.size() - 1));
  }
  return text.size() > 2 && text.starts_with('P') && is_letter(text.back()) &&
         std::ranges::any_of(text, is_digit) && std::ranges::all_of(text, [](char c) {
           return is_digit(c) ||
                  std::string_view("PYMWDTHS.").find(c) != std::string_view::npos;
         });
}

bool is_path(std::string_view text) {
  for (const std::string_view begin : {"/", "./", "../", "~/"}) {
    if (text.starts_with(begin)) return true;
  }
  if (text.size() > 2 && is_letter(text[0]) && text[1] == ':' && text[2] == '\\') return true;
  // secret/data/shop: what base64 text hardly is.
  return text.find('/') != text.npos && !text.ends_with('/') &&
         std::ranges::all_of(text, [](char c) {
           return is_lower(c) || is_digit(c) || c == '/' || c == '-' || c == '_' || c == '.';
         });
}

bool is_url(std::string_view text) {
  const std::size_t colon = text.find("://");
  return colon != text.npos && colon > 0 &&
         std::ranges::all_of(text.substr(0, colon), [](char c) {
           return is_alnum(c) || c == '+' || c == '-' || c == '.' || c == ':';
         });
}

/// It says where the secret is to be fetched: by the webhook of Bank-Vaults, from AWS or from
/// Key Vault.
bool is_kept_elsewhere(std::string_view text) {
  return text.starts_with("vault:") || text.starts_with("arn:") ||
         text.starts_with("@Microsoft.KeyVault(");
}

/// A value that nobody needs to hide.
bool is_harmless(std::string_view value, const SecretWords& words) {
  if (value.empty() || holds_reference(value) || is_placeholder(value)) return true;
  if (value.find('\n') != value.npos) return true;  // a file, which only has shapes
  const auto is_same = [&](std::string_view other) { return is_same_word(value, other); };
  return std::ranges::any_of(words.placeholders, is_same) ||
         std::ranges::any_of(kBooleans, is_same) || is_number(value) || is_duration(value) ||
         is_path(value) || is_url(value) || is_kept_elsewhere(value);
}

/// The word by which a name is that of a secret; empty when it is not.
std::string_view secret_word(std::string_view name, std::string_view value,
                             const SecretWords& words) {
  const std::vector<std::string_view> parts = words_of(name);
  if (parts.empty()) return {};
  for (const std::string_view end : kHarmlessEnds) {
    if (is_word(parts.back(), end)) return {};
  }
  for (const std::string_view wanted : words.names) {
    if (!holds(parts, wanted)) continue;
    if (wanted != kConnectionString || holds_connection_secret(value)) return wanted;
  }
  return {};
}

}  // namespace

const SecretWords& usual_secret_words() {
  static constexpr SecretWords kWords{.names = kNames, .placeholders = kPlaceholders};
  return kWords;
}

std::optional<Secret> find_secret(std::string_view name, std::string_view value,
                                  const SecretWords& words) {
  value = trimmed(value);
  if (auto secret = secret_by_shape(value)) return secret;
  if (is_harmless(value, words)) return std::nullopt;
  const std::string_view word = secret_word(name, value, words);
  if (word.empty()) return std::nullopt;
  return Secret{.by_shape = false, .what = word, .weak = is_same_word(value, "changeme")};
}

}  // namespace tidewaiter::k8s
