#ifndef TIDEWAITER_TESTS_E2E_YAML_DOCUMENT_H_
#define TIDEWAITER_TESTS_E2E_YAML_DOCUMENT_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "yaml/file.h"

namespace tidewaiter::testing {

/// A YAML text of one document that need not be a manifest.
class YamlDocument {
 public:
  explicit YamlDocument(std::string text)
      : source_(std::make_shared<const FileName>(), std::move(text)),
        file_(yaml::read(source_, {}, yaml::Templates::kRead)) {}
  YamlDocument(const YamlDocument&) = delete;
  YamlDocument& operator=(const YamlDocument&) = delete;

  /// Null unless the text is one document, read without any problem.
  const yaml::Node* root() const {
    const bool sound = file_.problems.empty() && file_.documents.size() == 1;
    return sound ? file_.documents.front().root : nullptr;
  }

 private:
  Source source_;
  yaml::File file_;
};

/// The scalars that are values of an entry `key`, or items of a list that is one, wherever it
/// stands, in the order of the text.
inline std::vector<std::string> values_of(const yaml::Node& root, std::string_view key) {
  std::vector<std::string> values;
  std::vector<const yaml::Node*> pending = {&root};
  const auto take = [&](const yaml::Node& node) {
    if (node.is_string()) values.emplace_back(node.as_string());
  };
  while (!pending.empty()) {
    const yaml::Node& node = *pending.back();
    pending.pop_back();
    for (std::uint32_t i = node.is_scalar() ? 0 : node.size(); i-- > 0;) {
      pending.push_back(node.is_mapping() ? node.entry(i).value : &node.item(i));
    }
    const yaml::Node* const value = node.is_mapping() ? node.find(key) : nullptr;
    if (value == nullptr) continue;
    take(*value);
    for (std::uint32_t i = 0; value->is_sequence() && i < value->size(); ++i) {
      take(value->item(i));
    }
  }
  return values;
}

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_E2E_YAML_DOCUMENT_H_
