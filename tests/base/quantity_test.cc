#include "base/quantity.h"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>

#include "support/catch.h"

using tidewaiter::parse_quantity;
using tidewaiter::Quantity;

namespace {

Quantity quantity(std::string_view text) {
  const auto parsed = parse_quantity(text);
  INFO(text);
  REQUIRE(parsed);
  return *parsed;
}

}  // namespace

TEST_CASE("quantities compare as numbers whatever their suffix", "[quantity]") {
  CHECK(quantity("0.5") == quantity("500m"));
  CHECK(quantity("1Gi") == quantity("1024Mi"));
  CHECK(quantity("1G") < quantity("1Gi"));
  CHECK(quantity("-1") < quantity("1n"));
  CHECK(quantity("-2") < quantity("-1"));
  CHECK(quantity("0Mi") == quantity("-0"));
}

TEST_CASE("a quantity is rounded up to a billionth and capped with a binary suffix",
          "[quantity]") {
  CHECK(quantity("0.1n") == quantity("1n"));
  CHECK(quantity("-1e-12") == quantity("-1n"));
  CHECK(quantity("99.9999999999") == quantity("100"));
  CHECK(quantity("8Ei") == quantity("9223372036854775807"));
  CHECK(quantity("-8Ei") == quantity("-9223372036854775807"));
  CHECK(quantity("9223372036854775808") > quantity("8Ei"));
}

TEST_CASE("exponents far apart are compared and added without being written out",
          "[quantity]") {
  CHECK(quantity("1e2147483647") > quantity("9e2147483646"));
  CHECK(quantity("-1e2147483647") < quantity("1n"));
  CHECK(parse_quantity("1e2147483648"));
  CHECK(quantity("1e-2147483647") == quantity("1n"));
  CHECK_FALSE(Quantity::sum(quantity("1e2147483647"), quantity("1n")));
  CHECK_FALSE(quantity("1e2147483647").scaled(0));
}

TEST_CASE("a million digits are read in linear time", "[quantity]") {
  const std::string digits(1'000'000, '7');
  CHECK(quantity(digits + "Ei").sign() == 1);
  CHECK(quantity("0." + digits) == quantity("0.777777778"));
  CHECK_FALSE(quantity(digits).canonical());
}

TEST_CASE("text that is no quantity is explained", "[quantity]") {
  for (const char* const text :
       {"", "1 Gi", "512MB", "1,5", "Inf", "1m.", "0x10", "--1", "1e", "1e+", "1Yi", "Pi"}) {
    INFO(text);
    CHECK_FALSE(parse_quantity(text));
  }
  CHECK(parse_quantity("512MB").error().message ==
        "'512MB' is no quantity: write a number and at most one suffix of m, k, M, G, T, P, E, "
        "Ki, Mi, Gi, Ti, Pi, Ei, without blanks, as in '500m' or '1.5Gi'.");
}

TEST_CASE("quantities add and subtract exactly", "[quantity]") {
  CHECK(Quantity::sum(quantity("1.5"), quantity("500m")) == Quantity(2));
  CHECK(Quantity::sum(quantity("999999999999999999999"), Quantity(1)) == quantity("1e21"));
  CHECK(Quantity::difference(quantity("1Gi"), quantity("1n"))->canonical() ==
        "1073741823999999999n");
  CHECK(Quantity::difference(Quantity(1), Quantity(3)) == Quantity(-2));
  CHECK(Quantity::difference(Quantity(3), Quantity(3))->sign() == 0);
  CHECK(Quantity::sum(Quantity(0), quantity("-5m")) == quantity("-5m"));
}

TEST_CASE("scaled rounds away from zero and says when it does not fit", "[quantity]") {
  CHECK(quantity("1500m").scaled(0) == 2);
  CHECK(quantity("-1500m").scaled(0) == -2);
  CHECK(quantity("1500m").scaled(-3) == 1500);
  CHECK(quantity("-9223372036854775808").scaled(0) == INT64_MIN);
  CHECK_FALSE(quantity("9223372036854775808").scaled(0));
  CHECK(quantity("1m").approximate() == 0.001);
  CHECK(quantity("1500m").is_multiple_of_ten_to(-1));
  CHECK_FALSE(quantity("1500m").is_multiple_of_ten_to(0));
}
