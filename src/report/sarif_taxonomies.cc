#include "report/sarif_taxonomies.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/check.h"
#include "report/rule_prose.h"
#include "report/sarif_driver.h"

namespace tidewaiter::report {
namespace {

std::vector<Taxon> taxa_of(const RuleInfo& rule) {
  std::vector<Taxon> taxa;
  for (const std::string& standard : rule.standards) {
    if (auto taxon = find_taxon(standard)) taxa.push_back(*std::move(taxon));
  }
  std::ranges::stable_sort(taxa, {}, &Taxon::taxonomy);
  return taxa;
}

/// "5.2.2" comes before "5.2.10", "CWE-94" before "CWE-250".
std::pair<std::vector<unsigned>, std::string> order_of(const Taxon& taxon) {
  std::vector<unsigned> numbers;
  bool in_number = false;
  for (const char c : taxon.id) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !in_number) numbers.push_back(0);
    if (digit) numbers.back() = numbers.back() * 10 + static_cast<unsigned>(c - '0');
    in_number = digit;
  }
  return {std::move(numbers), taxon.id};
}

void write_taxon(JsonWriter& json, const Taxon& taxon) {
  const std::string title = with_full_stop(title_of(taxon));
  json.begin_object();
  json.member("id", taxon.id);
  json.member("name", taxon.name);
  write_sarif_message(json, "shortDescription", with_full_stop(taxon.title));
  write_sarif_message(json, "fullDescription", title);
  write_sarif_message(json, "help", fmt::format("{} More: {}", title, taxon.url));
  json.member("helpUri", taxon.url);
  json.end_object();
}

}  // namespace

SarifTaxonomies::SarifTaxonomies(const std::vector<RuleInfo>& rules) {
  std::map<std::size_t, std::map<std::string, Taxon>> found;
  for (const RuleInfo& rule : rules) {
    for (Taxon& taxon : taxa_of(rule)) {
      found[taxon.taxonomy].try_emplace(taxon.id, std::move(taxon));
    }
  }
  for (auto& [taxonomy, taxa] : found) {
    Used used{.taxonomy = taxonomy, .taxa = {}};
    for (auto& [id, taxon] : taxa) used.taxa.push_back(std::move(taxon));
    std::ranges::sort(used.taxa, {}, order_of);
    used_.push_back(std::move(used));
  }
}

void SarifTaxonomies::write_supported(JsonWriter& json) const {
  if (used_.empty()) return;
  json.begin_array("supportedTaxonomies");
  for (std::size_t i = 0; i < used_.size(); ++i) {
    json.begin_object();
    json.member("name", taxonomies()[used_[i].taxonomy].name);
    json.member_unsigned("index", i);
    json.end_object();
  }
  json.end_array();
}

void SarifTaxonomies::write_relationships(JsonWriter& json, const RuleInfo& rule) const {
  const std::vector<Taxon> taxa = taxa_of(rule);
  if (taxa.empty()) return;
  json.begin_array("relationships");
  for (const Taxon& taxon : taxa) write_relationship(json, taxon);
  json.end_array();
}

void SarifTaxonomies::write_relationship(JsonWriter& json, const Taxon& taxon) const {
  const auto used = std::ranges::find(used_, taxon.taxonomy, &Used::taxonomy);
  TIDEWAITER_CHECK(used != used_.end());
  const auto index = std::ranges::find(used->taxa, taxon.id, &Taxon::id) - used->taxa.begin();
  json.begin_object();
  json.begin_object("target");
  json.member("id", taxon.id);
  json.member_unsigned("index", static_cast<std::size_t>(index));
  json.begin_object("toolComponent");
  json.member("name", taxonomies()[taxon.taxonomy].name);
  json.member_unsigned("index", static_cast<std::size_t>(used - used_.begin()));
  json.end_object();
  json.end_object();
  json.begin_array("kinds");
  json.string("relevant");
  json.end_array();
  json.end_object();
}

void SarifTaxonomies::write_taxonomies(JsonWriter& json) const {
  if (used_.empty()) return;
  json.begin_array("taxonomies");
  for (const Used& used : used_) {
    const Taxonomy& taxonomy = taxonomies()[used.taxonomy];
    json.begin_object();
    json.member("name", taxonomy.name);
    json.member("version", taxonomy.version);
    json.member("organization", taxonomy.organization);
    write_sarif_message(json, "shortDescription", taxonomy.summary);
    json.member("informationUri", taxonomy.url);
    json.begin_array("taxa");
    for (const Taxon& taxon : used.taxa) write_taxon(json, taxon);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

}  // namespace tidewaiter::report
