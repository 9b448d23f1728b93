#ifndef TIDEWAITER_POLICY_MESSAGE_DRAFT_H_
#define TIDEWAITER_POLICY_MESSAGE_DRAFT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/expression_translator.h"

namespace tidewaiter::policy {

/// The message of a check as a policy says it.
struct MessageDraft {
  std::string text;  ///< One line, never empty, with '…' for what differs between objects.
  /// An expression of type string; empty when the text says all. Where it fails, the API server
  /// shows the text.
  std::string expression = {};
  std::vector<std::uint32_t> variables = {};  ///< That the expression reads.
};

/// Translates a message with `{expression}` placeholders; a part that a policy cannot compute
/// is '…'. Lists are joined by ", ", as in a finding.
MessageDraft draft_message(std::string_view message, const TranslationScope& scope);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_MESSAGE_DRAFT_H_
