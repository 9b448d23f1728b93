#ifndef TIDEWAITER_POLICY_EXPRESSION_TRANSLATOR_H_
#define TIDEWAITER_POLICY_EXPRESSION_TRANSLATOR_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cel/environment.h"
#include "cel/type.h"

namespace tidewaiter::policy {

/// What stands for one variable of a rule in the expressions of its policy.
struct Stand {
  std::string text = {};  ///< An expression that may stand wherever a name may.
  /// The variables of the policy that it reads, by their numbers in the draft.
  std::vector<std::uint32_t> variables = {};
  bool of_item = false;       ///< It is or reads the item of `each`.
  std::string shown = {};     ///< Of a param: its value as a message shows it.
  std::string obstacle = {};  ///< Not empty: why a policy cannot have it, "it ...".
};

/// An expression of a rule as its policy writes it.
struct Translation {
  std::string text = {};  ///< On one line, but for string literals that hold line ends.
  cel::Type type = {};
  bool is_primary = false;  ///< It may stand wherever a name may, without parentheses.
  std::vector<std::uint32_t> variables = {};  ///< As of Stand; ascending, each once.
  bool of_item = false;
  /// Of selections alone (`c.image.tag`): the same with '?' where there is nothing; else empty.
  std::string lenient = {};
  std::string shown = {};  ///< Of a param alone: its value as a message shows it.
  std::string obstacle =
      {};  ///< Not empty: why there is none, "it ..."; the rest says nothing.
};

/// `text`, in parentheses unless it may stand wherever a name may.
std::string enclosed(const Translation& translation);

/// What the names of a rule's expressions mean, and what they are in the policy.
struct TranslationScope {
  cel::Environment environment;
  std::vector<Stand> stands;  ///< One for each variable of the environment.
  /// What kubernetesMinor() is in the policy: the target version.
  std::uint32_t kubernetes_minor = 0;

  /// Declares a variable.
  void add(std::string name, cel::Type type, Stand stand);
};

/// Rewrites an expression of a rule with what its variables are in the policy. Obstacles: what
/// Kubernetes has no function for, variables that have one, and names of loop variables that
/// would hide those of the policy. Never looks into strings.
Translation translate(std::string_view text, const TranslationScope& scope);

/// The names of the loop variables in an expression; none when it does not parse.
std::set<std::string> loop_variables(std::string_view text, const TranslationScope& scope);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_EXPRESSION_TRANSLATOR_H_
