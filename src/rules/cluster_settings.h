#ifndef TIDEWAITER_RULES_CLUSTER_SETTINGS_H_
#define TIDEWAITER_RULES_CLUSTER_SETTINGS_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/quantity.h"
#include "rules/constant.h"

namespace tidewaiter::rules {

/// The size of a node, whole.
struct NodeSize {
  std::int64_t cpu_milli = 0;
  std::int64_t memory = 0;  ///< Bytes.
};

/// A pool of nodes.
struct NodePool {
  std::string_view size;
  std::optional<std::int64_t> max_pods = {};
};

/// What the config says of the cluster and of the classes of workloads, merged over what is
/// built in (docs/configuration.md): entries by name, fields of a class by field; an hpa that
/// names another metric keeps nothing of the old one's. Borrows the texts of the config.
/// Read-only once made; any thread.
class ClusterSettings {
 public:
  /// Only what is built in: the classes web, batch, interface, dbms and message-queue, and the
  /// VM sizes of Azure.
  ClusterSettings();
  /// The maps workloadClasses, nodePools and nodeSizes of a config that was checked; null ones
  /// say nothing.
  ClusterSettings(const Constant& workload_classes, const Constant& node_pools,
                  const Constant& node_sizes);
  ClusterSettings(const ClusterSettings&) = delete;
  ClusterSettings& operator=(const ClusterSettings&) = delete;

  /// The class as a map of the config's shape: quantities are strings, vmSizes is a list. Null
  /// when there is no such class.
  const Constant* workload_class(std::string_view name) const { return classes_.find(name); }
  /// Null for a pool that the config does not name.
  const NodePool* node_pool(std::string_view name) const;
  /// Nothing for an unknown size.
  std::optional<NodeSize> node_size(std::string_view name) const;

 private:
  Constant merged(const Constant& base, const Constant& over, int level);
  Constant without_metric(const Constant& hpa);
  Constant normalized(const Constant& value, std::string_view key, int level);
  Constant map_of(std::vector<std::string_view> keys, std::vector<Constant> items);
  std::string_view keep(std::string text);

  std::deque<std::string> texts_;
  std::deque<std::vector<std::string_view>> keys_;
  std::deque<std::vector<Constant>> items_;
  Constant classes_;
  std::map<std::string_view, NodePool> pools_;
  std::map<std::string_view, NodeSize> sizes_;
};

/// What is built in, for runs without config.
const ClusterSettings& built_in_cluster_settings();

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_CLUSTER_SETTINGS_H_
