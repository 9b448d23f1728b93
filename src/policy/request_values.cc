#include "policy/request_values.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "cel/value_build.h"
#include "cel/value_read.h"

namespace tidewaiter::policy {
namespace {

using cel::MapBuilder;
using cel::Value;

Value text(std::string_view value) {
  return Value::string(value);
}

/// The node of the object's metadata that says `field`, else metadata, else the object.
const yaml::Node* metadata_place(const AdmissionRequest& request, std::string_view field) {
  const yaml::Node* object = request.object != nullptr ? request.object : request.old_object;
  if (object == nullptr) return nullptr;
  const yaml::Node* metadata = object->find("metadata");
  if (metadata == nullptr) return object;
  const yaml::Node* found = metadata->find(field);
  return found != nullptr ? found : metadata;
}

const yaml::Node* root_place(const AdmissionRequest& request, std::string_view field) {
  return request.object == nullptr ? nullptr : request.object->find(field);
}

/// An entry that is absent when it has nothing to say, as Go's `omitempty`.
void add_unless_empty(MapBuilder& map, std::string_view key, std::string_view value,
                      cel::Origin origin = nullptr) {
  if (!value.empty()) map.add(text(key), text(value).with_origin(origin));
}

Value kind_value(const AdmissionRequest& request, cel::Arena& arena) {
  MapBuilder map(arena);
  const yaml::Node* api_version = root_place(request, "apiVersion");
  map.add(text("group"), text(request.group).with_origin(api_version));
  map.add(text("version"), text(request.version).with_origin(api_version));
  map.add(text("kind"), text(request.kind).with_origin(root_place(request, "kind")));
  return map.build();
}

Value resource_value(const AdmissionRequest& request, cel::Arena& arena) {
  MapBuilder map(arena);
  const yaml::Node* api_version = root_place(request, "apiVersion");
  map.add(text("group"), text(request.group).with_origin(api_version));
  map.add(text("version"), text(request.version).with_origin(api_version));
  map.add(text("resource"), text(request.resource).with_origin(root_place(request, "kind")));
  return map.build();
}

Value texts(const std::vector<std::string>& values, cel::Arena& arena) {
  cel::ListBuilder list(arena, values.size());
  for (const std::string& value : values) list.add(text(value));
  return list.build();
}

Value user_value(const UserInfo* user, cel::Arena& arena) {
  MapBuilder map(arena);
  if (user == nullptr) return map.build();
  add_unless_empty(map, "username", user->username);
  add_unless_empty(map, "uid", user->uid);
  if (!user->groups.empty()) map.add(text("groups"), texts(user->groups, arena));
  if (!user->extra.empty()) {
    MapBuilder extra(arena);
    for (const auto& [key, values] : user->extra) extra.add(text(key), texts(values, arena));
    map.add(text("extra"), extra.build());
  }
  return map.build();
}

constexpr std::string_view kNameLabel = "kubernetes.io/metadata.name";

/// The labels as the manifest has them, and the one that every namespace has.
Value labels_value(const Value& stated, std::string_view name, cel::Arena& arena) {
  MapBuilder map(arena);
  Value key;
  Value value;
  for (cel::MapCursor cursor(stated); cursor.next(key, value);) map.add(key, value);
  if (cel::find_key(stated, kNameLabel).is(cel::ValueKind::kAbsent)) {
    map.add(text(kNameLabel), text(name));
  }
  return map.build();
}

Value namespace_metadata(const Value& stated, std::string_view name, cel::Arena& arena) {
  MapBuilder map(arena);
  map.add(text("name"), text(name));
  map.add(text("labels"), labels_value(cel::find_key(stated, "labels"), name, arena));
  // The API server shows these only (CreateNamespaceObject).
  for (const std::string_view field :
       {"generateName", "annotations", "uid", "creationTimestamp", "deletionGracePeriodSeconds",
        "deletionTimestamp", "generation", "resourceVersion", "finalizers"}) {
    const Value value = cel::find_key(stated, field);
    if (!value.is(cel::ValueKind::kAbsent)) map.add(text(field), value);
  }
  return map.build();
}

/// `spec` or `status`, which every namespace has.
Value part_of(const Value& manifest, std::string_view field, cel::Arena& arena) {
  const Value part = cel::find_key(manifest, field);
  return part.is(cel::ValueKind::kMap) ? part : MapBuilder(arena).build();
}

}  // namespace

Value request_value(const AdmissionRequest& request, cel::Arena& arena) {
  const Value kind = kind_value(request, arena);
  const Value resource = resource_value(request, arena);
  MapBuilder map(arena);
  map.add(text("kind"), kind);
  map.add(text("resource"), resource);
  add_unless_empty(map, "subResource", request.sub_resource);
  map.add(text("requestKind"), kind);
  map.add(text("requestResource"), resource);
  add_unless_empty(map, "requestSubResource", request.sub_resource);
  add_unless_empty(map, "name", request.name, metadata_place(request, "name"));
  add_unless_empty(map, "namespace", request.namespace_, metadata_place(request, "namespace"));
  map.add(text("operation"), text(request.operation));
  map.add(text("userInfo"), user_value(request.user, arena));
  map.add(text("dryRun"), Value::boolean(false));
  map.add(text("options"), MapBuilder(arena).build());
  return map.build();
}

Value namespace_value(const EvaluationInput& input, const ManifestValues& manifests,
                      cel::Arena& arena) {
  const AdmissionRequest& request = *input.request;
  if (!request.namespaced) return Value::null();
  if (input.namespace_object == nullptr && input.namespace_name.empty()) return Value::null();
  const Value manifest = input.namespace_object == nullptr
                             ? Value::absent()
                             : manifests.value_of(*input.namespace_object);
  const Value metadata = cel::find_key(manifest, "metadata");
  const Value stated_name = cel::find_key(metadata, "name");
  const std::string_view name =
      stated_name.is(cel::ValueKind::kString) ? stated_name.as_string() : input.namespace_name;
  MapBuilder map(arena);
  map.add(text("metadata"), namespace_metadata(metadata, name, arena));
  map.add(text("spec"), part_of(manifest, "spec", arena));
  map.add(text("status"), part_of(manifest, "status", arena));
  return map.build().with_origin(metadata_place(request, "namespace"));
}

}  // namespace tidewaiter::policy
