#ifndef TIDEWAITER_TESTS_FIX_EDITING_H_
#define TIDEWAITER_TESTS_FIX_EDITING_H_

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/source.h"
#include "fix/edit_plan.h"
#include "fix/value.h"
#include "yaml/file.h"

namespace tidewaiter::fix::testing {

/// A change by the path of its place: "spec/containers/0/image"; "~key" at the end means the
/// key itself. `json` is the value.
struct Wish {
  Change::Action action;
  std::string path;
  std::string json = "null";
};

/// The value as a fix writes it.
Value value_of(const nlohmann::ordered_json& json);

/// The change that a wish means in a document.
Change change_of(const yaml::Node& root, const Wish& wish);

/// The document as JSON, entries in the order of the text.
nlohmann::ordered_json json_of(const yaml::Node& node);

/// The text with the edits applied; fails the test when they overlap or lie outside.
std::string applied(std::string_view text, const std::vector<Edit>& edits);

/// The text after the wishes in a document; "(none)" when they cannot be had. Fails the test
/// when the text does not read as it should, whatever it looks like: the document as a model
/// that knows no text says, all others as before, and no comment lost where nothing is removed.
std::string edited(const Source& source, const yaml::File& file, std::size_t document,
                   const std::vector<Wish>& wishes);
/// The same of the first document of a text.
std::string edited(const std::string& text, const std::vector<Wish>& wishes);

inline std::string add(const std::string& text, const std::string& path,
                       const std::string& json) {
  return edited(text, {{Change::Action::kAdd, path, json}});
}
inline std::string set(const std::string& text, const std::string& path,
                       const std::string& json) {
  return edited(text, {{Change::Action::kSet, path, json}});
}
inline std::string remove(const std::string& text, const std::string& path) {
  return edited(text, {{Change::Action::kRemove, path}});
}
inline std::string quote(const std::string& text, const std::string& path) {
  return edited(text, {{Change::Action::kQuote, path}});
}

}  // namespace tidewaiter::fix::testing

#endif  // TIDEWAITER_TESTS_FIX_EDITING_H_
