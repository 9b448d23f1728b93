#include "k8s/selection.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "k8s/reference_text.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

/// In place of a label's value: the label with any value.
constexpr std::string_view kAnyValue = "\n";
/// The label with a value that cannot be told from the manifest.
constexpr std::string_view kUnknownValue = "\n?";

std::uint64_t hash_of(std::string_view namespace_, std::string_view key = {},
                      std::string_view value = {}) {
  std::uint64_t hash = 0;
  for (const std::string_view part : {namespace_, key, value}) {
    hash = hash * 0x9E37'79B9'7F4A'7C15U + std::hash<std::string_view>()(part) + part.size();
  }
  return hash ^ (hash >> 31);
}

/// A label's or selector's value as text; null is "".
std::optional<std::string_view> text_of(const Node& value) {
  if (value.is_null()) return std::string_view();
  if (value.is_string()) return value.as_string();
  return std::nullopt;
}

/// As first_mismatch knows it: not what is no text, nor what another tool fills in.
std::optional<std::string_view> known_text_of(const Node& value) {
  const auto text = text_of(value);
  return text && holds_reference(*text) ? std::nullopt : text;
}

const Node* find(const Node* node, std::string_view key) {
  return node == nullptr ? nullptr : node->find(key);
}

const Node* labels_of(const Resource& pod) {
  return find(pod.pod_meta, "labels");
}

template <class Use>
void for_each_entry(const Node* map, const Use& use) {
  if (map == nullptr || !map->is_mapping()) return;
  for (std::uint32_t i = 0; i < map->size(); ++i) {
    const yaml::Entry entry = map->entry(i);
    use(entry.key->as_string(), *entry.value);
  }
}

/// Calls `use` with the key and value of each label that is a text.
template <class Use>
void for_each_label(const Node* map, const Use& use) {
  for_each_entry(map, [&](std::string_view key, const Node& value) {
    if (const auto text = text_of(value)) use(key, *text);
  });
}

/// How the kinds with a selector write it.
struct SelectingKind {
  KindPattern kind;
  std::string_view field;
  SelectorForm form;
  /// What an empty selector means: every pod, or none (and then the API refuses it).
  bool empty_is_everything;
  bool absent_is_empty = false;
};
constexpr SelectorForm kByLabels = SelectorForm::kLabelSelector;
constexpr SelectorForm kByMap = SelectorForm::kLabelMap;
constexpr SelectingKind kSelectingKinds[] = {
    {{.group = "", .kind = "Service"}, "selector", kByMap, false},
    {{.group = "policy", .kind = "PodDisruptionBudget"}, "selector", kByLabels, true},
    {{.group = "networking.k8s.io", .kind = "NetworkPolicy"},
     "podSelector",
     kByLabels,
     true,
     true},
    {{.group = "apps", .kind = "Deployment"}, "selector", kByLabels, false},
    {{.group = "apps", .kind = "StatefulSet"}, "selector", kByLabels, false},
    {{.group = "apps", .kind = "DaemonSet"}, "selector", kByLabels, false},
    {{.group = "apps", .kind = "ReplicaSet"}, "selector", kByLabels, false},
    {{.group = "", .kind = "ReplicationController"}, "selector", kByMap, false},
};

const SelectingKind* selecting_kind_of(const Resource& resource) {
  const auto found = std::ranges::find_if(kSelectingKinds, [&](const SelectingKind& row) {
    return row.kind.matches(resource.group, resource.kind);
  });
  return found == std::end(kSelectingKinds) ? nullptr : found;
}

bool is_external_name(const Resource& resource) {
  const Node* const type = find(resource.object->find("spec"), "type");
  return type != nullptr && type->as_string() == "ExternalName";
}

/// The entries that must be equal, and whether there is more to a selector than they.
struct Parts {
  const Node* labels = nullptr;
  const Node* expressions = nullptr;
  bool is_empty = true;
};

std::uint32_t size_of(const Node* node) {
  return node == nullptr ? 0 : node->size();
}

Parts parts_of(const Node& selector, SelectorForm form) {
  Parts parts;
  const bool by_map = form == SelectorForm::kLabelMap;
  parts.labels = by_map ? &selector : selector.find("matchLabels");
  parts.expressions = by_map ? nullptr : selector.find("matchExpressions");
  parts.is_empty = size_of(parts.labels) + size_of(parts.expressions) == 0;
  return parts;
}

/// The labels that a selector demands, without regard to their order; none when it demands
/// more, or what cannot be told.
std::optional<std::uint64_t> hash_of_labels(const Parts& parts, std::string_view namespace_) {
  if (size_of(parts.expressions) > 0) return std::nullopt;
  std::uint64_t sum = hash_of(namespace_);
  std::uint32_t count = 0;
  for_each_label(parts.labels, [&](std::string_view key, std::string_view value) {
    sum += hash_of(namespace_, key, value);
    ++count;
  });
  if (count != size_of(parts.labels)) return std::nullopt;
  return sum;
}

bool are_same(const Parts& left, const Parts& right) {
  if (size_of(left.labels) != size_of(right.labels)) return false;
  if (size_of(left.expressions) + size_of(right.expressions) > 0) return false;
  bool same = true;
  for_each_label(left.labels, [&](std::string_view key, std::string_view value) {
    const Node* const other = find(right.labels, key);
    same = same && other != nullptr && text_of(*other) == value;
  });
  return same;
}

}  // namespace

const Node* Selection::selector_of(const Resource& resource) {
  const SelectingKind* const kind = selecting_kind_of(resource);
  if (kind == nullptr || is_external_name(resource)) return nullptr;
  const Node* const spec = resource.object->find("spec");
  const Node* selector = find(spec, kind->field);
  // The spec stands for the empty selector: it has no labels and no expressions either.
  const bool is_absent = selector == nullptr || selector->is_null();
  if (is_absent && kind->absent_is_empty) selector = spec;
  return selector == nullptr || !selector->is_mapping() ? nullptr : selector;
}

Selection::Selection(std::span<const Resource* const> resources) : resources_(resources) {
  index_pods();
  make_classes(selectors());
  index_pod_classes();
}

void Selection::index_pods() {
  for (std::uint32_t i = 0; i < resources_.size(); ++i) {
    const Resource& pod = *resources_[i];
    if (!pod.is_pod_kind) continue;
    const std::string_view namespace_ = pod.namespace_;
    namespaces_.push_back({.name = namespace_});
    entries_.push_back({hash_of(namespace_), i});
    for_each_entry(labels_of(pod), [&](std::string_view key, const Node& label) {
      const std::string_view value = known_text_of(label).value_or(kUnknownValue);
      entries_.push_back({hash_of(namespace_, key, value), i});
      entries_.push_back({hash_of(namespace_, key, kAnyValue), i});
    });
  }
  std::ranges::sort(entries_, {}, [](const Entry& e) { return std::pair(e.hash, e.pod); });
  std::ranges::sort(namespaces_, {}, &Namespace::name);
  const auto repeated = std::ranges::unique(namespaces_, {}, &Namespace::name);
  namespaces_.erase(repeated.begin(), repeated.end());
}

std::vector<Selection::Selector> Selection::selectors() const {
  std::vector<Selector> found;
  for (std::uint32_t i = 0; i < resources_.size(); ++i) {
    const Resource& resource = *resources_[i];
    const SelectingKind* const kind = selecting_kind_of(resource);
    const Node* const node = kind == nullptr ? nullptr : selector_of(resource);
    if (node == nullptr) continue;
    const Parts parts = parts_of(*node, kind->form);
    if (parts.is_empty && !kind->empty_is_everything) continue;
    // What is like no other gets a hash like no other.
    const std::uint64_t hash =
        hash_of_labels(parts, resource.namespace_).value_or(hash_of("\n") * (i + 1));
    found.push_back({.node = node,
                     .form = kind->form,
                     .namespace_ = resource.namespace_,
                     .hash = hash,
                     .owner = i});
  }
  return found;
}

void Selection::make_classes(std::vector<Selector> selectors) {
  std::ranges::sort(selectors, {},
                    [](const Selector& s) { return std::pair(s.hash, s.owner); });
  // Runs of equal selectors; one that only has the hash of its neighbor begins another run.
  std::vector<std::span<const Selector>> runs;
  for (std::size_t begin = 0; begin < selectors.size();) {
    const Selector& first = selectors[begin];
    const Parts parts = parts_of(*first.node, first.form);
    std::size_t end = begin + 1;
    while (end < selectors.size() && selectors[end].hash == first.hash &&
           selectors[end].namespace_ == first.namespace_ &&
           are_same(parts, parts_of(*selectors[end].node, selectors[end].form))) {
      ++end;
    }
    runs.push_back(std::span<const Selector>(selectors).subspan(begin, end - begin));
    begin = end;
  }
  std::ranges::sort(runs, {}, [](const auto& run) { return run.front().owner; });

  class_of_.assign(resources_.size(), kNoClass);
  members_.reserve(selectors.size());
  std::size_t checks = kFreeChecks + kChecksPerResource * resources_.size();
  for (const std::span<const Selector> run : runs) {
    ClassData data{.first_member = static_cast<std::uint32_t>(members_.size())};
    for (const Selector& selector : run) {
      class_of_[selector.owner] = static_cast<Class>(classes_.size());
      members_.push_back(selector.owner);
    }
    std::stable_sort(members_.begin() + data.first_member, members_.end(),
                     [&](std::uint32_t left, std::uint32_t right) {
                       return std::tie(resources_[left]->kind, resources_[left]->group) <
                              std::tie(resources_[right]->kind, resources_[right]->group);
                     });
    match(run.front(), data, checks);
    classes_.push_back(data);
  }
  classes_.push_back({.first_member = static_cast<std::uint32_t>(members_.size())});
}

void Selection::match(const Selector& selector, ClassData& data, std::size_t& checks) {
  data.first_pod = data.end_pod = static_cast<std::uint32_t>(selected_.size());
  const auto space =
      std::ranges::lower_bound(namespaces_, selector.namespace_, {}, &Namespace::name);
  if (space == namespaces_.end() || space->name != selector.namespace_) return;  // no pods

  const auto found = candidates(*selector.node, selector.form, selector.namespace_);
  const bool is_empty = parts_of(*selector.node, selector.form).is_empty;
  if (is_empty && space->everything == kNoClass) {
    data.is_everything = true;
    space->everything = static_cast<Class>(classes_.size());
  } else if (found.size() > checks) {
    data.is_known = space->is_known = false;
    return;
  } else {
    checks -= found.size();
  }
  for (const Entry& entry : found) {
    const Resource& pod = *resources_[entry.pod];
    if (pod.namespace_ == selector.namespace_ &&
        first_mismatch(*selector.node, selector.form, labels_of(pod)) == nullptr) {
      selected_.push_back(entry.pod);
    }
  }
  data.end_pod = static_cast<std::uint32_t>(selected_.size());
}

void Selection::index_pod_classes() {
  first_pod_class_.assign(resources_.size() + 1, 0);
  const auto for_each = [&](const auto& use) {
    for (Class c = 0; c + 1 < classes_.size(); ++c) {
      if (classes_[c].is_everything) continue;
      for (const std::uint32_t pod : pods(c)) use(c, pod);
    }
  };
  for_each([&](Class, std::uint32_t pod) { ++first_pod_class_[pod + 1]; });
  for (std::size_t i = 1; i < first_pod_class_.size(); ++i) {
    first_pod_class_[i] += first_pod_class_[i - 1];
  }
  pod_classes_.resize(first_pod_class_.back());
  std::vector<std::uint32_t> next = first_pod_class_;
  for_each([&](Class c, std::uint32_t pod) { pod_classes_[next[pod]++] = c; });
}

std::span<const Selection::Entry> Selection::under(std::uint64_t hash) const {
  return std::ranges::equal_range(entries_, hash, {}, &Entry::hash);
}

/// The fewest pods among which all that the selector means are.
std::span<const Selection::Entry> Selection::candidates(const Node& selector, SelectorForm form,
                                                        std::string_view namespace_) const {
  auto best = under(hash_of(namespace_));
  const auto narrow = [&](std::string_view key, std::string_view value) {
    if (is_controller_label(key)) return;
    // A value that another tool fills in may become the one that is wanted.
    const bool any = !under(hash_of(namespace_, key, kUnknownValue)).empty();
    const auto found = under(hash_of(namespace_, key, any ? kAnyValue : value));
    if (found.size() < best.size()) best = found;
  };
  const Parts parts = parts_of(selector, form);
  for_each_entry(parts.labels, [&](std::string_view key, const Node& value) {
    narrow(key, known_text_of(value).value_or(kAnyValue));
  });
  for (std::uint32_t i = 0; i < size_of(parts.expressions); ++i) {
    if (!parts.expressions->is_sequence()) break;
    const Node& item = parts.expressions->item(i);
    const Node* const key = item.find("key");
    const Node* const op = item.find("operator");
    if (key == nullptr || op == nullptr || !key->is_string()) continue;
    const Node* const values = item.find("values");
    const bool is_in = op->as_string() == "In" && values != nullptr && values->is_sequence();
    if (op->as_string() == "Exists" || (is_in && values->size() > 1)) {
      narrow(key->as_string(), kAnyValue);
    } else if (is_in && values->size() == 1) {
      narrow(key->as_string(), known_text_of(values->item(0)).value_or(kAnyValue));
    }
  }
  return best;
}

const Selection::Namespace* Selection::find_namespace(std::string_view name) const {
  const auto found = std::ranges::lower_bound(namespaces_, name, {}, &Namespace::name);
  return found == namespaces_.end() || found->name != name ? nullptr : &*found;
}

std::optional<std::span<const std::uint32_t>> Selection::selected_by(
    std::uint32_t resource) const {
  const Class c = class_of_[resource];
  if (c == kNoClass) return std::span<const std::uint32_t>();
  if (!classes_[c].is_known) return std::nullopt;
  return pods(c);
}

std::span<const std::uint32_t> Selection::members(Class selector) const {
  const std::uint32_t first = classes_[selector].first_member;
  return std::span(members_).subspan(first, classes_[selector + 1].first_member - first);
}

std::span<const std::uint32_t> Selection::members(Class selector,
                                                  const KindPattern& kind) const {
  const auto all = members(selector);
  if (kind.kind == "*") return all;
  const auto of_kind = std::ranges::equal_range(
      all, kind.kind, {}, [&](std::uint32_t member) { return resources_[member]->kind; });
  if (kind.any_group) return of_kind;
  return std::ranges::equal_range(
      of_kind, kind.group, {}, [&](std::uint32_t member) { return resources_[member]->group; });
}

std::span<const std::uint32_t> Selection::pods(Class selector) const {
  const ClassData& data = classes_[selector];
  return std::span(selected_).subspan(data.first_pod, data.end_pod - data.first_pod);
}

std::optional<std::vector<Selection::Class>> Selection::classes_selecting(
    std::uint32_t pod) const {
  std::vector<Class> found;
  if (!resources_[pod]->is_pod_kind) return found;
  const Namespace* const space = find_namespace(resources_[pod]->namespace_);
  if (!space->is_known) return std::nullopt;
  if (space->everything != kNoClass) found.push_back(space->everything);
  const auto begin = pod_classes_.begin() + first_pod_class_[pod];
  found.insert(found.end(), begin, pod_classes_.begin() + first_pod_class_[pod + 1]);
  return found;
}

std::optional<std::span<const std::uint32_t>> Selection::selecting(
    std::uint32_t pod, const KindPattern& kind, std::vector<std::uint32_t>& buffer) const {
  const auto classes = classes_selecting(pod);
  if (!classes) return std::nullopt;
  buffer.clear();
  std::span<const std::uint32_t> first;
  for (const Class c : *classes) {
    const auto some = members(c, kind);
    if (some.empty()) continue;
    if (first.empty() && kind.kind != "*") {  // of one kind, the members are in order
      first = some;
      continue;
    }
    if (buffer.empty()) buffer.assign(first.begin(), first.end());
    if (buffer.size() + some.size() > kMostCandidates) return std::nullopt;
    buffer.insert(buffer.end(), some.begin(), some.end());
  }
  if (buffer.empty()) return first;
  std::ranges::sort(buffer);
  return buffer;
}

bool Selection::has_pods(std::string_view namespace_) const {
  return find_namespace(namespace_) != nullptr;
}

bool Selection::any_pod_matches(const Node& selector, std::string_view namespace_) const {
  const auto found = candidates(selector, SelectorForm::kLabelSelector, namespace_);
  const auto some = found.first(std::min(found.size(), kMostCandidates));
  return std::ranges::any_of(some, [&](const Entry& entry) {
    const Resource& pod = *resources_[entry.pod];
    return pod.namespace_ == namespace_ &&
           first_mismatch(selector, SelectorForm::kLabelSelector, labels_of(pod)) == nullptr;
  });
}

}  // namespace tidewaiter::k8s
