#include <string>

#include "cel/functions/libraries.h"
#include "cel/value_build.h"

// jsonpatch.escapeKey of mutating policies: RFC 6901, section 3.

namespace tidewaiter::cel {
namespace {

Value escape_key(CallContext& call, std::span<const Value> args) {
  const std::string_view key = args[0].as_string();
  std::string escaped;
  for (const char c : key) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return make_string(call.arena, escaped);
}

constexpr LibraryRow kRows[] = {
    {"jsonpatch.escapeKey(string) -> string", escape_key,
     "The key as a part of a JSON Pointer: '~' as '~0', '/' as '~1'; Kubernetes has it in "
     "mutating policies only.",
     32},
};

}  // namespace

void add_json_patch_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
