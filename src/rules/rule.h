#ifndef TIDEWAITER_RULES_RULE_H_
#define TIDEWAITER_RULES_RULE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "rules/constant.h"
#include "tidewaiter/finding.h"
#include "tidewaiter/span.h"

// A rule as its file says it (DESIGN 4). Literal types that borrow everything: the rules built
// into the program are constant tables, a user's rules borrow from the RulePack that read them.
namespace tidewaiter::rules {

/// A CEL expression or message template and where it stands in its rule file.
struct Text {
  std::string_view text = {};
  ByteSpan where = {};  ///< Of the value as written, quotes included; empty if built in.

  constexpr bool empty() const { return text.empty(); }
};

/// `params.<name>`.
struct Param {
  enum class Type : std::uint8_t {
    kBool,
    kInt,
    kNumber,
    kString,
    kQuantity,
    kDuration,
    kRegex,
    kEnum,
    kList,
    kMap,
  };
  /// The default under a profile.
  struct ProfileValue {
    std::string_view profile;
    Constant value;
  };

  std::string_view name;
  Type type = Type::kString;
  Type item = Type::kString;        ///< Of a list or map: the type of its items.
  Type inner = Type::kString;       ///< Of a list or map of lists or maps: one level deeper.
  std::string_view type_text = {};  ///< As written: "list(string)".
  Constant value = {};
  std::span<const std::string_view> choices = {};  ///< Of an enum.
  std::optional<double> min = {};
  std::optional<double> max = {};
  std::string_view unit = {};
  std::string_view description = {};
  std::span<const ProfileValue> profiles = {};
  ByteSpan where = {};  ///< Of the name in the rule file; empty if built in.
};

/// `variables.<name>`: evaluated when first read, at most once for a resource.
struct Variable {
  std::string_view name;
  Text expr;
};

/// A place that helps to understand a finding.
struct RelatedText {
  Text at;
  Text message;
};

/// One check: for each matching resource, or for each item of `each`, `expr` must be true.
struct Check {
  Text expr;
  Text at = {};
  Text message = {};
  Text when = {};
  Text each = {};
  std::string_view as = {};
  std::optional<Severity> severity = {};
  std::span<const RelatedText> related = {};
  std::span<const Variable> variables = {};
};

/// One step of `fix:`; exactly one of add, set and remove names the place.
struct FixStep {
  enum class Action : std::uint8_t { kAdd, kSet, kRemove, kQuote };

  Action action = Action::kAdd;
  Text target = {};
  Text value = {};  ///< A CEL expression; empty for remove and quote.
  bool safe = false;
  std::string_view description = {};
  std::optional<std::uint32_t> check = {};  ///< Only for findings of this check (from 0).
};

/// An example manifest with its expected findings.
struct Example {
  struct File {
    std::string_view path;
    std::string_view text;
    ByteSpan where =
        {};  ///< Of the text as written, `|` or quotes included; empty if built in.
  };

  bool bad = false;
  std::span<const File> files = {};  ///< One file `manifest.yaml` for the short form.
  std::string_view profile = {};     ///< Empty: the rule's first.
  Constant params = {};              ///< A map, or null.
  Constant config = {};              ///< A map (the whole config), or null.
  bool base64 = false;               ///< The texts are base64.
  std::span<const std::string_view> want = {};  ///< 'path:LINE xN', besides the markers.
  ByteSpan where = {};                          ///< Of `good` or `bad`; empty if built in.
};

/// Which resources a rule judges.
struct Match {
  bool all = false;   ///< kinds: ["*"]
  bool pods = false;  ///< Every kind that carries a pod template.
  bool workloads = false;
  std::span<const std::string_view> kinds = {};  ///< "Pod", "batch/Job", "*/Job".
};

enum class Status : std::uint8_t { kStable, kPreview, kDeprecated };

/// A whole rule file.
struct Rule {
  std::string_view id;
  std::string_view name;
  std::span<const std::string_view> aliases = {};
  Status status = Status::kStable;
  std::string_view since = {};
  std::string_view summary = {};
  Severity severity = Severity::kWarning;
  std::string_view precision = {};
  std::string_view security_severity = {};
  std::span<const std::string_view> profiles = {};
  std::span<const std::string_view> tags = {};
  std::span<const std::string_view> standards = {};
  std::span<const std::string_view> equivalents = {};
  std::span<const std::string_view> references = {};
  std::string_view rationale = {};
  std::string_view remediation = {};
  std::string_view when_to_ignore = {};
  bool builtin = false;  ///< A rule about reading: found in C++, not by checks.
  Match match = {};
  std::span<const Param> params = {};
  std::span<const Variable> variables = {};
  std::span<const Check> checks = {};
  std::span<const FixStep> fix = {};
  std::span<const Example> examples = {};
  std::string_view group = {};   ///< The folder: "jobs".
  std::string_view file = {};    ///< The rule file's path; of a built-in rule below rules/.
  std::string_view source = {};  ///< The text of the rule file; empty if built in.
  bool of_user = false;          ///< Came with --rules, or is a policy.
  ByteSpan id_at = {};           ///< Of the entries `id` and `name`; empty if built in.
  ByteSpan name_at = {};
  bool is_policy = false;  ///< Stands for a ValidatingAdmissionPolicy, and has no checks.
};

/// `stable`, `preview` or `deprecated`.
std::string_view name_of(Status status);

/// The profiles in which the value of a param is looked up, first match wins; also the names
/// that --profile accepts together with "recommended".
inline constexpr std::string_view kParamProfiles[] = {"strict", "aks", "jobs"};
inline constexpr std::string_view kProfiles[] = {"recommended", "aks", "jobs", "strict"};

/// The rules built into the program, by id.
std::span<const Rule> builtin_rules();

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_RULE_H_
