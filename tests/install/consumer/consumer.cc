#include <iostream>

#include "tidewaiter/linter.h"

int main(int, char** argv) {
  auto linter = tidewaiter::Linter::create({.profiles = {"jobs"}});
  if (!linter || !linter->load(argv[1])) return 2;
  const auto outcome = linter->check();
  if (!outcome || !tidewaiter::write_report(*outcome, "text", std::cout)) return 2;
  return outcome->summary.exit_code;
}
