#include "base/glob.h"

#include <algorithm>

namespace tidewaiter {
namespace {

struct NamedClass {
  std::string_view name;
  bool (*holds)(unsigned char c);
};

// ASCII only, whatever the locale.
bool is_lower(unsigned char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(unsigned char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(unsigned char c) {
  return c >= '0' && c <= '9';
}
bool is_alpha(unsigned char c) {
  return is_lower(c) || is_upper(c);
}
bool is_alnum(unsigned char c) {
  return is_alpha(c) || is_digit(c);
}
bool is_graph(unsigned char c) {
  return c > ' ' && c < 0x7F;
}

constexpr NamedClass kNamedClasses[] = {
    {"alnum", is_alnum},
    {"alpha", is_alpha},
    {"blank", [](unsigned char c) { return c == ' ' || c == '\t'; }},
    {"cntrl", [](unsigned char c) { return c < ' ' || c == 0x7F; }},
    {"digit", is_digit},
    {"graph", is_graph},
    {"lower", is_lower},
    {"print", [](unsigned char c) { return c == ' ' || is_graph(c); }},
    {"punct", [](unsigned char c) { return is_graph(c) && !is_alnum(c); }},
    {"space", [](unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }},
    {"upper", is_upper},
    {"xdigit",
     [](unsigned char c) {
       return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
     }},
};

/// Reads a bracket expression; what it says stands in git's wildmatch.c.
class ClassReader {
 public:
  /// `at` is just after the `[`.
  ClassReader(std::string_view pattern, std::size_t at) : pattern_(pattern), at_(at) {}

  /// The position after the `]`, or npos when the class is open or malformed.
  std::size_t read(std::bitset<256>& set) {
    const bool negated = at_ < pattern_.size() && (peek() == '!' || peek() == '^');
    if (negated) ++at_;
    int previous = -1;  // the byte that could begin a range
    for (bool first = true; first || peek() != ']'; first = false) {
      if (at_ >= pattern_.size()) return std::string_view::npos;
      if (!read_item(set, previous)) return std::string_view::npos;
      if (at_ >= pattern_.size()) return std::string_view::npos;
    }
    if (negated) set.flip();
    set.reset('/');
    return at_ + 1;
  }

 private:
  unsigned char peek(std::size_t ahead = 0) const {
    const std::size_t at = at_ + ahead;
    return at < pattern_.size() ? static_cast<unsigned char>(pattern_[at]) : '\0';
  }

  bool read_item(std::bitset<256>& set, int& previous) {
    unsigned char c = peek();
    if (c == '-' && previous >= 0 && at_ + 1 < pattern_.size() && peek(1) != ']') {
      ++at_;
      if (peek() == '\\') ++at_;
      if (at_ >= pattern_.size()) return false;
      for (int i = previous; i <= peek(); ++i) set.set(static_cast<std::size_t>(i));
      ++at_;
      previous = -1;
      return true;
    }
    if (c == '[' && peek(1) == ':') return read_named(set, previous);
    if (c == '\\') {
      if (++at_ >= pattern_.size()) return false;
      c = peek();
    }
    set.set(c);
    previous = c;
    ++at_;
    return true;
  }

  bool read_named(std::bitset<256>& set, int& previous) {
    const std::size_t begin = at_ + 2;
    const std::size_t end = pattern_.find(']', begin);
    if (end == std::string_view::npos) return false;
    if (end == begin || pattern_[end - 1] != ':') {  // a `[` and a `:` like any other
      set.set('[');
      previous = '[';
      ++at_;
      return true;
    }
    const std::string_view name = pattern_.substr(begin, end - 1 - begin);
    const auto* const row = std::ranges::find(kNamedClasses, name, &NamedClass::name);
    if (row == std::end(kNamedClasses)) return false;
    for (std::size_t i = 1; i < 256; ++i) {
      if (row->holds(static_cast<unsigned char>(i))) set.set(i);
    }
    previous = -1;
    at_ = end + 1;
    return true;
  }

  std::string_view pattern_;
  std::size_t at_;
};

}  // namespace

std::size_t literal_prefix(std::string_view pattern) {
  return std::min(pattern.find_first_of("*?[\\"), pattern.size());
}

Glob::Glob(std::string_view pattern, std::size_t literal) {
  for (std::size_t at = 0; at < pattern.size() && !broken_;) {
    switch (pattern[at]) {
      case '*': at = add_stars(pattern, at, literal); break;
      case '[': at = add_class(pattern, at + 1); break;
      case '?': {
        std::bitset<256> any;
        any.set().reset('/');
        tokens_.push_back(
            {.kind = Kind::kClass, .class_ = static_cast<std::uint32_t>(classes_.size())});
        classes_.push_back(any);
        ++at;
        break;
      }
      case '\\':
        broken_ = ++at >= pattern.size();
        if (broken_) break;
        [[fallthrough]];
      default: tokens_.push_back({.byte = pattern[at++]});
    }
  }
}

std::size_t Glob::add_stars(std::string_view pattern, std::size_t at, std::size_t literal) {
  const std::size_t end = std::min(pattern.find_first_not_of('*', at), pattern.size());
  const bool at_start = at == 0 || at == literal || pattern[at - 1] == '/';
  const std::string_view rest = pattern.substr(end);
  if (end - at == 1 || !at_start) {
    tokens_.push_back({.kind = Kind::kStar});
    return end;
  }
  if (rest.empty()) {
    tokens_.push_back({.kind = Kind::kRest});
    return end;
  }
  if (rest.starts_with('/')) {
    tokens_.push_back({.kind = Kind::kFolders});
    return end + 1;
  }
  tokens_.push_back({.kind = Kind::kStar});
  if (!rest.starts_with("\\/")) return end;
  // Before an escaped slash git wants one folder at least.
  tokens_.push_back({.byte = '/'});
  tokens_.push_back({.kind = Kind::kFolders});
  return end + 2;
}

std::size_t Glob::add_class(std::string_view pattern, std::size_t at) {
  std::bitset<256> set;
  const std::size_t end = ClassReader(pattern, at).read(set);
  broken_ = end == std::string_view::npos;
  tokens_.push_back(
      {.kind = Kind::kClass, .class_ = static_cast<std::uint32_t>(classes_.size())});
  classes_.push_back(set);
  return end;
}

bool Glob::matches_one(const Token& token, char c) const {
  return token.kind == Kind::kByte ? token.byte == c
                                   : classes_[token.class_][static_cast<unsigned char>(c)];
}

bool Glob::matches(std::string_view path) const {
  if (broken_) return false;
  // Only the last `*` and the last `**/` need another try: an earlier one that takes more can
  // never help what follows them.
  static constexpr std::size_t kNone = std::string_view::npos;
  std::size_t star_token = kNone;  // the token after the last star, and where it ends
  std::size_t star_end = 0;
  std::size_t folders_token = kNone;
  std::size_t folders_end = 0;
  std::size_t token = 0;
  std::size_t at = 0;
  while (true) {
    if (token < tokens_.size()) {
      const Kind kind = tokens_[token].kind;
      if (kind == Kind::kRest) return true;
      if (kind == Kind::kStar) {
        star_token = ++token;
        star_end = at;
        continue;
      }
      if (kind == Kind::kFolders) {
        folders_token = ++token;
        folders_end = at;
        star_token = kNone;
        continue;
      }
      if (at < path.size() && matches_one(tokens_[token], path[at])) {
        ++token;
        ++at;
        continue;
      }
    } else if (at == path.size()) {
      return true;
    }
    if (star_token != kNone && star_end < path.size() && path[star_end] != '/') {
      at = ++star_end;
      token = star_token;
      continue;
    }
    star_token = kNone;
    if (folders_token == kNone) return false;
    const std::size_t slash = path.find('/', folders_end);
    if (slash == kNone) return false;
    at = folders_end = slash + 1;
    token = folders_token;
  }
}

}  // namespace tidewaiter
