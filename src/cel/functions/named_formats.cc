#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "cel/functions/libraries.h"
#include "cel/functions/named_format.h"
#include "cel/value_build.h"
#include "cel/value_data.h"

// Formats as values (Kubernetes' format library, since 1.31).

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

constexpr std::uint32_t kSince = 31;

// Formats are static, so that equal ones have equal addresses.
Equality equal(const void* a, const void* b) {
  return a == b ? Equality::kEqual : Equality::kUnequal;
}

std::string_view text_of(const void* payload, Arena&) {
  return static_cast<const NamedFormat*>(payload)->name;
}

constexpr OpaqueType kFormatType{
    .as_type = {"kubernetes.NamedFormat"}, .equal = equal, .to_string = text_of};

Value named(CallContext& call, Args args) {
  for (const NamedFormat& format : named_formats()) {
    if (format.name == args[0].as_string()) {
      return make_optional(call.arena, make_opaque(call.arena, kFormatType, &format));
    }
  }
  return optional_none();
}

template <std::size_t index>
Value format_at(CallContext& call, Args) {
  return make_opaque(call.arena, kFormatType, &named_formats()[index]);
}

Value validate(CallContext& call, Args args) {
  const auto& format = *static_cast<const NamedFormat*>(args[0].as_opaque()->payload);
  const std::string_view text = args[1].as_string();
  const std::vector<std::string> problems = format.problems(text);
  if (problems.empty()) return optional_none();
  std::vector<Value> items;
  for (const std::string& problem : problems) {
    items.push_back(make_string(call.arena, problem));
  }
  return make_optional(call.arena, make_list(call.arena, items));
}

template <std::size_t... indexes>
void add_formats(FunctionRegistry& registry, std::index_sequence<indexes...>) {
  const auto add = [&](const NamedFormat& format, Callback callback) {
    registry.add(fmt::format("format.{}() -> kubernetes.NamedFormat", format.name),
                 Purity::kPure, callback, format.doc, kSince);
  };
  (add(named_formats()[indexes], format_at<indexes>), ...);
}

constexpr LibraryRow kRows[] = {
    {"format.named(string) -> optional_type(kubernetes.NamedFormat)", named,
     "The format of that name, if there is one.", kSince},
    {"kubernetes.NamedFormat.validate(string) -> optional_type(list(string))", validate,
     "What is wrong with the text; none if it has the format.", kSince},
};

}  // namespace

void add_named_format_functions(FunctionRegistry& registry) {
  add_formats(registry, std::make_index_sequence<kNamedFormats>());
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
