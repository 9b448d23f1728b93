#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "k8s/quantity.h"
#include "support/catch.h"
#include "support/shared.h"

using tidewaiter::k8s::parse_quantity;
using tidewaiter::k8s::Quantity;

namespace {

const char* name_of(Quantity::Format format) {
  switch (format) {
    case Quantity::Format::kDecimalSi: return "DecimalSI";
    case Quantity::Format::kBinarySi: return "BinarySI";
    case Quantity::Format::kDecimalExponent: return "DecimalExponent";
  }
  return "";
}

/// Kubernetes' canonical form leaves out an exponent above 18 that has no suffix.
bool has_canonical(const Quantity& quantity) {
  const auto canonical = quantity.canonical();
  return quantity.format() == Quantity::Format::kDecimalExponent ||
         (canonical && canonical->find('e') == std::string::npos);
}

void check_case(const nlohmann::json& row) {
  const auto text = row["in"].get<std::string>();
  INFO(text);
  const auto quantity = parse_quantity(text);
  CHECK(bool(quantity) == row["ok"].get<bool>());
  if (!quantity || !row["ok"].get<bool>()) return;
  CHECK(*quantity == *parse_quantity(row["value_nano"].get<std::string>() + "n"));
  CHECK(quantity->sign() == row["sign"].get<int>());
  CHECK(name_of(quantity->format()) == row["format"].get<std::string>());
  if (has_canonical(*quantity)) {
    CHECK(quantity->canonical() == row["canonical"].get<std::string>());
  }
  const auto check_scaled = [&](const char* field, int exponent) {
    const auto expected = row[field].get<std::string>();
    if (const auto scaled = quantity->scaled(exponent)) {
      CHECK(std::to_string(*scaled) == expected);
    } else {
      CHECK(expected.size() >= 19);
    }
  };
  check_scaled("milli_up", -3);
  check_scaled("value_up", 0);
}

}  // namespace

TEST_CASE("quantities are what Kubernetes' own parser made of them", "[quantity]") {
  const auto path = tidewaiter::testing::shared_file("data/quantity-cases.json");
  if (!path) return;
  std::ifstream file(*path);
  const auto table = nlohmann::json::parse(file);
  for (const auto& row : table["cases"]) check_case(row);
  for (const auto& row : table["pairs"]) {
    const auto left = parse_quantity(row["a"].get<std::string>());
    const auto right = parse_quantity(row["b"].get<std::string>());
    INFO(row.dump());
    REQUIRE(left);
    REQUIRE(right);
    const int order = *left < *right ? -1 : (*left == *right ? 0 : 1);
    CHECK(order == row["cmp"].get<int>());
  }
  CHECK(table["cases"].size() > 500);
}
