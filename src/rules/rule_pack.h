#ifndef TIDEWAITER_RULES_RULE_PACK_H_
#define TIDEWAITER_RULES_RULE_PACK_H_

#include <algorithm>
#include <deque>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/source.h"
#include "rules/rule.h"
#include "tidewaiter/result.h"
#include "yaml/file.h"

namespace tidewaiter::rules {

/// Rules read from files, with everything they borrow from. Movable; rules stay where they are
/// as long as the pack lives.
class RulePack {
 public:
  /// Reads one rule file (DESIGN 4) and adds its rule. Returns every fault found, with its
  /// place in `source`: unknown and missing keys, wrong types and names; an empty list means
  /// that the rule was added. Expressions are not compiled here: see compiled_rule.h. `group`
  /// is the folder's name.
  std::vector<Error> add(std::shared_ptr<const Source> source, std::string_view group,
                         bool of_user);

  const std::deque<Rule>& rules() const { return rules_; }

  /// Keeps a copy of `items` as long as the pack lives.
  template <class T>
  std::span<const T> keep(const std::vector<T>& items) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (items.empty()) return {};
    auto* memory = static_cast<T*>(pool_->allocate(items.size() * sizeof(T), alignof(T)));
    std::uninitialized_copy(items.begin(), items.end(), memory);
    return {memory, items.size()};
  }
  std::string_view keep(std::string_view text);

 private:
  std::unique_ptr<std::pmr::monotonic_buffer_resource> pool_ =
      std::make_unique<std::pmr::monotonic_buffer_resource>();
  std::vector<std::shared_ptr<const Source>> sources_;
  std::vector<std::unique_ptr<yaml::File>> files_;
  std::deque<Rule> rules_;
};

/// A name that stands as a key in a rule file or a config: as it is written, also where YAML
/// reads `y`, `on` or `1.10` as something else.
std::string_view written_key(const yaml::Node& key, const Source& source);

/// Converts a value of the document of `source`; text stays in both. Nothing when it has more
/// than 10,000 values once aliases are followed: a few lines of aliases can stand for billions.
std::optional<Constant> constant_of(const yaml::Node& node, const Source& source,
                                    RulePack& pack);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_RULE_PACK_H_
