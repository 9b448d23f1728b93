#include "rules/domain_functions.h"

#include "rules/functions/topics.h"

namespace tidewaiter::rules {

namespace {

constexpr void (*kTopics[])(cel::FunctionRegistry&) = {
    cel::add_standard_functions, add_kinds_functions,      add_labels_functions,
    add_scalars_functions,       add_references_functions, add_jobs_functions,
    add_images_functions,        add_paths_functions,
};

cel::FunctionRegistry make_registry() {
  cel::FunctionRegistry registry;
  for (const auto add : kTopics) add(registry);
  return registry;
}

}  // namespace

const cel::FunctionRegistry& domain_functions() {
  static const cel::FunctionRegistry registry = make_registry();
  return registry;
}

}  // namespace tidewaiter::rules
