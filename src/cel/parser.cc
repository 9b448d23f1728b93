#include "cel/parser.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "cel/ast_walk.h"
#include "cel/grammar.h"
#include "cel/lexer.h"
#include "cel/literal.h"
#include "cel/macro.h"
#include "cel/token_reader.h"

namespace tidewaiter::cel {

namespace {

/// A recursive descent parser. Its recursion is bounded by CelLimits::depth: each level of
/// nesting in the text passes through parse_expression.
class Parser {
 public:
  Parser(std::vector<Token> tokens, const CelLimits& limits, const MacroOptions& macros)
      : in_(std::move(tokens)), limits_(limits), macros_(macros) {}

  Result<Ast> run() {
    const ExprId root = parse_expression();
    if (!failed() && !in_.at_end()) in_.fail_unexpected();
    if (failed()) return *in_.error();
    compact(ast_, root);
    return std::move(ast_);
  }

 private:
  // Every parse_* returns kNoExpr after an error.

  ExprId parse_expression() {
    if (nesting_ == limits_.depth) return too_deep(in_.peek().span);
    ++nesting_;
    const ExprId expression = parse_conditional();
    --nesting_;
    return expression;
  }

  ExprId parse_conditional() {
    const ExprId condition = parse_binary(1);
    if (failed() || !in_.is("?")) return condition;
    const ByteSpan mark = in_.take().span;
    const ExprId yes = parse_binary(1);
    if (!in_.expect(":", "to go on after '?'")) return kNoExpr;
    const ExprId no = parse_expression();
    return add_call("_?_:_", {condition, yes, no}, mark);
  }

  ExprId parse_binary(int level) {
    if (level > kTightestLevel) return parse_unary();
    if (level <= kLastLogicalLevel) return parse_logical(level);
    ExprId left = parse_binary(level + 1);
    while (const BinaryOperator* op = operator_at(level)) {
      const ByteSpan mark = in_.take().span;
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
      marks.push_back(in_.take().span);
      operands.push_back(parse_binary(level + 1));
    }
    if (failed()) return kNoExpr;
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
    if (!in_.is("!") && !in_.is("-")) return parse_member();
    const Token first = in_.peek();
    std::size_t count = 0;
    for (; in_.is(first.text); ++count) in_.take();
    const bool odd = count % 2 == 1;
    if (first.text == "-" && odd && is_number(in_.peek().kind)) {
      return parse_postfix(add_literal(in_.take(), first.span.begin, /*negative=*/true));
    }
    ExprId operand = kNoExpr;
    if (first.text == "!" && in_.is("-") && is_number(in_.peek_second().kind)) {
      const std::uint32_t begin = in_.take().span.begin;
      operand = parse_postfix(add_literal(in_.take(), begin, /*negative=*/true));
    } else {
      operand = parse_member();
    }
    // As cel-go: pairs cancel out.
    if (failed() || !odd) return operand;
    return add_call(first.text == "!" ? "!_" : "-_", {operand}, first.span, first.span.begin);
  }

  ExprId parse_member() { return parse_postfix(parse_primary()); }

  ExprId parse_postfix(ExprId operand) {
    while (!failed()) {
      if (in_.is(".")) {
        operand = parse_dot(operand);
      } else if (in_.is("[")) {
        operand = parse_index(operand);
      } else if (in_.is("{") && is_qualified_name(operand)) {
        operand = parse_struct(operand);
      } else {
        break;
      }
    }
    return failed() ? kNoExpr : operand;
  }

  ExprId parse_dot(ExprId operand) {
    in_.take();
    const bool optional = accept_optional();
    const Token name = in_.peek();
    if (name.kind != TokenKind::kIdentifier && name.kind != TokenKind::kQuoted) {
      return expected("the name of a field or function");
    }
    in_.take();
    const std::uint32_t begin = ast_[operand].span.begin;
    if (in_.is("(") && !optional && name.kind == TokenKind::kIdentifier) {
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
    const Token bracket = in_.take();
    const bool optional = accept_optional();
    const ExprId index = parse_expression();
    if (!in_.expect("]", "to close '['")) return kNoExpr;
    return add_call(optional ? "_[?_]" : "_[_]", {operand, index}, bracket.span);
  }

  ExprId parse_struct(ExprId type) {
    Expr expr = make(ExprKind::kStruct, ast_[type].span.begin);
    expr.name = qualified_name(ast_, type);
    expr.name_span = ast_[type].span;
    in_.take();
    while (!failed() && !in_.is("}")) {
      mark_optional(expr, accept_optional());
      const Token field = in_.peek();
      if (field.kind != TokenKind::kIdentifier && field.kind != TokenKind::kQuoted) {
        return expected("the name of a field");
      }
      expr.fields.push_back(unquoted(in_.take()));
      if (!in_.expect(":", "after the name of a field")) return kNoExpr;
      expr.args.push_back(parse_expression());
      if (!in_.accept(",")) break;
    }
    if (!in_.expect("}", "to close '{'")) return kNoExpr;
    return add(finish_optional(std::move(expr)));
  }

  ExprId parse_primary() {
    const Token token = in_.peek();
    if (token.kind == TokenKind::kIdentifier || in_.is(".")) return parse_name();
    if (in_.is("(")) return parse_parentheses();
    if (in_.is("[")) return parse_list();
    if (in_.is("{")) return parse_map();
    if (token.kind == TokenKind::kEnd || token.kind == TokenKind::kPunctuation ||
        token.kind == TokenKind::kQuoted) {
      return expected("an expression");
    }
    in_.take();
    return add_literal(token, token.span.begin, /*negative=*/false);
  }

  ExprId parse_parentheses() {
    const std::uint32_t begin = in_.take().span.begin;
    const ExprId inner = parse_expression();
    if (!in_.expect(")", "to close '('")) return kNoExpr;
    ast_.nodes[inner].span = {begin, in_.end_of_last()};
    return inner;
  }

  ExprId parse_name() {
    const std::uint32_t begin = in_.peek().span.begin;
    std::string name;
    if (in_.accept(".")) name = ".";
    const Token word = in_.peek();
    if (word.kind != TokenKind::kIdentifier) return expected("a name");
    if (std::find(kReserved.begin(), kReserved.end(), word.text) != kReserved.end()) {
      in_.fail(fmt::format("'{}' is a reserved word and cannot be used as a name.", word.text),
               word.span);
      return kNoExpr;
    }
    in_.take();
    name += word.text;
    const bool call = in_.is("(");
    Expr expr = make(call ? ExprKind::kCall : ExprKind::kIdent, begin);
    expr.name = std::move(name);
    expr.name_span = word.span;
    return call ? finish_call(std::move(expr)) : add(std::move(expr));
  }

  ExprId parse_list() {
    Expr expr = make(ExprKind::kList, in_.take().span.begin);
    if (in_.is(",") && in_.peek_second().text == "]") in_.take();  // the grammar's `[,]`
    while (!failed() && !in_.is("]")) {
      mark_optional(expr, accept_optional());
      expr.args.push_back(parse_expression());
      if (!in_.accept(",")) break;
    }
    if (!in_.expect("]", "to close '['")) return kNoExpr;
    return add(finish_optional(std::move(expr)));
  }

  ExprId parse_map() {
    Expr expr = make(ExprKind::kMap, in_.take().span.begin);
    if (in_.is(",") && in_.peek_second().text == "}") in_.take();
    while (!failed() && !in_.is("}")) {
      mark_optional(expr, accept_optional());
      expr.args.push_back(parse_expression());
      if (!in_.expect(":", "between a key and its value")) return kNoExpr;
      expr.args.push_back(parse_expression());
      if (!in_.accept(",")) break;
    }
    if (!in_.expect("}", "to close '{'")) return kNoExpr;
    return add(finish_optional(std::move(expr)));
  }

  /// Reads the arguments of `call`, at its '(', and expands it if it is a macro.
  ExprId finish_call(Expr call) {
    in_.take();
    while (!failed() && !in_.is(")")) {
      call.args.push_back(parse_expression());
      if (!in_.accept(",")) break;
      if (in_.is(")")) return expected("another argument");
    }
    if (!in_.expect(")", "to close '('")) return kNoExpr;
    call.span.end = in_.end_of_last();
    if (auto expanded = expand_macro(ast_, call, macros_); !expanded) {
      return fail(expanded.error());
    }
    return add(std::move(call));
  }

  /// Takes the '?' that marks what is optional, if there is one.
  bool accept_optional() {
    const ByteSpan mark = in_.peek().span;
    if (!in_.accept("?")) return false;
    const std::uint32_t minor = macros_.kubernetes_minor;
    if (minor != 0 && minor < kOptionalsSince) {
      in_.fail(fmt::format("What '?' marks exists from Kubernetes 1.{} on, but the target is "
                           "1.{}.",
                           kOptionalsSince, minor),
               mark);
    }
    return true;
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
    if (failed()) return kNoExpr;
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
    if (failed()) return kNoExpr;
    expr.span.end = in_.end_of_last();
    std::uint32_t depth = 0;
    for_each_child(std::as_const(expr),
                   [&](ExprId child) { depth = std::max(depth, depths_[child]); });
    if (depth >= limits_.depth) return too_deep(expr.span);
    depths_.push_back(depth + 1);
    ast_.nodes.push_back(std::move(expr));
    return ast_.root();
  }

  /// The operator at the cursor if it has this level and there was no error yet.
  const BinaryOperator* operator_at(int level) const {
    if (failed() || in_.peek().kind != TokenKind::kPunctuation) return nullptr;
    for (const BinaryOperator& op : kBinaryOperators) {
      if (op.level == level && op.text == in_.peek().text) return &op;
    }
    return nullptr;
  }

  bool failed() const { return in_.failed(); }
  ExprId expected(std::string_view what) {
    in_.fail_expected(what);
    return kNoExpr;
  }
  ExprId fail(Error error) {
    in_.fail(std::move(error));
    return kNoExpr;
  }
  ExprId too_deep(ByteSpan where) {
    return fail(
        Error{.code = ErrorCode::kLimitExceeded,
              .message = fmt::format("The expression is nested more than {} levels deep; "
                                     "split it, for example by variables.",
                                     limits_.depth),
              .where = where});
  }

  TokenReader in_;
  CelLimits limits_;
  MacroOptions macros_;
  std::uint32_t nesting_ = 0;
  Ast ast_;
  std::vector<std::uint32_t> depths_;  ///< Of the tree below each node, in nodes.
};

}  // namespace

Result<Ast> parse(std::string_view text, const CelLimits& limits, const MacroOptions& macros) {
  auto tokens = lex(text, limits.code_points);
  if (!tokens) return tokens.error();
  return Parser(*std::move(tokens), limits, macros).run();
}

}  // namespace tidewaiter::cel
