#include "conformance/json_value.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "cel/number_text.h"
#include "cel/value_build.h"
#include "cel/value_read.h"

namespace tidewaiter::conformance {
namespace {

using nlohmann::json;

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string from_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6U | static_cast<std::uint32_t>(kDigits.find(c));
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
    }
  }
  return out;
}

std::string to_base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t at = 0; at < 3; ++at) {
      bits = bits << 8U | (at < count ? static_cast<unsigned char>(bytes[i + at]) : 0U);
    }
    for (std::size_t at = 0; at < 4; ++at) {
      out += at <= count ? kDigits[bits >> (18 - 6 * at) & 63U] : '=';
    }
  }
  return out;
}

std::int64_t integer(const json& text) {
  return std::stoll(text.get<std::string>());
}

json time_json(const char* kind, const cel::Value& value) {
  return {{kind, {{"s", std::to_string(value.seconds())}, {"ns", value.nanoseconds()}}}};
}

json list_json(cel::Arena& arena, const cel::Value& list) {
  json items = json::array();
  for (std::uint32_t i = 0; i < cel::size_of(list); ++i) {
    items.push_back(json_of(arena, cel::item_at(list, i)));
  }
  return {{"list", items}};
}

json sorted_map(json entries) {
  std::sort(entries.begin(), entries.end());
  return {{"map", entries}};
}

json map_json(cel::Arena& arena, const cel::Value& map) {
  json entries = json::array();
  cel::MapCursor cursor(map);
  cel::Value key;
  cel::Value value;
  while (cursor.next(key, value)) {
    entries.push_back(json::array({json_of(arena, key), json_of(arena, value)}));
  }
  return sorted_map(std::move(entries));
}

cel::Value map_of(cel::Arena& arena, const json& entries) {
  cel::MapBuilder builder(arena);
  for (const json& entry : entries) {
    builder.add(value_of(arena, entry.at(0)), value_of(arena, entry.at(1)));
  }
  return builder.build();
}

cel::Value list_of(cel::Arena& arena, const json& items) {
  cel::ListBuilder builder(arena);
  for (const json& item : items) builder.add(value_of(arena, item));
  return builder.build();
}

std::string double_text(double value) {
  return std::isnan(value) ? "NaN" : cel::format_double(value);
}

}  // namespace

cel::Value value_of(cel::Arena& arena, const json& value) {
  const std::string kind = value.begin().key();
  const json& content = value.begin().value();
  if (kind == "bool") return cel::Value::boolean(content.get<bool>());
  if (kind == "int") return cel::Value::integer(integer(content));
  if (kind == "uint") {
    return cel::Value::unsigned_integer(std::stoull(content.get<std::string>()));
  }
  if (kind == "double") {
    return cel::Value::floating(std::strtod(content.get<std::string>().c_str(), nullptr));
  }
  if (kind == "string") return cel::make_string(arena, content.get<std::string>());
  if (kind == "bytes") return cel::make_bytes(arena, from_base64(content.get<std::string>()));
  if (kind == "list") return list_of(arena, content);
  if (kind == "map") return map_of(arena, content);
  if (kind == "timestamp") {
    return cel::Value::timestamp(integer(content.at("s")),
                                 content.at("ns").get<std::int32_t>());
  }
  if (kind == "duration") {
    return cel::Value::duration(integer(content.at("s")), content.at("ns").get<std::int32_t>());
  }
  if (kind == "type") return cel::make_type(arena, content.get<std::string>());
  if (kind == "optional") {
    return content.is_null() ? cel::optional_none()
                             : cel::make_optional(arena, value_of(arena, content));
  }
  return cel::Value::null();
}

json json_of(cel::Arena& arena, const cel::Value& value) {
  switch (value.kind()) {
    case cel::ValueKind::kNull: return {{"null", nullptr}};
    case cel::ValueKind::kBool: return {{"bool", value.as_bool()}};
    case cel::ValueKind::kInt: return {{"int", std::to_string(value.as_int())}};
    case cel::ValueKind::kUint: return {{"uint", std::to_string(value.as_uint())}};
    case cel::ValueKind::kDouble: return {{"double", double_text(value.as_double())}};
    case cel::ValueKind::kString: return {{"string", std::string(value.as_string())}};
    case cel::ValueKind::kBytes: return {{"bytes", to_base64(value.as_string())}};
    case cel::ValueKind::kDuration: return time_json("duration", value);
    case cel::ValueKind::kTimestamp: return time_json("timestamp", value);
    case cel::ValueKind::kList: return list_json(arena, value);
    case cel::ValueKind::kMap: return map_json(arena, value);
    case cel::ValueKind::kType: return {{"type", std::string(value.as_type()->name)}};
    case cel::ValueKind::kOptional:
      return {{"optional", value.as_optional()->has_value
                               ? json_of(arena, value.as_optional()->value)
                               : json(nullptr)}};
    case cel::ValueKind::kOpaque: {
      const cel::OpaqueData& data = *value.as_opaque();
      return {{"opaque", std::string(data.type->as_type.name)},
              {"string", std::string(data.type->to_string(data.payload, arena))}};
    }
    case cel::ValueKind::kError: return {{"error", std::string(value.as_error()->message)}};
    case cel::ValueKind::kAbsent: break;
  }
  return {{"absent", true}};
}

json normalized(const json& value) {
  if (!value.is_object() || value.empty()) return value;
  const std::string kind = value.begin().key();
  const json& content = value.begin().value();
  if (kind == "double") {
    return {{"double", double_text(std::strtod(content.get<std::string>().c_str(), nullptr))}};
  }
  if (kind == "list") {
    json items = json::array();
    for (const json& item : content) items.push_back(normalized(item));
    return {{"list", items}};
  }
  if (kind == "map") {
    json entries = json::array();
    for (const json& entry : content) {
      entries.push_back(json::array({normalized(entry.at(0)), normalized(entry.at(1))}));
    }
    return sorted_map(std::move(entries));
  }
  if (kind == "optional") return {{"optional", normalized(content)}};
  return value;
}

}  // namespace tidewaiter::conformance
