#include "k8s/reference_text.h"

#include <algorithm>

namespace tidewaiter::k8s {

namespace {

struct Brackets {
  std::string_view open;
  std::string_view close;
};

constexpr Brackets kBrackets[] = {{"$(", ")"}, {"${", "}"}, {"<", ">"}, {"{{", "}}"}};

}  // namespace

bool holds_reference(std::string_view text) {
  return std::ranges::any_of(kBrackets, [&](const Brackets& brackets) {
    const auto open = text.find(brackets.open);
    if (open == text.npos) return false;
    return text.find(brackets.close, open + brackets.open.size() + 1) != text.npos;
  });
}

}  // namespace tidewaiter::k8s
