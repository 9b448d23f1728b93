#ifndef TIDEWAITER_POLICY_MANIFEST_VALUES_H_
#define TIDEWAITER_POLICY_MANIFEST_VALUES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cel/adapter.h"
#include "cel/arena.h"
#include "cel/value.h"
#include "policy/api_defaults.h"
#include "yaml/node.h"

namespace tidewaiter::policy {

/// What of a manifest is shown other than it is written (shared semantics, point 10).
struct ManifestOptions {
  bool hides_null = false;  ///< Entries whose value is null are not there.
  /// Numbers where the API has a resource.Quantity are its canonical text: 0.5 is "500m".
  bool amounts_as_text = false;
  /// The namespace that the API server writes into a manifest without one; empty: none.
  std::string_view default_namespace = {};
  /// What selections find where the manifest says nothing; null: nothing.
  const ApiDefaults* defaults = nullptr;
  /// Values carry their node as origin; false for what no finding should point to (params).
  bool places = true;
};

/// Shows one manifest to expressions without copying it. For one evaluation on one thread:
/// texts that it makes lie in the arena. Not movable: values point to it.
class ManifestValues {
 public:
  ManifestValues(const ManifestOptions& options, cel::Arena& arena);
  ManifestValues(const ManifestValues&) = delete;
  ManifestValues& operator=(const ManifestValues&) = delete;

  /// The root of a manifest as a value.
  cel::Value value_of(const yaml::Node& root) const;

 private:
  /// What a node is, as far as its entries are read differently for it.
  enum class Context : std::uint8_t {
    kOther,
    kRoot,
    kMetadata,      ///< metadata of the root.
    kResources,     ///< `resources` of a container, a pod or a claim.
    kLimitItems,    ///< spec.limits of a LimitRange, and its items.
    kMetricTarget,  ///< `target` of an autoscaler's metric.
    kAmounts,       ///< A quantity, or a mapping of them.
    kCount,
  };
  struct Step;
  static const std::array<Step, 21> kSteps;

  class View final : public cel::Adapter {
   public:
    std::uint32_t size(const void* node) const override;
    cel::Value at(const void* list, std::uint32_t index) const override;
    cel::Value get(const void* map, std::string_view key) const override;
    bool next(const void* map, std::uint32_t& cursor, cel::Value& key,
              cel::Value& value) const override;
    cel::Origin hidden(const void* map, std::string_view key) const override;

   private:
    friend class ManifestValues;
    const ManifestValues* owner_ = nullptr;
    Context context_ = Context::kOther;
  };

  Context context_of(Context parent, std::string_view key) const;
  cel::Value value_in(const yaml::Node& node, Context context) const;
  cel::Value amount(const yaml::Node& node) const;
  /// The namespace is to be read as if the manifest stated the default one.
  bool lacks_namespace(const yaml::Node& map, Context context) const;
  bool is_hidden(const yaml::Node& value) const {
    return options_.hides_null && value.is_null();
  }
  cel::Origin place(const yaml::Node& node) const { return options_.places ? &node : nullptr; }

  ManifestOptions options_;
  cel::Arena& arena_;
  std::array<View, static_cast<std::size_t>(Context::kCount)> views_;
};

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_MANIFEST_VALUES_H_
