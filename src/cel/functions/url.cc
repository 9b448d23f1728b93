#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "base/utf8.h"
#include "cel/functions/libraries.h"
#include "cel/functions/request_uri.h"
#include "cel/value_build.h"
#include "cel/value_data.h"

// URLs (Kubernetes' url library). The value keeps its text; each getter takes it apart again,
// which is as fast as keeping the parts.

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

// Taking a URL apart looks at each byte several times.
constexpr std::size_t kWorkOfByte = 4;

struct Url {
  std::string_view text;       ///< As given; it parses.
  std::string_view canonical;  ///< As written again: what `==` compares.
};

const Url& url_of(const Value& value) {
  return *static_cast<const Url*>(value.as_opaque()->payload);
}

Equality equal(const void* a, const void* b) {
  const bool same =
      static_cast<const Url*>(a)->canonical == static_cast<const Url*>(b)->canonical;
  return same ? Equality::kEqual : Equality::kUnequal;
}

std::string_view text_of(const void* payload, Arena&) {
  return static_cast<const Url*>(payload)->canonical;
}

std::size_t size_of_text(const void* payload) {
  return static_cast<const Url*>(payload)->text.size() * kWorkOfByte;
}

constexpr OpaqueType kUrlType{
    .as_type = {"kubernetes.URL"}, .equal = equal, .to_string = text_of, .size = size_of_text};

RequestUri parts_of(const Value& value) {
  auto parts = parse_request_uri(url_of(value).text);
  return parts ? *std::move(parts) : RequestUri{};
}

bool pay_for(CallContext& call, std::string_view text) {
  return call.spend(text.size() * kWorkOfByte / 16);
}

Value url(CallContext& call, Args args) {
  const std::string_view text = args[0].as_string();
  if (!pay_for(call, text)) return cost_error();
  const auto parts = parse_request_uri(text);
  if (!parts) {
    return make_error(call.arena,
                      fmt::format("'{}' is no absolute URL or path.", utf8_prefix(text, 100)));
  }
  const Url made{.text = call.arena.copy(text),
                 .canonical = call.arena.copy(parts->to_string())};
  return make_opaque(call.arena, kUrlType, call.arena.make<Url>(made))
      .with_origin(args[0].origin());
}

Value is_url(CallContext& call, Args args) {
  if (!pay_for(call, args[0].as_string())) return cost_error();
  return Value::boolean(static_cast<bool>(parse_request_uri(args[0].as_string())));
}

Value text_part(CallContext& call, const Value& source, std::string_view part) {
  return make_string(call.arena, part).with_origin(source.origin());
}

Value get_scheme(CallContext& call, Args args) {
  return text_part(call, args[0], parts_of(args[0]).scheme);
}
Value get_host(CallContext& call, Args args) {
  return text_part(call, args[0], parts_of(args[0]).host);
}
Value get_host_name(CallContext& call, Args args) {
  const RequestUri parts = parts_of(args[0]);
  return text_part(call, args[0], parts.host_name());
}
Value get_port(CallContext& call, Args args) {
  const RequestUri parts = parts_of(args[0]);
  return text_part(call, args[0], parts.port());
}
Value get_escaped_path(CallContext& call, Args args) {
  return text_part(call, args[0], parts_of(args[0]).escaped_path);
}

Value get_query(CallContext& call, Args args) {
  const std::string query = parts_of(args[0]).query;
  if (!call.spend(1 + query.size() / 2)) return cost_error();
  std::map<std::string, std::vector<Value>> values;
  for (const auto& [key, value] : parse_query(query)) {
    values[key].push_back(make_string(call.arena, value));
  }
  MapBuilder map(call.arena);
  for (const auto& [key, list] : values) {
    map.add(make_string(call.arena, key), make_list(call.arena, list));
  }
  return map.build();
}

constexpr LibraryRow kRows[] = {
    {"url(string) -> kubernetes.URL", url,
     "The absolute URL or path that the text is; an error if it is none."},
    {"isURL(string) -> bool", is_url, "Whether the text is an absolute URL or path."},
    {"kubernetes.URL.getScheme() -> string", get_scheme,
     "The scheme, such as 'https', in lower case."},
    {"kubernetes.URL.getHost() -> string", get_host, "The host with its port."},
    {"kubernetes.URL.getHostname() -> string", get_host_name, "The host without its port."},
    {"kubernetes.URL.getPort() -> string", get_port, "The port, or '' if none is written."},
    {"kubernetes.URL.getEscapedPath() -> string", get_escaped_path,
     "The path with what must be escaped escaped."},
    {"kubernetes.URL.getQuery() -> map(string, list(string))", get_query,
     "The values of each key of the query, decoded."},
};

}  // namespace

void add_url_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
