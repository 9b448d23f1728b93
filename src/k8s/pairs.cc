#include "k8s/pairs.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "k8s/builtin_kinds.h"
#include "k8s/folder_kinds.h"
#include "k8s/node_path.h"
#include "k8s/reference_graph.h"
#include "k8s/scope.h"
#include "k8s/selection.h"
#include "k8s/selector.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

/// In the order of PairRelation.
constexpr std::array<std::string_view, 6> kNames = {"duplicate", "autoscaler", "budget",
                                                    "workload",  "service",    "ingressPath"};

/// How many earlier members of one group are asked whether they form a pair.
constexpr std::size_t kMostPartners = 100;

constexpr KindPattern kBudgetKind = {.group = "policy", .kind = "PodDisruptionBudget"};

const Node* at(const Node& from, std::string_view path) {
  const auto nodes = nodes_at(from, path);
  return nodes.empty() || nodes.front()->is_null() ? nullptr : nodes.front();
}

std::string_view text(const Node* node, std::string_view otherwise = {}) {
  return node == nullptr || node->as_string().empty() ? otherwise : node->as_string();
}

std::string_view annotation(const Resource& resource, std::string_view key) {
  const Node* const annotations = at(*resource.object, "metadata.annotations");
  return annotations == nullptr ? std::string_view() : text(annotations->find(key));
}

std::string_view folder_of(const Resource& resource) {
  return location_of(resource).folder;
}

/// Texts and numbers that must be equal.
struct Key {
  std::array<std::string_view, 4> texts = {};
  std::array<std::uint64_t, 2> numbers = {};

  friend auto operator<=>(const Key&, const Key&) = default;
};

struct Item {
  std::uint32_t resource = 0;
  const Node* node = nullptr;
};

/// A partner that came before.
struct Partner {
  Item first;
  bool is_one_unit = true;
};

/// Tells which resources of a scope may form a pair.
class Units {
 public:
  explicit Units(const Scope& scope) : scope_(scope) {
    std::map<std::string_view, std::uint32_t> folders;
    const Source* last = nullptr;
    std::uint32_t folder = 0;
    const auto count = static_cast<std::uint32_t>(scope.all().size());
    units_.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (is_listed(i)) {
        units_.push_back(0);
        continue;
      }
      const Resource& resource = *scope.all()[i];
      if (resource.source != last) {
        const auto number = static_cast<std::uint32_t>(folders.size() + 1);
        folder = folders.try_emplace(folder_of(resource), number).first->second;
        last = resource.source;
      }
      units_.push_back(folder);
    }
  }

  /// One of those that one kustomization lists or one chart holds.
  bool is_listed(std::uint32_t resource) const {
    return scope_.is_one_unit() && !scope_.is_unlisted(resource);
  }

  std::uint32_t unit_of(std::uint32_t resource) const { return units_[resource]; }
  /// Whether a resource may form a pair with one of another folder.
  bool states_namespace(std::uint32_t resource) const {
    const Resource& r = *scope_.all()[resource];
    return !r.namespace_.empty() || is_cluster_scoped(r);
  }
  /// Whether two that have the same namespace form a pair.
  bool may_pair(std::uint32_t left, std::uint32_t right) const {
    return (units_[left] == units_[right] || states_namespace(left)) &&
           is_listed(left) == is_listed(right) && !is_same(left, right);
  }
  /// One identity twice.
  bool is_same(std::uint32_t left, std::uint32_t right) const {
    const Resource& l = *scope_.all()[left];
    const Resource& r = *scope_.all()[right];
    return left != right && !l.name.empty() && l.kind == r.kind && l.group == r.group &&
           l.name == r.name && l.namespace_ == r.namespace_;
  }
  static bool is_cluster_scoped(const Resource& resource) {
    return scope_of_kind(resource.group, resource.kind) == KindScope::kCluster;
  }

 private:
  const Scope& scope_;
  std::vector<std::uint32_t> units_;  // parallel to scope.all()
};

/// Remembers the first item of each key, in each folder and among those that state their
/// namespace.
class FirstItems {
 public:
  explicit FirstItems(const Scope& scope, const Units& units) : scope_(scope), units_(units) {}

  /// The partner that came before, if any; else the item is the first.
  std::optional<Partner> add(const Key& key, const Item& item) {
    const auto [here, is_new] =
        in_unit_.try_emplace({key, units_.unit_of(item.resource)}, item);
    if (!is_new) return Partner{here->second, true};
    if (!units_.states_namespace(item.resource)) return std::nullopt;
    const Resource& resource = *scope_.all()[item.resource];
    const std::string_view namespace_ =
        Units::is_cluster_scoped(resource) ? std::string_view() : resource.namespace_;
    const auto [there, is_first] =
        anywhere_.try_emplace({key, namespace_, units_.is_listed(item.resource)}, item);
    if (is_first) return std::nullopt;
    return Partner{there->second, false};
  }

 private:
  const Scope& scope_;
  const Units& units_;
  std::map<std::pair<Key, std::uint32_t>, Item> in_unit_;
  std::map<std::tuple<Key, std::string_view, bool>, Item> anywhere_;  // bool: is_listed
};

/// Finds the pairs of each relation, in order.
class Finder {
 public:
  explicit Finder(const Scope& scope)
      : scope_(scope),
        units_(scope),
        steps_(Pairs::kFreeSteps + Pairs::kSteps * scope.all().size()) {}

  std::vector<Pair> run() {
    find_duplicates();
    find_autoscalers();
    const auto count = static_cast<std::uint32_t>(scope_.all().size());
    for (std::uint32_t i = 0; i < count; ++i) find_budget(i);
    for (std::uint32_t i = 0; i < count; ++i) find_workload(i);
    find_services();
    find_paths();
    return std::move(pairs_);
  }

 private:
  const Resource& resource(std::uint32_t number) const { return *scope_.all()[number]; }

  void add(PairRelation relation, const Item& later, const Partner& partner,
           std::uint32_t via = Pair::kNone) {
    pairs_.push_back({.relation = relation,
                      .later = later.resource,
                      .first = partner.first.resource,
                      .via = via,
                      .at = later.node,
                      .first_at = partner.first.node,
                      .is_one_unit = partner.is_one_unit});
  }

  Partner partner(std::uint32_t later, const Item& first) const {
    return {.first = first,
            .is_one_unit = units_.unit_of(later) == units_.unit_of(first.resource)};
  }

  void find_duplicates() {
    for (const std::vector<std::uint32_t>& numbers : scope_.copies()) {
      FirstItems first(scope_, units_);
      for (const std::uint32_t number : numbers) {
        const Resource& r = resource(number);
        const Node* const name = at(*r.object, "metadata.name");
        const Item item{number, name == nullptr ? r.object : name};
        if (const auto found = first.add({}, item)) {
          add(PairRelation::kDuplicate, item, *found);
        }
      }
    }
  }

  void find_autoscalers() {
    const ReferenceGraph& graph = scope_.references();
    for (const Reference& reference : graph.references()) {
      if (!is_autoscaler(reference)) continue;
      const std::uint32_t number = graph.number_of(reference);
      std::size_t asked = 0;
      for (const std::uint32_t other : graph.scaling_same(number)) {
        if (other >= number || ++asked > kMostPartners) break;
        const Reference& earlier = graph.references()[other];
        if (!is_autoscaler(earlier) || !collide(earlier.from, reference.from)) continue;
        add(PairRelation::kAutoscaler, {reference.from, reference.node},
            partner(reference.from, {earlier.from, earlier.node}));
        break;
      }
    }
  }

  bool is_autoscaler(const Reference& reference) const {
    return reference.relation == Relation::kScaleTarget &&
           resource(reference.from).kind != "VerticalPodAutoscaler";
  }

  /// KEDA makes an HPA of its own for each ScaledObject, unless it takes one over or was told
  /// to leave it alone.
  bool collide(std::uint32_t left, std::uint32_t right) const {
    if (!units_.may_pair(left, right)) return false;
    const Resource* hpa = &resource(left);
    const Resource* keda = &resource(right);
    if (hpa->kind == "ScaledObject") std::swap(hpa, keda);
    if (hpa->kind == "ScaledObject") return false;
    if (keda->kind != "ScaledObject") return true;
    const bool takes_over =
        annotation(*keda, "scaledobject.keda.sh/transfer-hpa-ownership") == "true" &&
        text(at(*keda->object, "spec.advanced.horizontalPodAutoscalerConfig.name")) ==
            hpa->name;
    return !takes_over && annotation(*hpa, "validations.keda.sh/hpa-ownership") != "false";
  }

  void find_budget(std::uint32_t later) {
    if (!kBudgetKind.matches(resource(later).group, resource(later).kind)) return;
    const auto pods = scope_.selection().selected_by(later);
    if (!pods) return;
    std::uint32_t first = later;
    std::uint32_t via = Pair::kNone;
    std::size_t asked = 0;
    for (const std::uint32_t pod : *pods) {
      if (!spend() || (++asked > kMostPartners && first != later)) break;
      for (const std::uint32_t budget : budgets_of(pod)) {
        if (budget >= first) break;
        if (!units_.may_pair(budget, later) || !surely_share(budget, later, pod)) continue;
        first = budget;
        via = pod;
      }
    }
    if (first == later) return;
    add(PairRelation::kBudget, selector_item(later), partner(later, selector_item(first)), via);
  }

  /// The first budgets that select a pod, in order; of so many the first are enough.
  const std::vector<std::uint32_t>& budgets_of(std::uint32_t pod) {
    const auto [it, is_new] = budgets_.try_emplace(pod);
    std::vector<std::uint32_t>& found = it->second;
    const auto classes = is_new ? scope_.selection().classes_selecting(pod) : std::nullopt;
    if (!classes) return found;
    for (const Selection::Class c : *classes) {
      const auto some = scope_.selection().members(c, kBudgetKind);
      if (!spend(some.size() + 1)) break;
      found.insert(found.end(), some.begin(), some.end());
    }
    std::ranges::sort(found);
    if (found.size() > kMostPartners) found.resize(kMostPartners);
    return found;
  }

  void find_workload(std::uint32_t later) {
    if (!is_selecting_workload(later)) return;
    const Selection& selection = scope_.selection();
    const auto pods = selection.selected_by(later);
    if (!pods) return;
    for (const std::uint32_t first : *pods) {
      if (first >= later || !spend()) break;
      if (!is_selecting_workload(first) || !units_.may_pair(first, later)) continue;
      const auto back = selection.selected_by(first);
      if (!back || !std::ranges::binary_search(*back, later)) continue;
      if (!surely_selects(later, first) || !surely_selects(first, later)) continue;
      add(PairRelation::kWorkload, selector_item(later), partner(later, selector_item(first)));
      break;
    }
  }

  /// A workload with a selector of which every key is somebody's own.
  bool is_selecting_workload(std::uint32_t number) const {
    return resource(number).is_workload &&
           scope_.selection().class_of(number) != Selection::kNoClass &&
           !asks_controller(number);
  }

  bool asks_controller(std::uint32_t number) const {
    return has_controller_label(*Selection::selector_of(resource(number)), form_of(number));
  }

  /// A pair is what surely is one: of a selector with a variable in it nobody knows.
  bool surely_selects(std::uint32_t number, std::uint32_t pod) const {
    const Node* const meta = resource(pod).pod_meta;
    const Node* const labels = meta == nullptr ? nullptr : meta->find("labels");
    return surely_matches(*Selection::selector_of(resource(number)), form_of(number), labels);
  }

  SelectorForm form_of(std::uint32_t number) const {
    return resource(number).kind == "ReplicationController" ? SelectorForm::kLabelMap
                                                            : SelectorForm::kLabelSelector;
  }

  /// Each pod of a StatefulSet may have a budget of its own, by a label that its controller
  /// adds.
  bool surely_share(std::uint32_t left, std::uint32_t right, std::uint32_t pod) const {
    const Selection& selection = scope_.selection();
    const bool may_differ = asks_controller(left) && asks_controller(right) &&
                            selection.class_of(left) != selection.class_of(right);
    return !may_differ && surely_selects(left, pod) && surely_selects(right, pod);
  }

  Item selector_item(std::uint32_t number) const {
    return {number, Selection::selector_of(resource(number))};
  }

  void find_services() {
    FirstItems firsts(scope_, units_);
    const KindPattern service{.group = "", .kind = "Service"};
    for (std::uint32_t i = 0; i < scope_.all().size(); ++i) {
      const Selection::Class c = scope_.selection().class_of(i);
      if (!service.matches(resource(i).group, resource(i).kind) || c == Selection::kNoClass) {
        continue;
      }
      const Node& object = *resource(i).object;
      const bool is_headless = text(at(object, "spec.clusterIP")) == "None";
      const Item item = selector_item(i);
      std::optional<Partner> best;
      for (const Node* const port : nodes_at(object, "spec.ports.*.port")) {
        if (port->kind() != yaml::Kind::kInt) continue;
        const Key key{{is_headless ? "headless" : ""},
                      {c, static_cast<std::uint64_t>(port->as_int())}};
        const auto found = firsts.add(key, item);
        const bool counts =
            found && found->first.resource != i && !units_.is_same(found->first.resource, i);
        if (counts && (!best || found->first.resource < best->first.resource)) best = found;
      }
      if (best) add(PairRelation::kService, item, *best);
    }
  }

  void find_paths() {
    FirstItems firsts(scope_, units_);
    for (std::uint32_t i = 0; i < scope_.all().size(); ++i) {
      const Resource& r = resource(i);
      const bool is_ingress =
          r.kind == "Ingress" && (r.group == "networking.k8s.io" || r.group == "extensions");
      if (!is_ingress || annotation(r, "nginx.ingress.kubernetes.io/canary") == "true" ||
          !annotation(r, "nginx.org/mergeable-ingress-type").empty()) {
        continue;
      }
      const std::string_view ingress_class = text(at(*r.object, "spec.ingressClassName"),
                                                  annotation(r, "kubernetes.io/ingress.class"));
      for (const Node* const rule : nodes_at(*r.object, "spec.rules.*")) {
        const std::string_view host = text(rule->find("host"));
        for (const Node* const path : nodes_at(*rule, "http.paths.*")) {
          const Key key{{ingress_class, host, text(path->find("path"), "/"),
                         text(path->find("pathType"))}};
          const Item item{i, path};
          const auto found = firsts.add(key, item);
          if (found && !units_.is_same(found->first.resource, i)) {
            add(PairRelation::kIngressPath, item, *found);
          }
        }
      }
    }
  }

  bool spend(std::size_t steps = 1) {
    if (steps > steps_) return false;
    steps_ -= steps;
    return true;
  }

  const Scope& scope_;
  Units units_;
  std::size_t steps_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> budgets_;  // of pods
  std::vector<Pair> pairs_;
};

}  // namespace

std::string_view name_of(PairRelation relation) {
  return kNames[static_cast<std::size_t>(relation)];
}

std::optional<PairRelation> pair_relation_named(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<PairRelation>(found - kNames.begin());
}

bool are_together(const Scope& scope, const Resource& left, const Resource& right) {
  return scope.is_one_unit() || folder_of(left) == folder_of(right);
}

Pairs::Pairs(const Scope& scope) : pairs_(Finder(scope).run()) {
  std::ranges::stable_sort(
      pairs_, {}, [](const Pair& pair) { return std::pair(pair.relation, pair.later); });
}

std::span<const Pair> Pairs::of(PairRelation relation, std::uint32_t later) const {
  return std::ranges::equal_range(pairs_, std::pair(relation, later), {}, [](const Pair& pair) {
    return std::pair(pair.relation, pair.later);
  });
}

}  // namespace tidewaiter::k8s
