#include "cel/go_regex.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <fmt/core.h>

// https://github.com/google/re2/wiki/Syntax and Go's regexp/syntax.

namespace tidewaiter::cel {
namespace {

struct Alias {
  std::string_view name;  ///< Canonical: without '_', '-' and ' ', the first letter capital.
  std::string_view category;
};

// unicode.CategoryAliases.
constexpr std::array<Alias, 42> kAliases = {{
    {"Casedletter", "LC"},
    {"Closepunctuation", "Pe"},
    {"Combiningmark", "M"},
    {"Connectorpunctuation", "Pc"},
    {"Control", "Cc"},
    {"Currencysymbol", "Sc"},
    {"Dashpunctuation", "Pd"},
    {"Decimalnumber", "Nd"},
    {"Enclosingmark", "Me"},
    {"Finalpunctuation", "Pf"},
    {"Format", "Cf"},
    {"Initialpunctuation", "Pi"},
    {"Letter", "L"},
    {"Letternumber", "Nl"},
    {"Lineseparator", "Zl"},
    {"Lowercaseletter", "Ll"},
    {"Mark", "M"},
    {"Mathsymbol", "Sm"},
    {"Modifierletter", "Lm"},
    {"Modifiersymbol", "Sk"},
    {"Nonspacingmark", "Mn"},
    {"Number", "N"},
    {"Openpunctuation", "Ps"},
    {"Other", "C"},
    {"Otherletter", "Lo"},
    {"Othernumber", "No"},
    {"Otherpunctuation", "Po"},
    {"Othersymbol", "So"},
    {"Paragraphseparator", "Zp"},
    {"Privateuse", "Co"},
    {"Punctuation", "P"},
    {"Separator", "Z"},
    {"Spaceseparator", "Zs"},
    {"Spacingmark", "Mc"},
    {"Surrogate", "Cs"},
    {"Symbol", "S"},
    {"Titlecaseletter", "Lt"},
    {"Unassigned", "Cn"},
    {"Uppercaseletter", "Lu"},
    {"Cntrl", "Cc"},
    {"Digit", "Nd"},
    {"Punct", "P"},
}};

/// What has no name in RE2: the union of these.
struct Union {
  std::string_view name;
  std::string_view members;
  bool negated;  ///< All but those.
};

constexpr std::array<Union, 5> kUnions = {{
    {"LC", R"(\p{Lu}\p{Ll}\p{Lt})", false},
    {"Ascii", R"(\x00-\x7F)", false},
    {"Assigned", R"(\pL\pM\pN\pP\pS\pZ\pC)", false},
    {"Cn", R"(\pL\pM\pN\pP\pS\pZ\pC)", true},
    // RE2's \pC is without Cn.
    {"C", R"(\pL\pM\pN\pP\pS\pZ)", true},
}};

// Each takes some ten thousand bytes while it is compiled.
constexpr std::size_t kMostProperties = 1000;

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char to_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// Go's canonicalName.
std::string canonical(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (c == '_' || c == '-' || c == ' ') continue;
    result += result.empty() ? to_upper(c) : to_lower(c);
  }
  return result;
}

/// A class \p{...}: RE2's name of it, or a union.
struct Property {
  bool negated = false;
  std::string name = {};
  const Union* members = nullptr;
};

Property property_of(std::string_view name, bool negated) {
  if (name.starts_with('^')) {
    negated = !negated;
    name.remove_prefix(1);
  }
  std::string known = canonical(name);
  for (const Alias& alias : kAliases) {
    if (alias.name == known) known = alias.category;
  }
  if (known == "Lc") known = "LC";
  for (const Union& each : kUnions) {
    if (each.name == known) {
      return {.negated = negated != each.negated, .name = {}, .members = &each};
    }
  }
  // RE2 knows scripts of two words by the name that Unicode gives them.
  if (known.size() > 2 && name.find('_') != std::string_view::npos) known = name;
  return {.negated = negated, .name = std::move(known), .members = nullptr};
}

bool is_word(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (to_lower(c) >= 'a' && to_lower(c) <= 'z');
}

class Translator {
 public:
  explicit Translator(std::string_view pattern)
      : rest_(pattern), after_last_name_(pattern.size() - last_name_end(pattern)) {}

  Result<std::string> run() {
    while (!rest_.empty() && error_.empty()) {
      if (rest_.starts_with(R"(\Q)")) {
        copy_literal();
      } else if (rest_.starts_with('\\')) {
        copy_escape();
      } else if (rest_.starts_with('[')) {
        copy_class();
      } else if (rest_.starts_with('(')) {
        copy_group();
      } else {
        copy(1);
      }
    }
    if (error_.empty()) return std::move(out_);
    return Error{.code = ErrorCode::kInvalidInput, .message = std::move(error_)};
  }

 private:
  static std::size_t last_name_end(std::string_view pattern) {
    const auto last = pattern.rfind(":]");
    return last == std::string_view::npos ? 0 : last;
  }

  void copy(std::size_t size) {
    size = std::min(size, rest_.size());
    out_ += rest_.substr(0, size);
    rest_.remove_prefix(size);
  }

  void copy_literal() {
    const auto end = rest_.find(R"(\E)", 2);
    copy(end == std::string_view::npos ? rest_.size() : end + 2);
  }

  void copy_escape() {
    if (rest_.starts_with(R"(\C)")) {
      error_ = R"(A regular expression cannot have '\C' here.)";
      return;
    }
    const auto property = take_property();
    if (!property) return copy(2);
    const std::string_view sign = property->negated ? "^" : "";
    if (property->members != nullptr) {
      out_ += fmt::format("[{}{}]", sign, property->members->members);
    } else {
      out_ += fmt::format("\\p{{{}{}}}", sign, property->name);
    }
  }

  /// `\pN`, `\P{...}`: nothing, and nothing taken, when what stands here is none.
  std::optional<Property> take_property() {
    if (rest_.size() < 3 || (rest_[1] != 'p' && rest_[1] != 'P')) return {};
    const bool negated = rest_[1] == 'P';
    std::string_view name = rest_.substr(2, 1);
    std::size_t size = 3;
    if (name == "{") {
      const auto end = rest_.find('}');
      if (end == std::string_view::npos) return {};
      name = rest_.substr(3, end - 3);
      size = end + 1;
    }
    if (++properties_ > kMostProperties) {
      error_ = "The regular expression has too many Unicode classes.";
    }
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return is_word(c) || c == '^' || c == '-' || c == ' ';
    });
    if (!plain) return {};
    rest_.remove_prefix(size);
    return property_of(name, negated);
  }

  /// A class in brackets. What needs "all but" inside of it becomes an alternative beside it.
  void copy_class() {
    const bool negated = rest_.starts_with("[^");
    rest_.remove_prefix(negated ? 2 : 1);
    std::string items;
    std::vector<const Union*> all_but;
    for (bool first = true; !rest_.empty() && (first || rest_.front() != ']'); first = false) {
      std::size_t size = 1;
      if (rest_.starts_with("[:")) {
        // Neither we nor RE2 may look for what does not come any more.
        if (rest_.size() - 2 < after_last_name_) {
          items += '\\';
        } else if (const auto end = rest_.find(":]", 2); end != std::string_view::npos) {
          size = end + 2;
        }
      } else if (rest_.starts_with('\\')) {
        if (const auto property = take_property()) {
          add_property(*property, items, all_but);
          continue;
        }
        size = 2;
      }
      size = std::min(size, rest_.size());
      items += rest_.substr(0, size);
      rest_.remove_prefix(size);
    }
    const bool closed = !rest_.empty();
    if (closed) rest_.remove_prefix(1);
    const std::string_view end = closed ? "]" : "";
    if (all_but.empty()) {
      out_ += fmt::format("[{}{}{}", negated ? "^" : "", items, end);
    } else if (!negated) {
      out_ += "(?:";
      if (!items.empty()) out_ += fmt::format("[{}{}|", items, end);
      for (const Union* each : all_but) out_ += fmt::format("[^{}]|", each->members);
      out_.back() = ')';
    } else if (items.empty() && all_but.size() == 1) {
      out_ += fmt::format("[{}]", all_but.front()->members);
    } else {
      error_ = "A regular expression cannot have such a class among others behind '[^'.";
    }
  }

  static void add_property(const Property& property, std::string& items,
                           std::vector<const Union*>& all_but) {
    const std::string_view sign = property.negated ? "^" : "";
    if (property.members == nullptr) {
      items += fmt::format("\\p{{{}{}}}", sign, property.name);
    } else if (property.negated) {
      all_but.push_back(property.members);
    } else {
      items += property.members->members;
    }
  }

  void copy_group() {
    const std::size_t mark = rest_.starts_with("(?P<") ? 4 : rest_.starts_with("(?<") ? 3 : 0;
    if (mark == 0) return copy(1);
    const auto end = rest_.find('>');
    const std::string_view name = rest_.substr(mark, std::min(end, rest_.size()) - mark);
    const bool valid = end != std::string_view::npos && !name.empty() &&
                       std::all_of(name.begin(), name.end(), is_word);
    if (!valid) {
      error_ =
          name.starts_with('=') || name.starts_with('!')
              ? "A regular expression cannot look behind itself with '(?<='."
              : fmt::format("'{}' is no name of a group: write letters, digits and '_'.", name);
      return;
    }
    out_ += '(';
    rest_.remove_prefix(end + 1);
  }

  std::string_view rest_;
  std::size_t after_last_name_;  ///< Bytes from the last ":]" to the end.
  std::size_t properties_ = 0;
  std::string out_;
  std::string error_;
};

}  // namespace

Result<std::string> re2_pattern(std::string_view pattern) {
  return Translator(pattern).run();
}

}  // namespace tidewaiter::cel
