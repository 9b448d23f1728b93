#include "fix/editing.h"

#include <algorithm>
#include <sstream>

#include "support/catch.h"

namespace tidewaiter::fix::testing {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts;
  std::istringstream stream(path);
  for (std::string part; std::getline(stream, part, '/');) {
    for (std::size_t at; (at = part.find("%2F")) != part.npos;) part.replace(at, 3, "/");
    parts.push_back(part);
  }
  return parts;
}

/// The JSON after a change, by a model that knows no text.
void change(Json& at, Change::Action action, std::span<const std::string> path,
            const Json& value);

void add_missing(Json& at, const Json& value) {
  if (at.is_null()) {
    at = value;
  } else if (at.is_object() && value.is_object()) {
    for (const auto& [key, item] : value.items()) {
      if (at.contains(key)) {
        add_missing(at[key], item);
      } else {
        at[key] = item;
      }
    }
  } else if (at.is_array() && value.is_array()) {
    for (const Json& item : value) {
      if (std::ranges::find(at, item) == at.end()) at.push_back(item);
    }
  }
}

void change(Json& at, Change::Action action, std::span<const std::string> path,
            const Json& value) {
  using Action = Change::Action;
  if (path.empty()) {
    if (action == Action::kAdd) add_missing(at, value);
    if (action == Action::kSet) at = value;
    return;
  }
  const bool removes = action == Action::kRemove;
  if (at.is_array()) {
    const std::size_t index = std::stoul(path.front());
    if (removes && path.size() == 1) {
      at.erase(index);
    } else {
      change(at[index], action, path.subspan(1), value);
    }
    return;
  }
  if (removes && (at.is_null() || !at.contains(path.front()))) return;
  if (removes && path.size() == 1) {
    at.erase(path.front());
    return;
  }
  if (at.is_null()) at = Json::object();
  change(at[path.front()], action, path.subspan(1), value);
}

/// Objects compare without regard to order.
nlohmann::json unordered(const Json& json) {
  return nlohmann::json::parse(json.dump());
}

}  // namespace

Value value_of(const Json& json) {
  if (json.is_null()) return Value::null();
  if (json.is_boolean()) return Value::boolean(json.get<bool>());
  if (json.is_number_integer()) return Value::integer(json.get<std::int64_t>());
  if (json.is_number()) return *Value::number(json.get<double>());
  if (json.is_string()) return Value::string(json.get<std::string>());
  Value value = json.is_array() ? Value::sequence({}) : Value::mapping();
  for (const auto& [key, item] : json.items()) {
    if (json.is_array()) {
      value.items.push_back(value_of(item));
    } else {
      value.add(key, value_of(item));
    }
  }
  return value;
}

Json json_of(const yaml::Node& node) {
  switch (node.kind()) {
    case yaml::Kind::kNull: return nullptr;
    case yaml::Kind::kBool: return node.as_bool();
    case yaml::Kind::kInt: return node.as_int();
    case yaml::Kind::kUint: return node.as_uint();
    case yaml::Kind::kDouble: return node.as_double();
    case yaml::Kind::kString: return node.as_string();
    default: break;
  }
  Json json = node.is_sequence() ? Json::array() : Json::object();
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    if (node.is_sequence()) {
      json.push_back(json_of(node.item(i)));
    } else {
      json[std::string(node.entry(i).key->as_string())] = json_of(*node.entry(i).value);
    }
  }
  return json;
}

Change change_of(const yaml::Node& root, const Wish& wish) {
  Change change{
      .action = wish.action, .node = &root, .value = value_of(Json::parse(wish.json))};
  for (std::string part : parts_of(wish.path)) {
    const bool key = part.starts_with('~');
    if (key) part.erase(0, 1);
    const yaml::Node& at = *change.node;
    if (!change.missing.empty() || at.is_null()) {
      change.missing.push_back(part);
    } else if (at.is_sequence()) {
      change.node = &at.item(static_cast<std::uint32_t>(std::stoul(part)));
    } else if (const yaml::Entry entry = at.find_entry(part); entry.value != nullptr) {
      change.node = key ? entry.key : entry.value;
    } else {
      change.missing.push_back(part);
    }
  }
  return change;
}

std::string applied(std::string_view text, const std::vector<Edit>& edits) {
  std::string out;
  std::uint32_t at = 0;
  for (const Edit& edit : edits) {
    REQUIRE((out.empty() && at == 0 ? edit.span.begin >= at : edit.span.begin > at));
    REQUIRE(edit.span.begin <= edit.span.end);
    REQUIRE(edit.span.end <= text.size());
    out += text.substr(at, edit.span.begin - at);
    out += edit.text;
    at = edit.span.end;
  }
  return out += text.substr(at);
}

std::string edited(const std::string& text, const std::vector<Wish>& wishes) {
  const auto name = std::make_shared<FileName>();
  const Source source(name, text);
  const yaml::File file = yaml::read(source);
  REQUIRE_FALSE(file.documents.empty());
  const yaml::Document& document = file.documents.front();
  REQUIRE(document.root != nullptr);
  std::vector<Change> changes;
  for (const Wish& wish : wishes) changes.push_back(change_of(*document.root, wish));
  const auto edits = plan_edits(source.text(), document.json, changes);
  if (!edits) return "(none)";
  std::string after = applied(text, *edits);

  // Whatever the text looks like, it must read as the model says.
  INFO(after);
  const Source again(name, after);
  const yaml::File reread = yaml::read(again);
  REQUIRE(reread.documents.size() == file.documents.size());
  CHECK(reread.documents.front().comments.size() <= document.comments.size());
  REQUIRE(reread.documents.front().root != nullptr);
  const bool quotes = std::ranges::any_of(
      wishes, [](const Wish& wish) { return wish.action == Change::Action::kQuote; });
  if (!quotes) {
    Json expected = json_of(*document.root);
    for (const Wish& wish : wishes) {
      change(expected, wish.action, parts_of(wish.path), Json::parse(wish.json));
    }
    CHECK(unordered(json_of(*reread.documents.front().root)) == unordered(expected));
  }
  for (std::size_t i = 1; i < file.documents.size(); ++i) {
    const auto* const root = file.documents[i].root;
    if (root == nullptr) continue;
    REQUIRE(reread.documents[i].root != nullptr);
    CHECK(json_of(*reread.documents[i].root) == json_of(*root));
  }
  return after;
}

}  // namespace tidewaiter::fix::testing
