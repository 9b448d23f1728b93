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

/// The JSON after a quotation: what is written becomes a string.
void quote_in(Json& at, std::span<const std::string> path, const std::string& written) {
  if (path.empty()) {
    at = written;
  } else if (at.is_array()) {
    quote_in(at[std::stoul(path.front())], path.subspan(1), written);
  } else if (path.front().starts_with('~')) {
    const std::string key = path.front().substr(1);
    const Json value = at[key];
    at.erase(key);
    at[written] = value;
  } else {
    quote_in(at[path.front()], path.subspan(1), written);
  }
}

void wish_for(Json& json, const yaml::Node& root, const Source& source, const Wish& wish) {
  auto path = parts_of(wish.path);
  if (wish.action != Change::Action::kQuote) {
    if (path.back().starts_with('~')) path.back().erase(0, 1);
    return change(json, wish.action, path, Json::parse(wish.json));
  }
  const yaml::Node& node = *change_of(root, wish).node;
  const std::string written(source.text(node.span()));
  if (!written.starts_with('"') && !written.starts_with('\'')) quote_in(json, path, written);
}

/// Both read alike, entry by entry.
bool same(const yaml::Node& a, const yaml::Node& b) {
  if (a.kind() != b.kind() || a.size() != b.size()) return false;
  if (a.is_scalar()) return json_of(a) == json_of(b);
  for (std::uint32_t i = 0; i < a.size(); ++i) {
    if (a.is_sequence()) {
      if (!same(a.item(i), b.item(i))) return false;
    } else if (a.entry(i).key->as_string() != b.entry(i).key->as_string() ||
               !same(*a.entry(i).value, *b.entry(i).value)) {
      return false;
    }
  }
  return true;
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

std::string edited(const Source& source, const yaml::File& file, std::size_t index,
                   const std::vector<Wish>& wishes) {
  const yaml::Document& document = file.documents.at(index);
  REQUIRE(document.root != nullptr);
  std::vector<Change> changes;
  for (const Wish& wish : wishes) changes.push_back(change_of(*document.root, wish));
  const auto edits = plan_edits(source.text(), document.json, changes);
  if (!edits) return "(none)";
  std::string after = applied(source.text(), *edits);
  INFO(after.substr(0, 20000));
  const Source again(source.name(), after);
  const yaml::File reread = yaml::read(again);
  REQUIRE(reread.documents.size() == file.documents.size());
  for (std::size_t i = 0; i < file.documents.size(); ++i) {
    const yaml::Document& was = file.documents[i];
    const yaml::Document& is = reread.documents[i];
    REQUIRE((was.root == nullptr) == (is.root == nullptr));
    if (was.root == nullptr) continue;
    const bool only_inserts =
        std::ranges::all_of(*edits, [](const Edit& edit) { return edit.span.empty(); });
    if (only_inserts || i != index) CHECK(is.comments.size() == was.comments.size());
    CHECK(is.comments.size() <= was.comments.size());
    if (i != index) {
      CHECK(same(*was.root, *is.root));
      continue;
    }
    Json expected = json_of(*was.root);
    for (const Wish& wish : wishes) wish_for(expected, *was.root, source, wish);
    CHECK(unordered(json_of(*is.root)) == unordered(expected));
  }
  return after;
}

std::string edited(const std::string& text, const std::vector<Wish>& wishes) {
  const Source source(std::make_shared<FileName>(), text);
  return edited(source, yaml::read(source), 0, wishes);
}

}  // namespace tidewaiter::fix::testing
