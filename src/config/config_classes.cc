#include <fmt/core.h>

#include <algorithm>

#include "base/suggest.h"
#include "config/config_reader.h"
#include "rules/param_value.h"
#include "yaml/place.h"

// The part of ConfigReader that reads what the config says about the cluster.
namespace tidewaiter::config {
namespace {

using rules::Param;

constexpr std::string_view kQosClasses[] = {"Guaranteed", "Burstable", "BestEffort"};
constexpr std::string_view kHpaResources[] = {"cpu", "memory"};

constexpr Param kNodeSizeFields[] = {
    {.name = "cpu", .type = Param::Type::kQuantity, .type_text = "quantity"},
    {.name = "memory", .type = Param::Type::kQuantity, .type_text = "quantity"},
};
constexpr Param kNodePoolFields[] = {
    {.name = "size", .type = Param::Type::kString, .type_text = "string"},
    {.name = "maxPods", .type = Param::Type::kInt, .type_text = "int", .min = 1, .max = 250},
};
constexpr Param kHpaFields[] = {
    {.name = "resource",
     .type = Param::Type::kEnum,
     .type_text = "enum[cpu, memory]",
     .choices = kHpaResources},
    {.name = "metric", .type = Param::Type::kString, .type_text = "string"},
    {.name = "utilization", .type = Param::Type::kInt, .type_text = "int", .min = 1},
    {.name = "value", .type = Param::Type::kQuantity, .type_text = "quantity"},
    {.name = "min", .type = Param::Type::kInt, .type_text = "int", .min = 0},
    {.name = "max", .type = Param::Type::kInt, .type_text = "int", .min = 1},
};
constexpr Param kClassFields[] = {
    {.name = "requests",
     .type = Param::Type::kMap,
     .item = Param::Type::kQuantity,
     .type_text = "map(quantity)"},
    {.name = "limits",
     .type = Param::Type::kMap,
     .item = Param::Type::kQuantity,
     .type_text = "map(quantity)"},
    {.name = "qos",
     .type = Param::Type::kList,
     .item = Param::Type::kEnum,
     .type_text = "list(enum[Guaranteed, Burstable, BestEffort])",
     .choices = kQosClasses},
    {.name = "nodePool", .type = Param::Type::kString, .type_text = "string"},
    {.name = "vmSizes",
     .type = Param::Type::kList,
     .item = Param::Type::kString,
     .type_text = "list(string)"},
    {.name = "hpa", .type = Param::Type::kMap, .type_text = "map(string)"},
};

}  // namespace

void ConfigReader::check_fields(const yaml::Node& node, std::string_view what,
                                std::span<const Param> fields) {
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const yaml::Entry entry = node.entry(i);
    const std::string_view name = entry.key->as_string();
    const auto field = std::ranges::find(fields, name, &Param::name);
    if (field == fields.end()) {
      std::vector<std::string_view> known;
      for (const Param& f : fields) known.push_back(f.name);
      fail(*entry.key,
           fmt::format("{} has no key '{}'.{}", what, name, did_you_mean(name, known)));
    } else if (name == "hpa") {
      if (expect_mapping(*entry.value, "'hpa'", "{resource: cpu, utilization: 70}")) {
        check_fields(*entry.value, "'hpa'", kHpaFields);
      }
    } else if (name == "vmSizes" && entry.value->is_string()) {
      continue;  // one size needs no list
    } else if (const auto fault = rules::fault_of(*field, read_constant(*entry.value))) {
      fail(*entry.value, fault->message);
    }
  }
}

void ConfigReader::read_workload_classes(const yaml::Node& node, Config& config) {
  if (!expect_mapping(node, "'workloadClasses'", "web: {requests: {cpu: 500m}}")) return;
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const yaml::Node& value = *node.entry(i).value;
    const std::string what = fmt::format("Workload class '{}'", node.entry(i).key->as_string());
    if (expect_mapping(value, what, "{requests: {cpu: 500m}, qos: [Burstable]}")) {
      check_fields(value, what, kClassFields);
    }
  }
  config.workload_classes = read_constant(node);
}

void ConfigReader::read_node_pools(const yaml::Node& node, Config& config) {
  if (!expect_mapping(node, "'nodePools'", "batch: Standard_E8s_v4")) return;
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const yaml::Node& value = *node.entry(i).value;
    const std::string what = fmt::format("Node pool '{}'", node.entry(i).key->as_string());
    if (value.is_string()) continue;
    if (!value.is_mapping()) {
      fail(value, fmt::format("{} must be the name of a VM size, or a mapping such as "
                              "'{{size: Standard_E8s_v4, maxPods: 110}}'.",
                              what));
    } else if (check_fields(value, what, kNodePoolFields); value.find("size") == nullptr) {
      fail(value, fmt::format("{} needs the key 'size'.", what));
    }
  }
  config.node_pools = read_constant(node);
}

void ConfigReader::read_node_sizes(const yaml::Node& node, Config& config) {
  if (!expect_mapping(node, "'nodeSizes'", "Standard_X: {cpu: 4, memory: 16Gi}")) return;
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const yaml::Node& value = *node.entry(i).value;
    const std::string what = fmt::format("Node size '{}'", node.entry(i).key->as_string());
    if (!expect_mapping(value, what, "{cpu: 4, memory: 16Gi}")) continue;
    check_fields(value, what, kNodeSizeFields);
    for (const Param& field : kNodeSizeFields) {
      if (value.find(field.name) == nullptr) {
        fail(value, fmt::format("{} needs the key '{}'.", what, field.name));
      }
    }
  }
  config.node_sizes = read_constant(node);
}

void ConfigReader::read_pod_template_paths(const yaml::Node& node, Config& config) {
  if (!expect_mapping(node, "'podTemplatePaths'", "argoproj.io/Rollout: spec.template")) return;
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    const yaml::Entry entry = node.entry(i);
    const std::string_view kind = entry.key->as_string();
    if (!entry.value->is_string()) {
      fail(*entry.value, fmt::format("The path of '{}' must be field names between dots, for "
                                     "example 'spec.template'.",
                                     kind));
    } else {
      config.pod_template_paths.push_back(
          {.kind = {.text = kind, .at = yaml::place_of(*entry.key)},
           .path = {.text = entry.value->as_string(), .at = yaml::place_of(*entry.value)}});
    }
  }
}

}  // namespace tidewaiter::config
