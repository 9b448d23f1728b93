#include "policy/message_draft.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "engine/rule_parts.h"
#include "policy/cel_literal.h"

namespace tidewaiter::policy {
namespace {

using cel::TypeKind;

constexpr std::string_view kUnknown = "…";

/// `translation` as an expression of type string; empty where there is none.
std::string text_of(const Translation& translation) {
  if (!translation.lenient.empty()) return fmt::format("string({})", translation.lenient);
  switch (translation.type.kind()) {
    case TypeKind::kString: return enclosed(translation);
    case TypeKind::kDyn:
    case TypeKind::kBool:
    case TypeKind::kInt:
    case TypeKind::kUint:
    case TypeKind::kDouble: return fmt::format("string({})", translation.text);
    case TypeKind::kList:
      return fmt::format("{}.map(part, string(part)).join(', ')", enclosed(translation));
    default: return {};
  }
}

/// One line without blanks around it: the API server refuses a message with line ends.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  const std::size_t first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

class Drafter {
 public:
  explicit Drafter(const TranslationScope& scope) : scope_(scope) {}

  MessageDraft run(std::string_view message) {
    const auto parts = engine::split_message(message);
    for (const engine::MessagePart& part :
         parts ? *parts : std::vector<engine::MessagePart>()) {
      add_text(part.text);
      if (!part.expression.empty()) add_value(part.expression);
    }
    close_literal();
    draft_.text = one_line(std::move(draft_.text));
    if (draft_.text.empty()) draft_.text = kUnknown;
    if (!dynamic_) draft_.expression.clear();
    return std::move(draft_);
  }

 private:
  void add_text(std::string_view text) {
    draft_.text += text;
    literal_ += text;
  }

  void add_value(std::string_view expression) {
    const Translation translation = translate(expression, scope_);
    if (!translation.shown.empty()) return add_text(translation.shown);
    const std::string text =
        translation.obstacle.empty() ? text_of(translation) : std::string();
    if (text.empty()) return add_text(kUnknown);
    draft_.text += kUnknown;
    close_literal();
    append(text);
    dynamic_ = true;
    std::ranges::copy(translation.variables, std::back_inserter(draft_.variables));
  }

  void close_literal() {
    if (!literal_.empty()) append(quoted(literal_));
    literal_.clear();
  }

  void append(std::string_view operand) {
    if (!draft_.expression.empty()) draft_.expression += " + ";
    draft_.expression += operand;
  }

  const TranslationScope& scope_;
  MessageDraft draft_;
  std::string literal_;  // not yet in the expression
  bool dynamic_ = false;
};

}  // namespace

MessageDraft draft_message(std::string_view message, const TranslationScope& scope) {
  return Drafter(scope).run(message);
}

}  // namespace tidewaiter::policy
