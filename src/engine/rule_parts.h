#ifndef TIDEWAITER_ENGINE_RULE_PARTS_H_
#define TIDEWAITER_ENGINE_RULE_PARTS_H_

#include "rules/compiled_rule.h"
#include "rules/domain_functions.h"
#include "rules/message_template.h"
#include "rules/param_value.h"
#include "rules/rule.h"

namespace tidewaiter::engine {

// What a rule is made of, for the layer above that writes rules as policies.
using rules::cel_type_of;
using rules::Check;
using rules::compile_rule;
using rules::CompiledRule;
using rules::declare_standard_variables;
using rules::display;
using rules::domain_functions;
using rules::Match;
using rules::MessagePart;
using rules::Param;
using rules::Rule;
using rules::Slot;
using rules::split_message;
using rules::Text;
using rules::Variable;

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_RULE_PARTS_H_
