#ifndef TIDEWAITER_CEL_FUNCTIONS_LIBRARIES_H_
#define TIDEWAITER_CEL_FUNCTIONS_LIBRARIES_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "cel/function.h"
#include "cel/value.h"

// The libraries of expressions, one file each. Their meaning, errors and first Kubernetes minor
// are those of k8s.io/apiserver's CEL environment, where it has them.

namespace tidewaiter::cel {

/// One overload of a library, as FunctionRegistry::add takes it.
struct LibraryRow {
  std::string_view signature;
  Callback callback;
  std::string_view doc;
  std::uint32_t since = 0;
};

/// Adds pure functions.
inline void add_rows(FunctionRegistry& registry, std::span<const LibraryRow> rows) {
  for (const LibraryRow& row : rows) {
    registry.add(row.signature, Purity::kPure, row.callback, row.doc, row.since);
  }
}

void add_conversion_functions(FunctionRegistry& registry);
void add_time_functions(FunctionRegistry& registry);
void add_text_functions(FunctionRegistry& registry);
void add_format_function(FunctionRegistry& registry);
void add_list_functions(FunctionRegistry& registry);
void add_set_functions(FunctionRegistry& registry);
void add_optional_functions(FunctionRegistry& registry);
void add_regex_functions(FunctionRegistry& registry);
void add_quantity_functions(FunctionRegistry& registry);
void add_semver_functions(FunctionRegistry& registry);
void add_json_patch_functions(FunctionRegistry& registry);
void add_network_functions(FunctionRegistry& registry);
void add_url_functions(FunctionRegistry& registry);
void add_named_format_functions(FunctionRegistry& registry);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_FUNCTIONS_LIBRARIES_H_
