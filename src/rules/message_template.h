#ifndef TIDEWAITER_RULES_MESSAGE_TEMPLATE_H_
#define TIDEWAITER_RULES_MESSAGE_TEMPLATE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/program.h"
#include "tidewaiter/result.h"

namespace tidewaiter::rules {

/// A part of a message: some text as it stands, braces unescaped and line ends made blanks, and
/// the expression behind it, without its braces; empty at the end of the message.
struct MessagePart {
  std::string text;
  std::string_view expression = {};  ///< A view of the message.
};

/// The parts of a message. Fails with kInvalidInput on an unclosed or empty placeholder and on
/// a lone `}`; `where` lies in `text`.
Result<std::vector<MessagePart>> split_message(std::string_view text);

/// A message with `{expression}` placeholders; `{{` and `}}` are braces (DESIGN 4).
class MessageTemplate {
 public:
  /// Fails with kInvalidInput on an unclosed or empty placeholder, a lone `}` and an expression
  /// that does not compile; `where` lies in `text`.
  static Result<MessageTemplate> compile(std::string_view text,
                                         const cel::Environment& environment);

  /// The finished sentence, on one line. A placeholder that fails prints '?'.
  std::string render(cel::Activation& activation, cel::Arena& arena) const;

 private:
  struct Part {
    std::string text;  ///< Copied as it stands, before the program's value.
    std::optional<cel::Program> program = {};
  };
  std::vector<Part> parts_;
};

/// The part of a message that is the same for every finding: without its placeholders.
std::string literal_part(std::string_view message);

/// A value as a message shows it: strings bare, numbers shortest, lists joined by ", ", "?" for
/// an error. Line ends and other control characters become blanks; at most 200 bytes.
std::string display(const cel::Value& value);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_MESSAGE_TEMPLATE_H_
