#ifndef TIDEWAITER_YAML_ALIASING_H_
#define TIDEWAITER_YAML_ALIASING_H_

#include <cstdint>

namespace tidewaiter::yaml {

/// go-yaml's guard against documents whose aliases stand for far more than they hold: it counts
/// what it decodes, and how much of that through aliases, and gives up when the share is too
/// large (more than 100 of more than 1,000, above 99 %; from 400,000 to 4,000,000 the allowed
/// share falls to 10 %). We count the same without expanding anything.
class AliasBudget {
 public:
  /// `decodes` nodes outside any alias.
  void add(std::uint64_t decodes) { decodes_ = sum(decodes_, decodes); }
  /// An alias to what takes `decodes` to decode.
  void add_alias(std::uint64_t decodes) {
    decodes_ = sum(decodes_, sum(decodes, 1));
    aliased_ = sum(aliased_, decodes);
  }

  /// Whether kubectl gives up here. The share only grows within an alias, so it is enough to
  /// ask after each.
  bool exceeded() const {
    return aliased_ > 100 && decodes_ > 1000 &&
           static_cast<double>(aliased_) / static_cast<double>(decodes_) > allowed();
  }

  /// `a + b`, at most 2^62.
  static std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
    constexpr std::uint64_t kMost = std::uint64_t{1} << 62;
    return a > kMost - b ? kMost : a + b;
  }

 private:
  double allowed() const {
    constexpr double kLow = 400'000;
    constexpr double kHigh = 4'000'000;
    const auto decodes = static_cast<double>(decodes_);
    if (decodes <= kLow) return 0.99;
    if (decodes >= kHigh) return 0.10;
    return 0.99 - 0.89 * ((decodes - kLow) / (kHigh - kLow));
  }

  std::uint64_t decodes_ = 1;  // the document itself
  std::uint64_t aliased_ = 0;
};

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_ALIASING_H_
