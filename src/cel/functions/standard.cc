#include "cel/functions/libraries.h"

namespace tidewaiter::cel {
namespace {

struct Library {
  std::string_view topic;
  void (*add)(FunctionRegistry&);
};
constexpr Library kLibraries[] = {
    {"Types, sizes and conversions", add_conversion_functions},
    {"Strings", add_text_functions},
    {"Strings", add_format_function},
    {"Regular expressions", add_regex_functions},
    {"Lists", add_list_functions},
    {"Sets", add_set_functions},
    {"Optional values", add_optional_functions},
    {"Quantities", add_quantity_functions},
    {"Semantic versions", add_semver_functions},
    {"URLs", add_url_functions},
    {"IP addresses and networks", add_network_functions},
    {"Named formats", add_named_format_functions},
    {"Dates and durations", add_time_functions},
};

}  // namespace

void add_validation_functions(FunctionRegistry& registry) {
  for (const Library& library : kLibraries) {
    registry.begin_topic(library.topic);
    library.add(registry);
  }
}

void add_standard_functions(FunctionRegistry& registry) {
  add_validation_functions(registry);
  registry.begin_topic("JSON patches");
  add_json_patch_functions(registry);
}

}  // namespace tidewaiter::cel
