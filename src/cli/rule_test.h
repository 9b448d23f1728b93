#ifndef TIDEWAITER_CLI_RULE_TEST_H_
#define TIDEWAITER_CLI_RULE_TEST_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/rule_examples.h"
#include "rules/rule.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cli {

/// A fault that running the tests of a rule showed.
struct RuleTestFault {
  const rules::Example* example = nullptr;  ///< Null: about the rule as a whole.
  std::size_t number = 0;                   ///< Of the example, from 1.
  engine::ExampleFault fault;
  ByteSpan where = {};  ///< In the rule's file: what is at fault, else the example.
};

/// How the tests of a rule ended.
struct RuleTest {
  const rules::Rule* rule = nullptr;
  std::size_t passed = 0;  ///< Examples.
  std::size_t failed = 0;
  std::vector<RuleTestFault> faults;  ///< Empty: all is fine.
};

/// Runs all examples of a rule whose expressions compile; `all` are the rules that there are,
/// the rule itself among them. Faults are also what makes a rule hard to trust or to use: no
/// good or no bad example, a check that no bad example fails, a param without a description.
RuleTest test_rule(const rules::Rule& rule, std::span<const rules::Rule* const> all);

/// A line of an example, in its rule's file.
struct RuleFileLine {
  std::uint32_t line = 0;    ///< From 1.
  std::uint32_t indent = 0;  ///< Bytes of the file's line before the example's.
};
/// Where line `line` (from 1) of an example's file stands in `text`, the text of the rule's
/// file; nothing when the file is not written as a literal block (`|`).
std::optional<RuleFileLine> line_in_rule_file(std::string_view text,
                                              const rules::Example::File& file,
                                              std::uint32_t line);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_RULE_TEST_H_
