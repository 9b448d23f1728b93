#include "k8s/reference_graph.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

#include "k8s/config_folders.h"
#include "k8s/nearest.h"
#include "k8s/reference_text.h"
#include "k8s/replicas.h"
#include "k8s/scope.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

auto name_key(const Product& product) {
  return std::tie(product.kind, product.name, product.namespace_, product.is_numbered);
}

auto target_key(const Reference& reference) {
  const std::string_view name = reference.name_text();
  return std::tuple(reference.kind, name, reference.namespace_, reference.group);
}

/// The number of the resource that a reference finds.
std::uint32_t find_target(const Scope& scope, const Reference& reference) {
  const auto found = scope.find_number({.group = reference.group, .kind = reference.kind},
                                       reference.namespace_, reference.name_text());
  if (!found) return ReferenceGraph::kNone;
  const auto copies = scope.same_identity(*scope.all()[*found]);
  if (copies.size() < 2) return *found;
  const auto number_at = [&](std::uint32_t i) {
    return scope.number_of(*copies[i]->object).value_or(*found);
  };
  const auto count = static_cast<std::uint32_t>(copies.size());
  return number_at(nearest(scope.all(), reference.from, count, number_at));
}

/// `data-db-0` without its number: `data-db`; empty when it has none.
std::string_view without_number(std::string_view name) {
  const auto last = name.find_last_not_of("0123456789");
  const bool numbered =
      last != std::string_view::npos && last + 1 < name.size() && name[last] == '-';
  return numbered ? name.substr(0, last) : std::string_view();
}

constexpr KindPattern kAutoscalers[] = {
    {.group = "autoscaling", .kind = "HorizontalPodAutoscaler"},
    {.group = "keda.sh", .kind = "ScaledObject"}};

/// A role that every cluster has, or every one of OpenShift.
bool is_given_role(std::string_view kind, std::string_view name) {
  if (name.starts_with("system:")) return true;
  if (kind == "Role") return name == "extension-apiserver-authentication-reader";
  return name == "view" || name == "edit" || name == "admin" || name == "cluster-admin" ||
         name == "basic-user" || name == "self-provisioner";
}

/// Names that every cluster has, and relations whose objects are customarily made elsewhere.
bool is_given(const Reference& reference) {
  const std::string_view name = reference.name_text();
  switch (reference.relation) {
    case Relation::kServiceAccount: return name == "default";
    // In kube-system are the accounts of the cluster's own controllers.
    case Relation::kSubject: return name == "default" || reference.namespace_ == "kube-system";
    case Relation::kRole: return is_given_role(reference.kind, name);
    case Relation::kPriorityClass: return name.starts_with("system-");
    case Relation::kEnv:
    case Relation::kEnvFrom:
    case Relation::kVolume:
      return reference.kind == "ConfigMap" &&
             (name == "kube-root-ca.crt" || name == "openshift-service-ca.crt");
    case Relation::kVolumeItem:  // the volume is reported, once
    case Relation::kTls:
    case Relation::kImagePullSecret:
    case Relation::kAccountSecret:
    case Relation::kResourceBackend: return true;
    case Relation::kScaleTarget: return !is_scalable(reference.group, reference.kind);
    default: return false;
  }
}

/// Whether the scope has something of the kind where the reference looks.
bool has_others(const Scope& scope, const Reference& reference) {
  if (reference.relation == Relation::kScaleTarget) {
    return std::ranges::any_of(kScalableKinds, [&](const KindPattern& kind) {
      return scope.has(kind, reference.namespace_);
    });
  }
  return scope.has({.group = reference.group, .kind = reference.kind}, reference.namespace_);
}

/// Without a namespace only those in folders above and below count, unless all is one unit.
bool has_others_near(const Scope& scope, const ConfigFolders& folders,
                     const Reference& reference) {
  if (!has_others(scope, reference)) return false;
  if (!reference.namespace_.empty() || scope.is_one_unit()) return true;
  return !ConfigFolders::is_told(reference.group, reference.kind) ||
         folders.has_near(reference.kind, *scope.all()[reference.from]);
}

/// Whether what says no namespace would find it in `default`, where it is probably applied.
bool is_in_default(const Scope& scope, const Reference& reference) {
  const KindPattern kind{.group = reference.group, .kind = reference.kind};
  return reference.namespace_.empty() &&
         scope.find_number(kind, "default", reference.name_text()).has_value();
}

bool has_entry(const Resource& resource, std::string_view map, std::string_view key) {
  const Node* const entries = resource.object->find(map);
  return entries != nullptr && entries->find(key) != nullptr;
}

bool has_key(const Resource& resource, std::string_view key) {
  return has_entry(resource, "data", key) ||
         has_entry(resource, resource.kind == "Secret" ? "stringData" : "binaryData", key);
}

/// Positions where each of `owners` begins in a list sorted by owner, and the end of it.
std::vector<std::uint32_t> starts_of(std::vector<std::uint32_t> counts) {
  std::uint32_t sum = 0;
  for (std::uint32_t& count : counts) sum += std::exchange(count, sum);
  counts.push_back(sum);
  return counts;
}

}  // namespace

ReferenceGraph::ReferenceGraph(const Scope& scope, std::span<const Product> generated)
    : resources_(scope.all()) {
  collect();
  for (const Product& product : generated) products_.products.push_back(product);
  for (Reference& reference : references_) reference.graph = this;
  for (Product& product : products_.products) product.graph = this;
  index_products();
  resolve(scope);
  index_incoming();
  index_users();
  index_scalers();
}

void ReferenceGraph::collect() {
  const auto count = static_cast<std::uint32_t>(resources_.size());
  first_reference_.reserve(count + 1);
  first_product_.reserve(count + 1);
  const auto end_of = [](const auto& list) { return static_cast<std::uint32_t>(list.size()); };
  for (std::uint32_t i = 0; i < count; ++i) {
    first_reference_.push_back(end_of(references_));
    first_product_.push_back(end_of(products_.products));
    append_references(*resources_[i], i, references_);
    append_products(*resources_[i], i, products_);
  }
  first_reference_.push_back(end_of(references_));
  first_product_.push_back(end_of(products_.products));
}

void ReferenceGraph::index_products() {
  by_name_.resize(products_.products.size());
  for (std::uint32_t i = 0; i < by_name_.size(); ++i) by_name_[i] = i;
  std::ranges::stable_sort(by_name_, [&](std::uint32_t left, std::uint32_t right) {
    return name_key(products_.products[left]) < name_key(products_.products[right]);
  });
  group_of_.resize(by_name_.size());
  std::uint32_t begin = 0;
  for (std::uint32_t i = 0; i < by_name_.size(); ++i) {
    const Product& product = products_.products[by_name_[i]];
    if (name_key(product) != name_key(products_.products[by_name_[begin]])) begin = i;
    group_of_[by_name_[i]] = begin;
  }
}

std::span<const std::uint32_t> ReferenceGraph::products_named(std::string_view kind,
                                                              std::string_view namespace_,
                                                              std::string_view name) const {
  if (by_name_.empty() || name.empty()) return {};
  const auto find = [&](std::string_view where, std::string_view text, bool is_numbered) {
    const auto found = std::ranges::equal_range(
        by_name_, std::tie(kind, text, where, is_numbered), {},
        [&](std::uint32_t product) { return name_key(products_.products[product]); });
    return std::span<const std::uint32_t>(found.begin(), found.end());
  };
  const auto find_in = [&](std::string_view where) {
    const auto whole = find(where, name, false);
    return whole.empty() ? find(where, without_number(name), true) : whole;
  };
  const auto here = find_in(namespace_);
  return here.empty() && namespace_ == "default" ? find_in({}) : here;
}

void ReferenceGraph::resolve(const Scope& scope) {
  outcomes_.resize(references_.size());
  const ConfigFolders folders(resources_);
  for (std::uint32_t i = 0; i < references_.size(); ++i) {
    const Reference& reference = references_[i];
    Outcome& outcome = outcomes_[i];
    outcome.target = find_target(scope, reference);
    if (reference.group.empty()) {
      const auto makers =
          products_named(reference.kind, reference.namespace_, reference.name_text());
      outcome.makers = static_cast<std::uint32_t>(makers.size());
      if (!makers.empty()) {
        outcome.first_maker = static_cast<std::uint32_t>(makers.data() - by_name_.data());
      }
    }
    const bool is_nothing = outcome.target == kNone && outcome.makers == 0;
    outcome.dangles = is_nothing && !scope.is_open() && !reference.optional &&
                      !is_given(reference) && !holds_placeholder(reference.name_text()) &&
                      has_others_near(scope, folders, reference) &&
                      !is_in_default(scope, reference);
    outcome.lacks_key = lacks_key_of(scope, reference, outcome);
    if (outcome.dangles || outcome.lacks_key) ask_overlays(scope, i, outcome);
  }
}

/// A base is no complete deployment: what an overlay has or makes is there. Overlays hold all
/// of the scope, and have none themselves.
void ReferenceGraph::ask_overlays(const Scope& scope, std::uint32_t reference,
                                  Outcome& outcome) const {
  const std::uint32_t from = references_[reference].from;
  for (const Scope* const overlay : scope.overlays()) {
    const ReferenceGraph& graph = overlay->references();
    const auto number = overlay->number_of(*resources_[from]->object);
    const auto same = number ? graph.references_of(*number) : std::span<const Reference>();
    const std::size_t position = reference - first_reference_[from];
    const bool is_seen = position < same.size();
    const std::uint32_t there = is_seen ? graph.number_of(same[position]) : 0;
    outcome.dangles = outcome.dangles && is_seen && graph.dangles(there);
    outcome.lacks_key = outcome.lacks_key && is_seen && graph.lacks_key(there);
    if (!outcome.dangles && !outcome.lacks_key) return;
  }
}

bool ReferenceGraph::lacks_key_of(const Scope& scope, const Reference& reference,
                                  const Outcome& outcome) const {
  const bool has_keys =
      reference.group.empty() && (reference.kind == "Secret" || reference.kind == "ConfigMap");
  if (!has_keys || reference.key == nullptr || !reference.key->is_string()) return false;
  if (outcome.target == kNone && outcome.makers == 0) return false;
  const std::string_view key = reference.key->as_string();
  if (outcome.target != kNone) {
    if (scope.is_patched(outcome.target)) return false;
    // Which of several copies is meant that lie equally near cannot be told.
    const Resource& target = *resources_[outcome.target];
    const Resource& from = *resources_[reference.from];
    const auto copies = scope.same_identity(target);
    if (copies.size() > kMostMakers) return false;
    const std::size_t near = nearness(target, from);
    for (const Resource* const copy : copies) {
      if (nearness(*copy, from) == near && has_key(*copy, key)) return false;
    }
  }
  const auto makers = std::span(by_name_).subspan(outcome.first_maker, outcome.makers);
  if (holds_reference(key) || makers.size() > kMostMakers) return false;
  return std::ranges::none_of(makers, [&](std::uint32_t maker) {
    const Product& product = products_.products[maker];
    return !product.keys_known || product.find_key(key) != nullptr;
  });
}

std::span<const std::uint32_t> ReferenceGraph::makers_of(std::uint32_t reference) const {
  const Outcome& outcome = outcomes_[reference];
  return std::span(by_name_).subspan(outcome.first_maker, outcome.makers);
}

void ReferenceGraph::index_incoming() {
  std::vector<std::uint32_t> counts(resources_.size());
  for (const Outcome& outcome : outcomes_) {
    if (outcome.target != kNone) ++counts[outcome.target];
  }
  first_incoming_ = starts_of(counts);
  incoming_.resize(first_incoming_.back());
  first_mount_.resize(resources_.size(), kNone);
  std::vector<std::uint32_t> next = first_incoming_;
  for (std::uint32_t i = 0; i < references_.size(); ++i) {
    const std::uint32_t target = outcomes_[i].target;
    if (target == kNone) continue;
    incoming_[next[target]++] = i;
    if (references_[i].mounted) first_mount_[target] = std::min(first_mount_[target], i);
  }
  const auto kind_of = [&](std::uint32_t reference) {
    const Resource& from = *resources_[references_[reference].from];
    return std::tie(from.kind, from.group);
  };
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    const auto begin = incoming_.begin() + first_incoming_[i];
    const auto end = incoming_.begin() + first_incoming_[i + 1];
    std::ranges::stable_sort(begin, end, {}, kind_of);
  }
}

std::span<const std::uint32_t> ReferenceGraph::incoming(std::uint32_t resource,
                                                        const KindPattern& kind) const {
  const auto all = incoming(resource);
  if (kind.kind == "*") return all;
  const auto from = [&](std::uint32_t reference) -> const Resource& {
    return *resources_[references_[reference].from];
  };
  const auto of_kind = std::ranges::equal_range(
      all, kind.kind, {}, [&](std::uint32_t reference) { return from(reference).kind; });
  if (kind.any_group) return of_kind;
  return std::ranges::equal_range(
      of_kind, kind.group, {}, [&](std::uint32_t reference) { return from(reference).group; });
}

void ReferenceGraph::index_users() {
  std::vector<std::uint32_t> counts(products_.products.size());
  for (const Outcome& outcome : outcomes_) {
    if (outcome.makers > 0) ++counts[outcome.first_maker];
  }
  first_user_ = starts_of(counts);
  users_.resize(first_user_.back());
  std::vector<std::uint32_t> next = first_user_;
  for (std::uint32_t i = 0; i < references_.size(); ++i) {
    if (outcomes_[i].makers > 0) users_[next[outcomes_[i].first_maker]++] = i;
  }
}

void ReferenceGraph::index_scalers() {
  for (std::uint32_t i = 0; i < references_.size(); ++i) {
    if (references_[i].relation == Relation::kScaleTarget) scalers_.push_back(i);
  }
  std::ranges::stable_sort(scalers_, [&](std::uint32_t left, std::uint32_t right) {
    return target_key(references_[left]) < target_key(references_[right]);
  });
}

std::span<const std::uint32_t> ReferenceGraph::scaling_same(std::uint32_t reference) const {
  if (references_[reference].relation != Relation::kScaleTarget) return {};
  return std::ranges::equal_range(
      scalers_, target_key(references_[reference]), {},
      [&](std::uint32_t other) { return target_key(references_[other]); });
}

const Resource* ReferenceGraph::autoscaler_of(std::uint32_t resource) const {
  std::uint32_t first = kNone;
  for (const KindPattern& kind : kAutoscalers) {
    const auto some = incoming(resource, kind);
    if (!some.empty()) first = std::min(first, references_[some.front()].from);
  }
  return first == kNone ? nullptr : resources_[first];
}

}  // namespace tidewaiter::k8s
