#include "k8s/int_or_percent.h"

#include <cstdint>
#include <limits>

#include "support/catch.h"

namespace tidewaiter::k8s {
namespace {

TEST_CASE("a percentage of pods is rounded as Kubernetes rounds it", "[int_or_percent]") {
  struct Row {
    std::string_view text;
    std::int64_t total;
    std::int64_t up;
    std::int64_t down;
  };
  // The first three: TestGetScaledValueFromIntOrPercent of k8s.io/apimachinery.
  constexpr Row kRows[] = {
      {"90%", 100, 90, 90}, {"90%", 95, 86, 85},  {"2%", 50, 1, 1},   {"25%", 1, 1, 0},
      {"25%", 3, 1, 0},     {"25%", 4, 1, 1},     {"66%", 3, 2, 1},   {"67%", 3, 3, 2},
      {"99%", 100, 99, 99}, {"50%", 1, 1, 0},     {"1%", 1, 1, 0},    {"0%", 7, 0, 0},
      {"100%", 7, 7, 7},    {"007%", 100, 7, 7},  {"150%", 3, 5, 4},  {"50%", 0, 0, 0},
      {"29%", 100, 29, 29}, {"57%", 100, 57, 57}, {"7%", 300, 21, 21}};
  for (const Row& row : kRows) {
    CAPTURE(row.text, row.total);
    CHECK(scaled_percentage(row.text, row.total, Rounding::kUp) == row.up);
    CHECK(scaled_percentage(row.text, row.total, Rounding::kDown) == row.down);
  }
}

TEST_CASE("what is no percentage means no number of pods", "[int_or_percent]") {
  for (const std::string_view text : {"", "%", "5", "5 %", " 5%", "5%%", "+5%", "-5%", "5.5%",
                                      "0x5%", "five%", "${MAX}%", "99999999999%"}) {
    CAPTURE(text);
    CHECK_FALSE(scaled_percentage(text, 10, Rounding::kUp).has_value());
  }
  CHECK_FALSE(scaled_percentage("100%", std::numeric_limits<std::int64_t>::max(), Rounding::kUp)
                  .has_value());
}

}  // namespace
}  // namespace tidewaiter::k8s
