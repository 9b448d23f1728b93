#include "base/suggest.h"

#include <string>

#include "support/catch.h"

using tidewaiter::did_you_mean;
using tidewaiter::nearest;

TEST_CASE("the nearest word is suggested", "[suggest]") {
  constexpr std::string_view kWords[] = {"recommended", "jobs", "aks", "strict"};
  CHECK(nearest("jbos", kWords) == "jobs");
  CHECK(nearest("Strict", kWords) == "strict");
  CHECK(did_you_mean("recomended", kWords) == " Did you mean 'recommended'?");
}

TEST_CASE("nothing is suggested for a word that is like none", "[suggest]") {
  constexpr std::string_view kWords[] = {"jobs"};
  CHECK(did_you_mean("kubernetes", kWords).empty());
  CHECK(did_you_mean("", kWords).empty());
  CHECK(nearest(std::string(100'000, 'a'), kWords).empty());
}
