#ifndef TIDEWAITER_ENGINE_RULE_EXAMPLES_H_
#define TIDEWAITER_ENGINE_RULE_EXAMPLES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/run.h"
#include "engine/selection.h"
#include "rules/rule.h"

namespace tidewaiter::engine {

/// One way in which an example is not as its rule judges it.
struct ExampleFault {
  enum class Kind : std::uint8_t {
    kMissing,     ///< A finding is wanted on the line, but there is none.
    kUnexpected,  ///< A finding that no marker wants.
    kOther,       ///< The example or the finding itself is faulty.
  };

  Kind kind = Kind::kOther;
  std::string path = {};     ///< A file of the example; empty: the example as a whole.
  std::uint32_t line = 0;    ///< In that file, from 1; 0: the file as a whole.
  std::uint32_t column = 0;  ///< In code points, from 1; 0: the line as a whole.
  std::string message;       ///< A sentence.
};

/// What running one example gave.
struct ExampleOutcome {
  std::vector<ExampleFault> faults;  ///< By file and line; empty: the example passed.
  std::size_t findings = 0;          ///< Of the rule, suppressed ones left out.
  std::size_t fixes = 0;             ///< How many of them have a fix.
};

/// Lints the files of the example as `check --select RULE` does with the profile of the example
/// (else those of `settings`, else the rule's first, else recommended), and compares the
/// findings of the rule with the lines that the example marks. The example's params beat those
/// of `rule`. `settings` names all rules, the functions and the version; what it says of rules
/// and threads is not looked at. Also faults: a bad example that wants nothing and a good one
/// that wants something, a marker that names no rule, a file that cannot be read, a resource
/// that the rule cannot judge, a message in which a part failed; and, where all else is well, a
/// fix that leaves its finding or brings another (try_fixes).
ExampleOutcome run_example(const SelectedRule& rule, const rules::Example& example,
                           const Settings& settings);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_RULE_EXAMPLES_H_
