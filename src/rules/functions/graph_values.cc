#include "rules/functions/graph_values.h"

#include "rules/document_adapter.h"
#include "rules/functions/field_adapter.h"

namespace tidewaiter::rules {
namespace {

using cel::Value;
using k8s::Product;
using k8s::Reference;
using k8s::ReferenceGraph;

Value node_or_null(const yaml::Node* node) {
  return node == nullptr ? Value::null() : value_of(*node);
}

Value object_or_null(const ReferenceGraph& graph, std::uint32_t resource) {
  return resource == ReferenceGraph::kNone ? Value::null()
                                           : value_of(*graph.resource(resource).object);
}

/// Numbers that stand for parts of a graph, or resources.
struct Numbers {
  const ReferenceGraph* graph = nullptr;
  std::span<const k8s::Resource* const> resources;
  std::span<const std::uint32_t> numbers;
};

std::uint32_t count_of(const Numbers& list) {
  return static_cast<std::uint32_t>(list.numbers.size());
}
Value reference_at(const Numbers& list, std::uint32_t index) {
  return reference_value(list.graph->references()[list.numbers[index]]);
}
Value product_at(const Numbers& list, std::uint32_t index) {
  return product_value(list.graph->products()[list.numbers[index]]);
}
Value object_at(const Numbers& list, std::uint32_t index) {
  return value_of(*list.resources[list.numbers[index]]->object);
}

std::uint32_t count_of_keys(const Product& product) {
  return static_cast<std::uint32_t>(product.keys.size());
}
Value key_at(const Product& product, std::uint32_t index) {
  const k8s::ProductKey& key = product.keys[index];
  return Value::string(key.text).with_origin(key.node);
}

std::uint32_t count_of_makers(const Reference& reference) {
  return static_cast<std::uint32_t>(
      reference.graph->makers_of(reference.graph->number_of(reference)).size());
}
Value maker_at(const Reference& reference, std::uint32_t index) {
  const ReferenceGraph& graph = *reference.graph;
  return product_value(graph.products()[graph.makers_of(graph.number_of(reference))[index]]);
}

constinit const ItemAdapter<Numbers, count_of, reference_at> kReferenceList;
constinit const ItemAdapter<Numbers, count_of, product_at> kProductList;
constinit const ItemAdapter<Numbers, count_of, object_at> kObjectList;
constinit const ItemAdapter<Product, count_of_keys, key_at> kKeyList;
constinit const ItemAdapter<Reference, count_of_makers, maker_at> kMakerList;

constexpr Field<Reference> kReferenceFields[] = {
    {"relation", [](const Reference& r) { return Value::string(name_of(r.relation)); }},
    {"verb", [](const Reference& r) { return Value::string(verb_of(r.relation)); }},
    {"kind", [](const Reference& r) { return Value::string(r.kind); }},
    {"group", [](const Reference& r) { return Value::string(r.group); }},
    {"name", [](const Reference& r) { return value_of(*r.name); }},
    {"namespace", [](const Reference& r) { return Value::string(r.namespace_); }},
    {"key",
     [](const Reference& r) {
       return r.key == nullptr ? Value::string("") : value_of(*r.key);
     }},
    {"optional", [](const Reference& r) { return Value::boolean(r.optional); }},
    {"mounted", [](const Reference& r) { return Value::boolean(r.mounted); }},
    {"node", [](const Reference& r) { return value_of(*r.node); }},
    {"within", [](const Reference& r) { return node_or_null(r.within); }},
    {"entry", [](const Reference& r) { return node_or_null(entry_of(r)); }},
    {"what", [](const Reference& r) { return Value::string(entry_word(r)); }},
    {"from", [](const Reference& r) { return object_or_null(*r.graph, r.from); }},
    {"target",
     [](const Reference& r) {
       return object_or_null(*r.graph, r.graph->target_of(r.graph->number_of(r)));
     }},
    {"createdBy", [](const Reference& r) { return Value::foreign_list(&r, &kMakerList); }},
    {"dangling",
     [](const Reference& r) {
       return Value::boolean(r.graph->dangles(r.graph->number_of(r)));
     }},
    {"lacksKey",
     [](const Reference& r) {
       return Value::boolean(r.graph->lacks_key(r.graph->number_of(r)));
     }},
};

constexpr Field<Product> kProductFields[] = {
    {"kind", [](const Product& p) { return Value::string(p.kind); }},
    {"namespace", [](const Product& p) { return Value::string(p.namespace_); }},
    {"name", [](const Product& p) { return Value::string(p.name).with_origin(p.node); }},
    {"by", [](const Product& p) { return object_or_null(*p.graph, p.by); }},
    {"node", [](const Product& p) { return node_or_null(p.node); }},
    {"keysKnown", [](const Product& p) { return Value::boolean(p.keys_known); }},
    {"keys", [](const Product& p) { return Value::foreign_list(&p, &kKeyList); }},
};

const FieldAdapter<Reference>& reference_adapter() {
  static const FieldAdapter<Reference> kAdapter(kReferenceFields);
  return kAdapter;
}

const FieldAdapter<Product>& product_adapter() {
  static const FieldAdapter<Product> kAdapter(kProductFields);
  return kAdapter;
}

}  // namespace

Value reference_value(const Reference& reference) {
  return Value::foreign_map(&reference, &reference_adapter()).with_origin(reference.node);
}

Value product_value(const Product& product) {
  return Value::foreign_map(&product, &product_adapter()).with_origin(product.node);
}

Value reference_list(cel::Arena& arena, const ReferenceGraph& graph,
                     std::span<const std::uint32_t> numbers) {
  return Value::foreign_list(arena.make<Numbers>(&graph, graph.resources(), numbers),
                             &kReferenceList);
}

Value product_list(cel::Arena& arena, const ReferenceGraph& graph,
                   std::span<const std::uint32_t> numbers) {
  return Value::foreign_list(arena.make<Numbers>(&graph, graph.resources(), numbers),
                             &kProductList);
}

Value object_list(cel::Arena& arena, std::span<const k8s::Resource* const> resources,
                  std::span<const std::uint32_t> numbers) {
  return Value::foreign_list(arena.make<Numbers>(nullptr, resources, numbers), &kObjectList);
}

}  // namespace tidewaiter::rules
