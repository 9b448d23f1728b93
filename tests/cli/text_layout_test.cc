#include "cli/text_layout.h"

#include "support/catch.h"

namespace tidewaiter::cli {

TEST_CASE("words are wrapped, the YAML to copy is not", "[cli]") {
  const std::string text =
      "Write a deadline\nof your own:\n\n    spec:\n      activeDeadlineSeconds: 3600\n\nOr "
      "none.\n";
  CHECK(
      wrap(text, 2) ==
      "  Write a deadline of your own:\n\n      spec:\n        activeDeadlineSeconds: 3600\n\n"
      "  Or none.\n");
}

TEST_CASE("a word longer than the line has a line of its own", "[cli]") {
  const std::string word(100, 'x');
  CHECK(wrap("a " + word + " b", 2) == "  a\n  " + word + "\n  b\n");
}

}  // namespace tidewaiter::cli
