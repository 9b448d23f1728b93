#include "rules/json_schema.h"

#include <algorithm>
#include <map>
#include <regex>
#include <stdexcept>

namespace tidewaiter::testing {
namespace {

using nlohmann::json;

class Validator {
 public:
  explicit Validator(const json& root) : root_(root) {}

  /// Whether the value is valid; notes every fault.
  bool check(const json& schema, const json& value, const std::string& path) {
    if (schema.is_boolean()) return note(schema.get<bool>(), path, "false");
    bool valid = true;
    for (const auto& [keyword, operand] : schema.items()) {
      const auto rule = kKeywords.find(keyword);
      if (rule == kKeywords.end()) throw std::logic_error("unknown keyword " + keyword);
      if (rule->second == nullptr) continue;
      valid = (this->*rule->second)(schema, operand, value, path, keyword) && valid;
    }
    return valid;
  }

  std::vector<std::string> faults;

 private:
  using Keyword = bool (Validator::*)(const json& schema, const json& operand,
                                      const json& value, const std::string& path,
                                      const std::string& keyword);
  static const std::map<std::string, Keyword> kKeywords;

  bool note(bool valid, const std::string& path, const std::string& keyword) {
    if (!valid) faults.push_back(path + ": " + keyword);
    return valid;
  }

  /// As check, without noting faults.
  bool holds(const json& schema, const json& value, const std::string& path) {
    Validator trial(root_);
    return trial.check(schema, value, path);
  }

  static bool has_type(const json& value, const std::string& type) {
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return type == value.type_name();
  }

  bool type(const json&, const json& operand, const json& value, const std::string& path,
            const std::string& keyword) {
    const json types = operand.is_array() ? operand : json::array({operand});
    const bool valid = std::any_of(types.begin(), types.end(), [&](const json& t) {
      return has_type(value, t.get<std::string>());
    });
    return note(valid, path, keyword);
  }

  bool equal(const json&, const json& operand, const json& value, const std::string& path,
             const std::string& keyword) {
    const bool valid = keyword == "const"
                           ? operand == value
                           : std::find(operand.begin(), operand.end(), value) != operand.end();
    return note(valid, path, keyword);
  }

  bool pattern(const json&, const json& operand, const json& value, const std::string& path,
               const std::string& keyword) {
    const bool valid =
        !value.is_string() ||
        std::regex_search(value.get<std::string>(), std::regex(operand.get<std::string>()));
    return note(valid, path, keyword);
  }

  bool bound(const json&, const json& operand, const json& value, const std::string& path,
             const std::string& keyword) {
    const bool least = keyword.starts_with("min");
    const bool of_number = keyword.ends_with("imum");
    const bool applies = (of_number && value.is_number()) ||
                         (keyword.ends_with("Length") && value.is_string()) ||
                         (keyword.ends_with("Items") && value.is_array()) ||
                         (keyword.ends_with("Properties") && value.is_object());
    if (!applies) return true;
    const double size = of_number ? value.get<double>()
                        : value.is_string()
                            ? static_cast<double>(value.get<std::string>().size())
                            : static_cast<double>(value.size());
    const double limit = operand.get<double>();
    return note(least ? size >= limit : size <= limit, path, keyword);
  }

  bool required(const json&, const json& operand, const json& value, const std::string& path,
                const std::string& keyword) {
    bool valid = true;
    for (const json& key : operand) {
      if (!value.is_object() || value.contains(key)) continue;
      valid = note(false, path + "/" + key.get<std::string>(), keyword);
    }
    return valid;
  }

  bool properties(const json&, const json& operand, const json& value, const std::string& path,
                  const std::string&) {
    bool valid = true;
    for (const auto& [key, schema] : operand.items()) {
      if (!value.is_object() || !value.contains(key)) continue;
      valid = check(schema, value.at(key), path + "/" + key) && valid;
    }
    return valid;
  }

  bool additional(const json& schema, const json& operand, const json& value,
                  const std::string& path, const std::string&) {
    if (!value.is_object()) return true;
    bool valid = true;
    const json known = schema.value("properties", json::object());
    for (const auto& [key, member] : value.items()) {
      if (known.contains(key)) continue;
      valid = check(operand, member, path + "/" + key) && valid;
    }
    return valid;
  }

  bool names(const json&, const json& operand, const json& value, const std::string& path,
             const std::string&) {
    bool valid = true;
    if (!value.is_object()) return true;
    for (const auto& [key, member] : value.items()) {
      valid = check(operand, json(key), path + "/" + key) && valid;
    }
    return valid;
  }

  bool dependencies(const json&, const json& operand, const json& value,
                    const std::string& path, const std::string& keyword) {
    bool valid = true;
    for (const auto& [key, keys] : operand.items()) {
      if (!value.is_object() || !value.contains(key)) continue;
      valid = required({}, keys, value, path, keyword) && valid;
    }
    return valid;
  }

  bool items(const json&, const json& operand, const json& value, const std::string& path,
             const std::string&) {
    bool valid = true;
    for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
      valid = check(operand, value[i], path + "/" + std::to_string(i)) && valid;
    }
    return valid;
  }

  bool combined(const json&, const json& operand, const json& value, const std::string& path,
                const std::string& keyword) {
    const auto count = std::count_if(operand.begin(), operand.end(), [&](const json& schema) {
      return holds(schema, value, path);
    });
    const auto all = static_cast<std::ptrdiff_t>(operand.size());
    const bool valid = keyword == "anyOf" ? count > 0 : count == (keyword == "oneOf" ? 1 : all);
    return note(valid, path, keyword);
  }

  bool negated(const json&, const json& operand, const json& value, const std::string& path,
               const std::string& keyword) {
    return note(!holds(operand, value, path), path, keyword);
  }

  bool conditional(const json& schema, const json& operand, const json& value,
                   const std::string& path, const std::string&) {
    const char* const branch = holds(operand, value, path) ? "then" : "else";
    return !schema.contains(branch) || check(schema.at(branch), value, path);
  }

  bool reference(const json&, const json& operand, const json& value, const std::string& path,
                 const std::string&) {
    return check(root_.at(json::json_pointer(operand.get<std::string>().substr(1))), value,
                 path);
  }

  const json& root_;
};

// Null: says nothing about validity, or is read with another keyword.
const std::map<std::string, Validator::Keyword> Validator::kKeywords = {
    {"$schema", nullptr},
    {"title", nullptr},
    {"description", nullptr},
    {"definitions", nullptr},
    {"then", nullptr},
    {"else", nullptr},
    {"$ref", &Validator::reference},
    {"type", &Validator::type},
    {"const", &Validator::equal},
    {"enum", &Validator::equal},
    {"pattern", &Validator::pattern},
    {"minimum", &Validator::bound},
    {"maximum", &Validator::bound},
    {"minLength", &Validator::bound},
    {"minItems", &Validator::bound},
    {"minProperties", &Validator::bound},
    {"maxProperties", &Validator::bound},
    {"required", &Validator::required},
    {"properties", &Validator::properties},
    {"additionalProperties", &Validator::additional},
    {"propertyNames", &Validator::names},
    {"dependencies", &Validator::dependencies},
    {"items", &Validator::items},
    {"anyOf", &Validator::combined},
    {"allOf", &Validator::combined},
    {"oneOf", &Validator::combined},
    {"not", &Validator::negated},
    {"if", &Validator::conditional},
};

}  // namespace

std::vector<std::string> schema_faults(const json& schema, const json& value) {
  Validator validator(schema);
  validator.check(schema, value, "");
  return validator.faults;
}

}  // namespace tidewaiter::testing
