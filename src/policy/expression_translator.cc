#include "policy/expression_translator.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>
#include <utility>

#include "cel/ast.h"
#include "cel/checker.h"
#include "cel/function.h"
#include "cel/lexer.h"
#include "cel/parser.h"
#include "policy/compiled_policy.h"

namespace tidewaiter::policy {
namespace {

using cel::Expr;
using cel::ExprId;
using cel::ExprKind;

/// Longer expressions are the API server's limit, and nothing that a person wants to read.
constexpr std::size_t kMaxSize = 50'000;

/// What the expressions of a policy name besides loop variables.
constexpr std::string_view kPolicyNames[] = {"object", "variables"};

/// The one function of ours that is a constant of the export.
constexpr std::string_view kMinorFunction = "kubernetesMinor";

struct Edit {
  ByteSpan where;
  std::string text;
};

bool has_kubernetes(const cel::Function& function) {
  const std::string signature = cel::to_string(function);
  return std::ranges::any_of(
      policy_functions().overloads(function.name),
      [&](const cel::Function& other) { return cel::to_string(other) == signature; });
}

/// Comments and line ends between tokens become single blanks.
std::string on_one_line(const std::string& text) {
  const auto tokens = cel::lex(text, kMaxSize * 2);
  if (!tokens) return text;
  std::string line;
  std::size_t end = 0;
  for (const cel::Token& token : *tokens) {
    const std::string_view gap = std::string_view(text).substr(end, token.span.begin - end);
    const bool plain = gap.find('\n') == gap.npos && gap.find("//") == gap.npos;
    const bool at_edge = line.empty() || token.kind == cel::TokenKind::kEnd;
    if (!at_edge) line += plain ? gap : " ";
    line += token.text;
    end = token.span.end;
  }
  return line;
}

class Translator {
 public:
  Translator(std::string_view text, const TranslationScope& scope)
      : text_(text), scope_(scope) {}

  Translation run() {
    auto ast = cel::parse(text_, scope_.environment.limits, scope_.environment.macro_options());
    if (!ast) return failed("it has an expression that does not compile");
    auto checked = cel::check(*std::move(ast), scope_.environment);
    if (!checked) return failed("it has an expression that does not compile");
    checked_ = *std::move(checked);
    for (ExprId id = 0; id <= checked_.ast.root() && result_.obstacle.empty(); ++id) visit(id);
    apply_edits();
    if (!result_.obstacle.empty()) return failed(std::move(result_.obstacle));
    finish();
    return std::move(result_);
  }

 private:
  static Translation failed(std::string obstacle) { return {.obstacle = std::move(obstacle)}; }

  const Expr& expr(ExprId id) const { return checked_.ast[id]; }
  const Expr& root() const { return expr(checked_.ast.root()); }
  std::string_view text_of(ByteSpan span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }
  /// What the name `id` stands for; null when it is no variable of the rule.
  const Stand* stand_of(ExprId id) const {
    const cel::Name& name = checked_.names[id];
    return name.kind == cel::NameKind::kVariable ? &scope_.stands[name.slot] : nullptr;
  }

  void visit(ExprId id) {
    const Expr& node = expr(id);
    if (node.kind == ExprKind::kIdent) visit_name(id);
    if (node.kind == ExprKind::kCall) visit_call(id);
    if (node.kind == ExprKind::kComprehension) visit_loop(node);
  }

  void visit_name(ExprId id) {
    const Stand* const stand = stand_of(id);
    if (stand == nullptr) return;
    result_.obstacle = stand->obstacle;
    result_.of_item = result_.of_item || stand->of_item;
    result_.variables.insert(result_.variables.end(), stand->variables.begin(),
                             stand->variables.end());
    edits_.push_back({.where = expr(id).span, .text = stand->text});
  }

  void visit_call(ExprId id) {
    const Expr& call = expr(id);
    // has(variables.x) and `variables.?x`: the variable is only a part of what is written.
    const bool made = call.name == "optional.of" && !text_of(call.span).starts_with("optional");
    if (call.name == "@present" || made) {
      result_.obstacle = "it asks whether a variable is there";
      return;
    }
    const std::vector<std::uint32_t>& candidates = checked_.candidates[id];
    if (candidates.empty()) return;  // an operator
    if (call.name == kMinorFunction && call.args.empty()) {
      edits_.push_back(
          {.where = call.span, .text = fmt::format("{}", scope_.kubernetes_minor)});
      return;
    }
    const auto overloads = scope_.environment.functions().overloads(call.name);
    const bool known = std::ranges::any_of(
        candidates, [&](std::uint32_t index) { return has_kubernetes(overloads[index]); });
    if (!known) {
      result_.obstacle =
          fmt::format("it calls {}(), which Kubernetes does not have", call.name);
    }
  }

  void visit_loop(const Expr& loop) {
    if (loop.comprehension == cel::Comprehension::kBind) {
      result_.obstacle = "it uses cel.bind(), which Kubernetes does not have";
    }
    for (const std::string_view name : kPolicyNames) {
      if (loop.var1 != name && loop.var2 != name) continue;
      result_.obstacle = fmt::format("it has a loop variable named '{}'", name);
    }
  }

  void apply_edits() {
    std::ranges::sort(edits_, {}, [](const Edit& edit) { return edit.where.begin; });
    std::size_t end = 0;
    for (const Edit& edit : edits_) {
      result_.text += text_.substr(end, edit.where.begin - end);
      result_.text += edit.text;
      end = edit.where.end;
      if (result_.text.size() > kMaxSize) break;
    }
    result_.text += text_.substr(end);
    if (result_.text.size() > kMaxSize && result_.obstacle.empty()) {
      result_.obstacle = "its expressions would grow too long";
    }
  }

  void finish() {
    result_.text = on_one_line(result_.text);
    result_.type = checked_.result_type();
    result_.is_primary = is_primary();
    std::ranges::sort(result_.variables);
    const auto repeated = std::ranges::unique(result_.variables);
    result_.variables.erase(repeated.begin(), repeated.end());
    if (const Stand* const stand = stand_of(checked_.ast.root())) result_.shown = stand->shown;
    result_.lenient = lenient();
  }

  bool is_primary() const {
    switch (root().kind) {
      case ExprKind::kLiteral: return !result_.text.starts_with('-');
      case ExprKind::kCall:
        return root().name.starts_with("_[") ||
               !checked_.candidates[checked_.ast.root()].empty();
      default: return true;
    }
  }

  /// One selection (`c.name`, `object.kind`) asks for what every object has.
  std::string lenient() const {
    std::vector<std::string_view> fields;
    ExprId id = checked_.ast.root();
    for (; expr(id).kind == ExprKind::kSelect; id = expr(id).args[0]) {
      if (expr(id).test_only || expr(id).optional) return {};
      fields.push_back(expr(id).name);
    }
    if (fields.size() < 2 || expr(id).kind != ExprKind::kIdent) return {};
    const Stand* const stand = stand_of(id);
    std::string path = stand == nullptr ? expr(id).name : stand->text;
    for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
      path += fmt::format(".?{}", *field);
    }
    return path + ".orValue('?')";
  }

  std::string_view text_;
  const TranslationScope& scope_;
  cel::CheckedAst checked_;
  std::vector<Edit> edits_;
  Translation result_;
};

}  // namespace

std::string enclosed(const Translation& translation) {
  return translation.is_primary ? translation.text : '(' + translation.text + ')';
}

void TranslationScope::add(std::string name, cel::Type type, Stand stand) {
  environment.declare(std::move(name), std::move(type));
  stands.push_back(std::move(stand));
}

Translation translate(std::string_view text, const TranslationScope& scope) {
  return Translator(text, scope).run();
}

std::set<std::string> loop_variables(std::string_view text, const TranslationScope& scope) {
  std::set<std::string> names;
  const auto ast =
      cel::parse(text, scope.environment.limits, scope.environment.macro_options());
  if (!ast) return names;
  for (const Expr& node : ast->nodes) {
    if (node.kind != ExprKind::kComprehension) continue;
    names.insert(node.var1);
    names.insert(node.var2);
  }
  return names;
}

}  // namespace tidewaiter::policy
