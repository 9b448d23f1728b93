#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "cel/value_build.h"
#include "cel/value_read.h"
#include "k8s/folder_kinds.h"
#include "k8s/group_kind.h"
#include "k8s/scope.h"
#include "rules/functions/judged.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {
namespace {

using cel::CallContext;
using cel::Value;

Value file_is_first(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const k8s::Resource& resource = *context->resource;
  const bool is_of_kind =
      k8s::parse_kind_pattern(args[0].as_string()).matches(resource.group, resource.kind);
  return Value::boolean(is_of_kind && context->scope->is_first_of_kind(resource));
}

Value file_is_first_of(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const auto [folder, file] = k8s::location_of(*context->resource);
  std::optional<std::uint32_t> first;
  for (std::uint32_t i = 0; i < cel::size_of(args[0]); ++i) {
    const auto kind = k8s::parse_kind_pattern(cel::item_at(args[0], i).as_string());
    const auto found = context->scope->folder_kinds().first(folder, file, kind);
    if (found) first = std::min(first.value_or(*found), *found);
  }
  return Value::boolean(first &&
                        context->scope->all()[*first]->object == context->resource->object);
}

Value file_folder_has(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const std::string_view file = args.size() < 2 ? std::string_view() : args[0].as_string();
  const auto kind = k8s::parse_kind_pattern(args.back().as_string());
  const std::string_view folder = k8s::location_of(*context->resource).folder;
  return Value::boolean(context->scope->folder_kinds().first(folder, file, kind).has_value());
}

}  // namespace

void add_files_functions(cel::FunctionRegistry& registry) {
  using cel::Purity;
  registry.add("file.isFirst(string) -> bool", Purity::kContext, file_is_first,
               "Whether the resource is of that kind and the first such in its file.");
  registry.add("file.isFirst(list(string)) -> bool", Purity::kContext, file_is_first_of,
               "Whether the resource is of one of these kinds and the first such in its file.");
  registry.add(
      "file.folderHas(string) -> bool", Purity::kContext, file_folder_has,
      "Whether a file of the resource's folder (none below) holds a resource of a kind "
      "('batch/Job', '*').");
  registry.add("file.folderHas(string, string) -> bool", Purity::kContext, file_folder_has,
               "Whether the file of that name in the resource's folder does.");
}

}  // namespace tidewaiter::rules
