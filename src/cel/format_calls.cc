#include "cel/format_calls.h"

#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

namespace tidewaiter::cel {

namespace {

constexpr std::uint32_t bit(TypeKind kind) {
  return 1U << static_cast<unsigned>(kind);
}

struct Clause {
  char letter;
  std::uint32_t kinds;
  std::string_view words;
};

constexpr std::uint32_t kIntegers = bit(TypeKind::kInt) | bit(TypeKind::kUint);
constexpr std::uint32_t kDoubles = bit(TypeKind::kDouble) | bit(TypeKind::kString);
constexpr std::uint32_t kHex = kIntegers | bit(TypeKind::kString) | bit(TypeKind::kBytes);
constexpr std::uint32_t kStrings = kHex | bit(TypeKind::kList) | bit(TypeKind::kMap) |
                                   bit(TypeKind::kDouble) | bit(TypeKind::kBool) |
                                   bit(TypeKind::kTimestamp) | bit(TypeKind::kDuration) |
                                   bit(TypeKind::kType) | bit(TypeKind::kNull);
constexpr Clause kClauses[] = {
    {'s', kStrings, "a value that can be written as text"},
    {'d', kIntegers, "an integer"},
    {'f', kDoubles, "a double"},
    {'e', kDoubles, "a double"},
    {'b', kIntegers | bit(TypeKind::kBool), "an integer or a bool"},
    {'o', kIntegers, "an integer"},
    {'x', kHex, "an integer, a string or bytes"},
    {'X', kHex, "an integer, a string or bytes"},
};

const Clause* find_clause(char letter) {
  for (const Clause& clause : kClauses) {
    if (clause.letter == letter) return &clause;
  }
  return nullptr;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

Error fail(std::string message, ByteSpan where) {
  return Error{.code = ErrorCode::kInvalidInput, .message = std::move(message), .where = where};
}

/// Looks at one call of format().
class FormatCall {
 public:
  FormatCall(const CheckedAst& checked, const Expr& call)
      : checked_(checked),
        format_(checked.ast[call.args[0]]),
        values_(checked.ast[call.args[1]].args) {}

  std::optional<Error> check() {
    const std::string_view text = std::get<std::string>(format_.literal);
    std::size_t used = 0;
    for (std::size_t at = text.find('%'); at < text.size(); at = text.find('%', at)) {
      if (text.substr(at).starts_with("%%")) {
        at += 2;
        continue;
      }
      std::size_t letter = at + 1;
      if (text.substr(letter).starts_with('.')) {
        const std::size_t first = ++letter;
        while (letter < text.size() && is_digit(text[letter])) ++letter;
        if (letter == first) return fail("A '.' in a format needs a number.", format_.span);
      }
      const Clause* clause = letter < text.size() ? find_clause(text[letter]) : nullptr;
      if (clause == nullptr) return fail_unknown(text.substr(at, letter + 1 - at));
      if (used == values_.size()) {
        return fail(fmt::format("The format needs more than {} values.", used), format_.span);
      }
      if (auto error = check_value(*clause, values_[used++])) return error;
      at = letter + 1;
    }
    if (used == values_.size()) return {};
    return fail(
        fmt::format("The format takes {} values, but is given {}.", used, values_.size()),
        checked_.ast[values_[used]].span);
  }

 private:
  Error fail_unknown(std::string_view clause) const {
    return fail(fmt::format("'{}' is no clause of a format; they are %s, %d, %f, %e, %b, %o, "
                            "%x, %X and %%.",
                            clause),
                format_.span);
  }

  /// The value, and for %s the items of a literal too.
  std::optional<Error> check_value(const Clause& clause, ExprId value) const {
    std::vector<ExprId> pending = {value};
    while (!pending.empty()) {
      const ExprId id = pending.back();
      pending.pop_back();
      const TypeKind kind = checked_.types[id].kind();
      if (kind != TypeKind::kDyn && (clause.kinds & bit(kind)) == 0) {
        return fail(fmt::format("'%{}' in a format takes {}, not {}.", clause.letter,
                                clause.words, checked_.types[id].to_string()),
                    checked_.ast[id].span);
      }
      const Expr& expr = checked_.ast[id];
      const bool literal = expr.kind == ExprKind::kList || expr.kind == ExprKind::kMap;
      if (clause.letter == 's' && literal) {
        pending.insert(pending.end(), expr.args.begin(), expr.args.end());
      }
    }
    return {};
  }

  const CheckedAst& checked_;
  const Expr& format_;
  const std::vector<ExprId>& values_;
};

}  // namespace

std::optional<Error> find_bad_format(const CheckedAst& checked) {
  for (const Expr& expr : checked.ast.nodes) {
    const bool call = expr.kind == ExprKind::kCall && expr.member && expr.name == "format" &&
                      expr.args.size() == 2;
    if (!call) continue;
    const Expr& format = checked.ast[expr.args[0]];
    const bool literals = format.kind == ExprKind::kLiteral &&
                          std::holds_alternative<std::string>(format.literal) &&
                          checked.ast[expr.args[1]].kind == ExprKind::kList;
    if (!literals) continue;
    if (auto error = FormatCall(checked, expr).check()) return error;
  }
  return {};
}

}  // namespace tidewaiter::cel
