#include "cel/parser.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cel/ast_walk.h"
#include "cel/lexer.h"
#include "cel/literal.h"
#include "cel/macro.h"

namespace tidewaiter::cel {

namespace {

struct BinaryOperator {
  std::string_view text;
  std::string_view name;
  int level;  ///< How tightly it binds.
};

constexpr std::array kBinaryOperators = {
    BinaryOperator{"||", "_||_", 1}, BinaryOperator{"&&", "_&&_", 2},
    BinaryOperator{"==", "_==_", 3}, BinaryOperator{"!=", "_!=_", 3},
    BinaryOperator{"<", "_<_", 3},   BinaryOperator{"<=", "_<=_", 3},
    BinaryOperator{">", "_>_", 3},   BinaryOperator{">=", "_>=_", 3},
    BinaryOperator{"in", "@in", 3},  BinaryOperator{"+", "_+_", 4},
    BinaryOperator{"-", "_-_", 4},   BinaryOperator{"*", "_*_", 5},
    BinaryOperator{"/", "_/_", 5},   BinaryOperator{"%", "_%_", 5},
};
constexpr int kLastLogicalLevel = 2;
constexpr int kTightestLevel = 5;

constexpr std::array<std::string_view, 17> kReserved = {
    "as",  "break", "const",     "continue", "else",   "for", "function", "if",   "import",
    "let", "loop",  "namespace", "package",  "return", "var", "void",     "while"};

struct WordHint {
  std::string_view word;
  std::string_view advice;
};
constexpr std::array kWordHints = {
    WordHint{"and", " Write '&&' for a logical and."},
    WordHint{"or", " Write '||' for a logical or."},
    WordHint{"is", " Write '==' to compare."},
    WordHint{"matches", " Write 'text.matches(pattern)'."},
};

/// A recursive descent parser. Its recursion is bounded by CelLimits::depth: each level of
/// nesting in the text passes through parse_expression.
class Parser {
 public:
  Parser(std::vector<Token> tokens, const CelLimits& limits, const MacroOptions& macros)
      : tokens_(std::move(tokens)), limits_(limits), macros_(macros) {}

  Result<Ast> run() {
    const ExprId root = parse_expression();
    if (!error_ && !at_end()) {
      std::string message = fmt::format("Unexpected {} after the expression.", seen());
      for (const WordHint& hint : kWordHints) {
        if (peek().text == hint.word) message += hint.advice;
      }
      fail(std::move(message), peek().span);
    }
    if (error_) return *std::move(error_);
    compact(ast_, root);
    return std::move(ast_);
  }

 private:
  // Every parse_* returns kNoExpr after an error; error_ keeps the first one.

  ExprId parse_expression() {
    if (nesting_ == limits_.depth) return too_deep(peek().span);
    ++nesting_;
    const ExprId expression = parse_conditional();
    --nesting_;
    return expression;
  }

  ExprId parse_conditional() {
    const ExprId condition = parse_binary(1);
    if (error_ || !is("?")) return condition;
    const ByteSpan mark = take().span;
    const ExprId yes = parse_binary(1);
    if (!expect(":", "to go on after '?'")) return kNoExpr;
    const ExprId no = parse_expression();
    return add_call("_?_:_", {condition, yes, no}, mark);
  }

  ExprId parse_binary(int level) {
    if (level > kTightestLevel) return parse_unary();
    if (level <= kLastLogicalLevel) return parse_logical(level);
    ExprId left = parse_binary(level + 1);
    while (const BinaryOperator* op = operator_at(level)) {
      const ByteSpan mark = take().span;
      const ExprId right = parse_binary(level + 1);
      left = add_call(op->name, {left, right}, mark);
    }
    return left;
  }

  /// A chain of && or ||, built as a balanced tree, so that its length costs no depth.
  ExprId parse_logical(int level) {
    std::vector<ExprId> operands = {parse_binary(level + 1)};
    std::vector<ByteSpan> marks;
    const BinaryOperator* op = nullptr;
    while (const BinaryOperator* next = operator_at(level)) {
      op = next;
      marks.push_back(take().span);
      operands.push_back(parse_binary(level + 1));
    }
    if (error_) return kNoExpr;
    return op == nullptr ? operands[0] : balance(*op, operands, marks, 0, marks.size());
  }

  /// Joins operands [first, last]; recursion as deep as the logarithm of their number.
  ExprId balance(const BinaryOperator& op, const std::vector<ExprId>& operands,
                 const std::vector<ByteSpan>& marks, std::size_t first, std::size_t last) {
    if (first == last) return operands[first];
    const std::size_t middle = first + (last - first) / 2;
    const ExprId left = balance(op, operands, marks, first, middle);
    const ExprId right = balance(op, operands, marks, middle + 1, last);
    return add_call(op.name, {left, right}, marks[middle]);
  }

  ExprId parse_unary() {
    if (!is("!") && !is("-")) return parse_member();
    const Token first = peek();
    std::size_t count = 0;
    for (; is(first.text); ++count) take();
    const bool odd = count % 2 == 1;
    if (first.text == "-" && odd && is_number(peek().kind)) {
      return parse_postfix(add_literal(take(), first.span.begin, /*negative=*/true));
    }
    ExprId operand = kNoExpr;
    if (first.text == "!" && is("-") && is_number(tokens_[next_ + 1].kind)) {
      const std::uint32_t begin = take().span.begin;
      operand = parse_postfix(add_literal(take(), begin, /*negative=*/true));
    } else {
      operand = parse_member();
    }
    // As cel-go: pairs cancel out.
    if (error_ || !odd) return operand;
    return add_call(first.text == "!" ? "!_" : "-_", {operand}, first.span, first.span.begin);
  }

  ExprId parse_member() { return parse_postfix(parse_primary()); }

  ExprId parse_postfix(ExprId operand) {
    while (!error_) {
      if (is(".")) {
        operand = parse_dot(operand);
      } else if (is("[")) {
        operand = parse_index(operand);
      } else if (is("{") && is_qualified_name(operand)) {
        operand = parse_struct(operand);
      } else {
        break;
      }
    }
    return error_ ? kNoExpr : operand;
  }

  ExprId parse_dot(ExprId operand) {
    take();
    const bool optional = accept("?");
    const Token name = peek();
    if (name.kind != TokenKind::kIdentifier && name.kind != TokenKind::kQuoted) {
      return expected("the name of a field or function");
    }
    take();
    const std::uint32_t begin = ast_[operand].span.begin;
    if (is("(") && !optional && name.kind == TokenKind::kIdentifier) {
      Expr call = make(ExprKind::kCall, begin);
      call.name = name.text;
      call.name_span = name.span;
      call.member = true;
      call.args = {operand};
      return finish_call(std::move(call));
    }
    Expr select = make(ExprKind::kSelect, begin);
    select.name = unquoted(name);
    select.name_span = name.span;
    select.optional = optional;
    select.args = {operand};
    return add(std::move(select));
  }

  ExprId parse_index(ExprId operand) {
    const Token bracket = take();
    const bool optional = accept("?");
    const ExprId index = parse_expression();
    if (!expect("]", "to close '['")) return kNoExpr;
    return add_call(optional ? "_[?_]" : "_[_]", {operand, index}, bracket.span);
  }

  ExprId parse_struct(ExprId type) {
    Expr expr = make(ExprKind::kStruct, ast_[type].span.begin);
    expr.name = qualified_name(ast_, type);
    expr.name_span = ast_[type].span;
    take();
    while (!error_ && !is("}")) {
      mark_optional(expr, accept("?"));
      const Token field = peek();
      if (field.kind != TokenKind::kIdentifier && field.kind != TokenKind::kQuoted) {
        return expected("the name of a field");
      }
      expr.fields.push_back(unquoted(take()));
      if (!expect(":", "after the name of a field")) return kNoExpr;
      expr.args.push_back(parse_expression());
      if (!accept(",")) break;
    }
    if (!expect("}", "to close '{'")) return kNoExpr;
    return add(finish_optional(std::move(expr)));
  }

  ExprId parse_primary() {
    const Token token = peek();
    if (token.kind == TokenKind::kIdentifier || is(".")) return parse_name();
    if (is("(")) return parse_parentheses();
    if (is("[")) return parse_list();
    if (is("{")) return parse_map();
    if (token.kind == TokenKind::kEnd || token.kind == TokenKind::kPunctuation ||
        token.kind == TokenKind::kQuoted) {
      return expected("an expression");
    }
    take();
    return add_literal(token, token.span.begin, /*negative=*/false);
  }

  ExprId parse_parentheses() {
    const std::uint32_t begin = take().span.begin;
    const ExprId inner = parse_expression();
    if (!expect(")", "to close '('")) return kNoExpr;
    ast_.nodes[inner].span = {begin, tokens_[next_ - 1].span.end};
    return inner;
  }

  ExprId parse_name() {
    const std::uint32_t begin = peek().span.begin;
    std::string name;
    if (accept(".")) name = ".";
    const Token word = peek();
    if (word.kind != TokenKind::kIdentifier) return expected("a name");
    if (std::find(kReserved.begin(), kReserved.end(), word.text) != kReserved.end()) {
      return fail(
          fmt::format("'{}' is a reserved word and cannot be used as a name.", word.text),
          word.span);
    }
    take();
    name += word.text;
    const bool call = is("(");
    Expr expr = make(call ? ExprKind::kCall : ExprKind::kIdent, begin);
    expr.name = std::move(name);
    expr.name_span = word.span;
    return call ? finish_call(std::move(expr)) : add(std::move(expr));
  }

  ExprId parse_list() {
    Expr expr = make(ExprKind::kList, take().span.begin);
    while (!error_ && !is("]")) {
      mark_optional(expr, accept("?"));
      expr.args.push_back(parse_expression());
      if (!accept(",")) break;
    }
    if (!expect("]", "to close '['")) return kNoExpr;
    return add(finish_optional(std::move(expr)));
  }

  ExprId parse_map() {
    Expr expr = make(ExprKind::kMap, take().span.begin);
    while (!error_ && !is("}")) {
      mark_optional(expr, accept("?"));
      expr.args.push_back(parse_expression());
      if (!expect(":", "between a key and its value")) return kNoExpr;
      expr.args.push_back(parse_expression());
      if (!accept(",")) break;
    }
    if (!expect("}", "to close '{'")) return kNoExpr;
    return add(finish_optional(std::move(expr)));
  }

  /// Reads the arguments of `call`, at its '(', and expands it if it is a macro.
  ExprId finish_call(Expr call) {
    take();
    while (!error_ && !is(")")) {
      call.args.push_back(parse_expression());
      if (!accept(",")) break;
      if (is(")")) return expected("another argument");
    }
    if (!expect(")", "to close '('")) return kNoExpr;
    call.span.end = tokens_[next_ - 1].span.end;
    if (auto expanded = expand_macro(ast_, call, macros_); !expanded) {
      return fail(expanded.error());
    }
    return add(std::move(call));
  }

  static void mark_optional(Expr& expr, bool optional) {
    expr.optional_items.push_back(optional);
  }
  static Expr finish_optional(Expr expr) {
    const auto& marks = expr.optional_items;
    if (std::find(marks.begin(), marks.end(), true) == marks.end()) {
      expr.optional_items.clear();
    }
    return expr;
  }

  bool is_qualified_name(ExprId id) const {
    // A name is built node by node just before, so it is as many nodes as it has parts.
    while (ast_[id].kind == ExprKind::kSelect && !ast_[id].optional && !ast_[id].test_only) {
      id = ast_[id].args[0];
    }
    return ast_[id].kind == ExprKind::kIdent;
  }

  static std::string unquoted(const Token& name) {
    const bool quoted = name.kind == TokenKind::kQuoted;
    return std::string(quoted ? name.text.substr(1, name.text.size() - 2) : name.text);
  }

  static bool is_number(TokenKind kind) {
    return kind == TokenKind::kInt || kind == TokenKind::kUint || kind == TokenKind::kDouble;
  }

  // Building.

  static Expr make(ExprKind kind, std::uint32_t begin) {
    return Expr{.kind = kind, .span = {begin, begin}};
  }

  ExprId add_literal(const Token& token, std::uint32_t begin, bool negative) {
    auto literal = read_literal(token, negative);
    if (!literal) return fail(literal.error());
    Expr expr = make(ExprKind::kLiteral, begin);
    expr.literal = *std::move(literal);
    expr.name_span = token.span;
    return add(std::move(expr));
  }

  ExprId add_call(std::string_view name, std::vector<ExprId> args, ByteSpan mark,
                  std::optional<std::uint32_t> begin = {}) {
    if (error_) return kNoExpr;
    Expr call = make(ExprKind::kCall, begin.value_or(ast_[args[0]].span.begin));
    call.name = name;
    call.name_span = mark;
    const std::uint32_t args_end = ast_[args.back()].span.end;
    call.args = std::move(args);
    const ExprId id = add(std::move(call));
    // An inner part of a chain ends where its last operand does, not where we have read to.
    if (id != kNoExpr && name != "_[_]" && name != "_[?_]") ast_.nodes[id].span.end = args_end;
    return id;
  }

  /// Appends a finished expression that ends at the last token taken.
  ExprId add(Expr expr) {
    if (error_) return kNoExpr;
    expr.span.end = tokens_[next_ - 1].span.end;
    std::uint32_t depth = 0;
    for_each_child(std::as_const(expr),
                   [&](ExprId child) { depth = std::max(depth, depths_[child]); });
    if (depth >= limits_.depth) return too_deep(expr.span);
    depths_.push_back(depth + 1);
    ast_.nodes.push_back(std::move(expr));
    return ast_.root();
  }

  // Tokens and errors.

  const Token& peek() const { return tokens_[next_]; }
  bool at_end() const { return peek().kind == TokenKind::kEnd; }
  bool is(std::string_view text) const {
    return peek().kind == TokenKind::kPunctuation && peek().text == text;
  }
  Token take() { return at_end() ? tokens_[next_] : tokens_[next_++]; }
  bool accept(std::string_view text) {
    if (error_ || !is(text)) return false;
    ++next_;
    return true;
  }

  /// The operator at the cursor if it has this level and there was no error yet.
  const BinaryOperator* operator_at(int level) const {
    if (error_ || peek().kind != TokenKind::kPunctuation) return nullptr;
    for (const BinaryOperator& op : kBinaryOperators) {
      if (op.level == level && op.text == peek().text) return &op;
    }
    return nullptr;
  }

  std::string seen() const {
    static constexpr std::size_t kMost = 20;
    if (at_end()) return "end of the expression";
    if (peek().kind == TokenKind::kString || peek().kind == TokenKind::kBytes) return "string";
    if (peek().text.size() > kMost) return fmt::format("'{}...'", peek().text.substr(0, kMost));
    return fmt::format("'{}'", peek().text);
  }

  bool expect(std::string_view text, std::string_view why) {
    if (accept(text)) return true;
    if (!error_) expected(fmt::format("'{}' {}", text, why));
    return false;
  }
  ExprId expected(std::string_view what) {
    return fail(
        fmt::format("Expected {}, but found {}{}.", what, at_end() ? "the " : "", seen()),
        peek().span);
  }
  ExprId too_deep(ByteSpan where) {
    return fail(
        Error{.code = ErrorCode::kLimitExceeded,
              .message = fmt::format("The expression is nested more than {} levels deep; "
                                     "split it, for example by variables.",
                                     limits_.depth),
              .where = where});
  }
  ExprId fail(std::string message, ByteSpan where) {
    return fail(
        Error{.code = ErrorCode::kInvalidInput, .message = std::move(message), .where = where});
  }
  ExprId fail(Error error) {
    if (!error_) error_ = std::move(error);
    return kNoExpr;
  }

  std::vector<Token> tokens_;
  CelLimits limits_;
  MacroOptions macros_;
  std::size_t next_ = 0;
  std::uint32_t nesting_ = 0;
  Ast ast_;
  std::vector<std::uint32_t> depths_;  ///< Of the tree below each node, in nodes.
  std::optional<Error> error_;
};

}  // namespace

Result<Ast> parse(std::string_view text, const CelLimits& limits, const MacroOptions& macros) {
  auto tokens = lex(text, limits.code_points);
  if (!tokens) return tokens.error();
  return Parser(*std::move(tokens), limits, macros).run();
}

}  // namespace tidewaiter::cel
