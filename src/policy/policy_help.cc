#include "policy/policy_help.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "policy/fields.h"

namespace tidewaiter::policy {

namespace {

using yaml::Node;

struct HelpKey {
  std::string_view name;  ///< The last part of a key, in lower case without '-' and '_'.
  std::string_view PolicyHelp::* field;
};

constexpr HelpKey kHelpKeys[] = {
    {"title", &PolicyHelp::title},
    {"displayname", &PolicyHelp::title},
    {"summary", &PolicyHelp::title},
    {"description", &PolicyHelp::description},
    {"category", &PolicyHelp::category},
    {"severity", &PolicyHelp::severity},
    {"url", &PolicyHelp::url},
    {"documentation", &PolicyHelp::url},
    {"documentationurl", &PolicyHelp::url},
    {"docs", &PolicyHelp::url},
    {"docsurl", &PolicyHelp::url},
    {"helpurl", &PolicyHelp::url},
    {"controlurl", &PolicyHelp::url},
    {"controlid", &PolicyHelp::id},
};

/// "policies.kyverno.io/title" -> "title", "controlUrl" -> "controlurl".
std::string last_part(std::string_view key) {
  if (const std::size_t slash = key.rfind('/'); slash != std::string_view::npos) {
    key.remove_prefix(slash + 1);
  }
  std::string part;
  for (const char c : key) {
    if (c == '-' || c == '_') continue;
    part += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return part;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool fits(std::string_view PolicyHelp::* field, std::string_view text) {
  if (field == &PolicyHelp::url) {
    return text.starts_with("https://") || text.starts_with("http://");
  }
  return !text.empty() &&
         (field == &PolicyHelp::description || text.find('\n') == std::string_view::npos);
}

void read(const Node* entries, PolicyHelp& help) {
  for (std::uint32_t i = 0; entries != nullptr && i < entries->size(); ++i) {
    const yaml::Entry entry = entries->entry(i);
    const auto* const known =
        std::ranges::find(kHelpKeys, last_part(entry.key->as_string()), &HelpKey::name);
    if (known == std::end(kHelpKeys)) continue;
    const std::string_view text = trimmed(entry.value->as_string());
    std::string_view& field = help.*known->field;
    if (field.empty() && fits(known->field, text)) field = text;
  }
}

}  // namespace

PolicyHelp policy_help(const k8s::Resource& policy) {
  PolicyHelp help;
  const Node* const metadata = mapping_at(policy.object, "metadata");
  read(mapping_at(metadata, "annotations"), help);
  read(mapping_at(metadata, "labels"), help);
  return help;
}

}  // namespace tidewaiter::policy
