#include "rules/domain_functions.h"

#include <string_view>

#include "rules/functions/topics.h"

namespace tidewaiter::rules {

namespace {

/// A file of functions/ and its heading in the function reference.
struct Topic {
  std::string_view name;
  void (*add)(cel::FunctionRegistry&);
};
constexpr Topic kTopics[] = {
    {"Kinds and versions", add_kinds_functions},
    {"Labels, annotations and selectors", add_labels_functions},
    {"Scalars that YAML misreads", add_scalars_functions},
    {"The scope and the file", add_references_functions},
    {"Jobs and schedules", add_jobs_functions},
    {"Images", add_images_functions},
    {"Lists", add_lists_functions},
    {"Paths", add_paths_functions},
    {"Pods, Services and autoscalers", add_pods_functions},
    {"Requests, limits and quantities", add_resources_functions},
    {"Secrets in plain text", add_secrets_functions},
    {"YAML within strings", add_embedded_functions},
    {"Workload classes and nodes", add_cluster_functions},
};

cel::FunctionRegistry make_registry() {
  cel::FunctionRegistry registry;
  cel::add_standard_functions(registry);
  for (const Topic& topic : kTopics) {
    registry.begin_topic(topic.name);
    topic.add(registry);
  }
  return registry;
}

}  // namespace

const cel::FunctionRegistry& domain_functions() {
  static const cel::FunctionRegistry registry = make_registry();
  return registry;
}

}  // namespace tidewaiter::rules
