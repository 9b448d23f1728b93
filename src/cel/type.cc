#include "cel/type.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <fmt/core.h>

namespace tidewaiter::cel {

namespace {

struct TypeWord {
  std::string_view word;
  TypeKind kind;
};

// The first word of a kind is how it is written back.
constexpr std::array kPlainTypes = {
    TypeWord{"dyn", TypeKind::kDyn},
    TypeWord{"null_type", TypeKind::kNull},
    TypeWord{"bool", TypeKind::kBool},
    TypeWord{"int", TypeKind::kInt},
    TypeWord{"uint", TypeKind::kUint},
    TypeWord{"double", TypeKind::kDouble},
    TypeWord{"string", TypeKind::kString},
    TypeWord{"bytes", TypeKind::kBytes},
    TypeWord{"google.protobuf.Duration", TypeKind::kDuration},
    TypeWord{"google.protobuf.Timestamp", TypeKind::kTimestamp},
    TypeWord{"type", TypeKind::kType},
    TypeWord{"duration", TypeKind::kDuration},
    TypeWord{"timestamp", TypeKind::kTimestamp},
    TypeWord{"null", TypeKind::kNull},
    TypeWord{"any", TypeKind::kDyn},
};

struct GenericType {
  std::string_view word;
  TypeKind kind;
  std::size_t arity;
};

constexpr std::array kGenericTypes = {
    GenericType{"list", TypeKind::kList, 1},
    GenericType{"map", TypeKind::kMap, 2},
    GenericType{"type", TypeKind::kType, 1},
    GenericType{"optional_type", TypeKind::kOptional, 1},
};

// Types are written by people; what nests deeper than this is an attack or a mistake.
constexpr int kMaxNesting = 32;

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

/// Reads one type from `text`, moving `position` behind it.
class TypeReader {
 public:
  explicit TypeReader(std::string_view text) : text_(text) {}

  Result<Type> read_all() {
    auto type = read(0);
    if (!type) return type;
    skip_blanks();
    if (position_ != text_.size()) return fail("Unexpected text after the type");
    return type;
  }

 private:
  Result<Type> read(int nesting) {
    if (nesting > kMaxNesting) return fail("The type is nested too deeply");
    skip_blanks();
    const std::size_t begin = position_;
    while (position_ < text_.size() && is_word_character(text_[position_])) ++position_;
    const std::string_view word = text_.substr(begin, position_ - begin);
    if (word.empty()) return fail("A type is missing");
    skip_blanks();
    if (position_ < text_.size() && text_[position_] == '(') return read_generic(word, nesting);
    return plain(word);
  }

  Result<Type> read_generic(std::string_view word, int nesting) {
    const auto* generic = std::find_if(kGenericTypes.begin(), kGenericTypes.end(),
                                       [&](const GenericType& g) { return g.word == word; });
    if (generic == kGenericTypes.end()) {
      return fail(fmt::format("'{}' takes no type in parentheses", word));
    }
    std::vector<Type> params;
    do {
      ++position_;  // the '(' or ','
      auto param = read(nesting + 1);
      if (!param) return param;
      params.push_back(*std::move(param));
      skip_blanks();
    } while (position_ < text_.size() && text_[position_] == ',');
    if (position_ == text_.size() || text_[position_] != ')') return fail("A ')' is missing");
    ++position_;
    if (params.size() != generic->arity) {
      return fail(fmt::format("'{}' takes {} type{} in parentheses", word, generic->arity,
                              generic->arity == 1 ? "" : "s"));
    }
    return Type(generic->kind, {}, std::move(params));
  }

  Result<Type> plain(std::string_view word) {
    for (const TypeWord& known : kPlainTypes) {
      if (known.word == word) return Type(known.kind);
    }
    if (word == "list") return Type::list(Type());
    if (word == "map") return Type::map(Type(), Type());
    if (word == "optional_type") return Type::optional(Type());
    if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z') {
      return Type(TypeKind::kParam, std::string(word));
    }
    const bool dotted = word.front() != '.' && word.back() != '.' &&
                        word.find("..") == std::string_view::npos &&
                        std::isdigit(static_cast<unsigned char>(word.front())) == 0;
    if (!dotted) return fail(fmt::format("'{}' is no name of a type", word));
    return Type::opaque(std::string(word));
  }

  void skip_blanks() {
    while (position_ < text_.size() && text_[position_] == ' ') ++position_;
  }

  Error fail(std::string_view what) const {
    const auto at = static_cast<std::uint32_t>(std::min(position_, text_.size()));
    return Error{.code = ErrorCode::kInvalidInput,
                 .message = fmt::format("{} in the type '{}'.", what, text_),
                 .where = ByteSpan{at, at}};
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace

Type::Type(TypeKind kind, std::string name, std::vector<Type> params) : kind_(kind) {
  if (!name.empty() || !params.empty()) {
    detail_ = std::make_shared<const Detail>(Detail{std::move(name), std::move(params)});
  }
}

Type Type::list(Type item) {
  return Type(TypeKind::kList, {}, {std::move(item)});
}

Type Type::map(Type key, Type value) {
  return Type(TypeKind::kMap, {}, {std::move(key), std::move(value)});
}

Type Type::optional(Type value) {
  return Type(TypeKind::kOptional, {}, {std::move(value)});
}

Type Type::opaque(std::string name) {
  return Type(TypeKind::kOpaque, std::move(name));
}

Type Type::object(std::string name) {
  return Type(TypeKind::kObject, std::move(name));
}

Result<Type> Type::parse(std::string_view text) {
  return TypeReader(text).read_all();
}

const std::string& Type::name() const {
  static const std::string none;
  return detail_ ? detail_->name : none;
}

const std::vector<Type>& Type::params() const {
  static const std::vector<Type> none;
  return detail_ ? detail_->params : none;
}

std::string Type::to_string() const {
  std::string text = name();
  if (text.empty()) {
    for (const GenericType& known : kGenericTypes) {
      if (known.kind == kind_) text = known.word;
    }
    for (const TypeWord& known : kPlainTypes) {
      if (text.empty() && known.kind == kind_) text = known.word;
    }
  }
  for (std::size_t i = 0; i < params().size(); ++i) {
    text += i == 0 ? "(" : ", ";
    text += params()[i].to_string();
  }
  if (!params().empty()) text += ')';
  return text;
}

bool operator==(const Type& a, const Type& b) {
  if (a.kind_ != b.kind_) return false;
  if (a.detail_ == b.detail_) return true;
  return a.name() == b.name() && a.params() == b.params();
}

}  // namespace tidewaiter::cel
