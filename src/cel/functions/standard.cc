#include "cel/functions/libraries.h"

namespace tidewaiter::cel {

void add_validation_functions(FunctionRegistry& registry) {
  add_conversion_functions(registry);
  add_time_functions(registry);
  add_text_functions(registry);
  add_format_function(registry);
  add_list_functions(registry);
  add_set_functions(registry);
  add_optional_functions(registry);
  add_regex_functions(registry);
  add_quantity_functions(registry);
  add_semver_functions(registry);
  add_network_functions(registry);
  add_url_functions(registry);
  add_named_format_functions(registry);
}

void add_standard_functions(FunctionRegistry& registry) {
  add_validation_functions(registry);
  add_json_patch_functions(registry);
}

}  // namespace tidewaiter::cel
