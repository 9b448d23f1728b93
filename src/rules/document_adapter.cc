#include "rules/document_adapter.h"

#include "base/source.h"
#include "yaml/file.h"

namespace tidewaiter::rules {
namespace {

const yaml::Node& as_node(const void* node) {
  return *static_cast<const yaml::Node*>(node);
}

class DocumentAdapter final : public cel::Adapter {
 public:
  explicit DocumentAdapter(bool hides_null) : hides_null_(hides_null) {}

  std::uint32_t size(const void* collection) const override {
    const yaml::Node& node = as_node(collection);
    if (!node.is_mapping() || !hides_null_) return node.size();
    std::uint32_t visible = 0;
    for (std::uint32_t i = 0; i < node.size(); ++i) {
      if (!node.entry(i).value->is_null()) ++visible;
    }
    return visible;
  }

  cel::Value at(const void* list, std::uint32_t index) const override {
    return value_of(as_node(list).item(index), *this);
  }

  cel::Value get(const void* map, std::string_view key) const override {
    const yaml::Node* value = as_node(map).find(key);
    if (value == nullptr || (hides_null_ && value->is_null())) return cel::Value::absent();
    return value_of(*value, *this);
  }

  bool next(const void* map, std::uint32_t& cursor, cel::Value& key,
            cel::Value& value) const override {
    const yaml::Node& node = as_node(map);
    while (cursor < node.size()) {
      const yaml::Entry entry = node.entry(cursor++);
      if (hides_null_ && entry.value->is_null()) continue;
      key = cel::Value::string(entry.key->as_string()).with_origin(entry.key);
      value = value_of(*entry.value, *this);
      return true;
    }
    return false;
  }

  cel::Origin hidden(const void* map, std::string_view key) const override {
    const yaml::Node* value = as_node(map).find(key);
    return value != nullptr && value->is_null() ? value : nullptr;
  }

 private:
  bool hides_null_;
};

}  // namespace

const cel::Adapter& document_adapter() {
  static const DocumentAdapter kAdapter(/*hides_null=*/true);
  return kAdapter;
}

const cel::Adapter& raw_document_adapter() {
  static const DocumentAdapter kAdapter(/*hides_null=*/false);
  return kAdapter;
}

cel::Value value_of(const yaml::Node& node, const cel::Adapter& adapter) {
  using cel::Value;
  switch (node.kind()) {
    case yaml::Kind::kNull: return Value::null().with_origin(&node);
    case yaml::Kind::kBool: return Value::boolean(node.as_bool()).with_origin(&node);
    case yaml::Kind::kInt: return Value::integer(node.as_int()).with_origin(&node);
    case yaml::Kind::kUint:
      return Value::floating(static_cast<double>(node.as_uint())).with_origin(&node);
    case yaml::Kind::kDouble: return Value::floating(node.as_double()).with_origin(&node);
    case yaml::Kind::kString: return Value::string(node.as_string()).with_origin(&node);
    case yaml::Kind::kSequence: return Value::foreign_list(&node, &adapter).with_origin(&node);
    case yaml::Kind::kMapping: return Value::foreign_map(&node, &adapter).with_origin(&node);
  }
  return Value::null();
}

const yaml::Node* node_of(const cel::Value& value) {
  if (value.is_foreign()) {
    const bool is_of_document =
        value.adapter() == &document_adapter() || value.adapter() == &raw_document_adapter();
    return is_of_document ? &as_node(value.node()) : node_of(value.origin());
  }
  if (value.is(cel::ValueKind::kList) || value.is(cel::ValueKind::kMap)) return nullptr;
  return node_of(value.origin());
}

const yaml::Node* node_of(cel::Origin origin) {
  return static_cast<const yaml::Node*>(origin);
}

cel::Value absent_mapping(const yaml::Node& nearest) {
  static const Source kSource(std::make_shared<FileName>(), "{}");
  static const yaml::File kFile = yaml::read(kSource);
  return cel::Value::foreign_map(kFile.documents.front().root, &document_adapter())
      .with_origin(&nearest);
}

}  // namespace tidewaiter::rules
