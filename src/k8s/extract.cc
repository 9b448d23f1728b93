#include "k8s/extract.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/path.h"
#include "k8s/group_kind.h"
#include "k8s/names.h"
#include "k8s/node_path.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

/// How many items of Lists may be reached through aliases in one document: an alias costs its
/// author two bytes, a resource costs us a few hundred.
constexpr std::uint32_t kMaxAliasedItems = 10'000;

/// Files of other programs that write apiVersion or kind (TW003).
constexpr std::string_view kForeignFiles[] = {
    "Chart.yaml",        "Chart.lock",    "kustomization.yaml",
    "kustomization.yml", "Kustomization", "skaffold.yaml",
};

/// Groups of files that programs read and no cluster stores (TW003).
constexpr std::string_view kForeignGroups[] = {
    "kustomize.config.k8s.io", "kubeadm.k8s.io", "kubelet.config.k8s.io", "audit.k8s.io",
    "apiserver.config.k8s.io", "kind.x-k8s.io",  "cli.kyverno.io",
};

bool is_foreign_group(std::string_view group) {
  return group.ends_with(".config.k8s.io") ||
         std::ranges::find(kForeignGroups, group) != std::end(kForeignGroups);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// `v1`, `v1beta1`, or group/version: what tells an apiVersion from, say, a date.
bool looks_like_api_version(std::string_view text) {
  const GroupVersion parts = split_api_version(text);
  if (text.find('/') != std::string_view::npos) {
    return is_dns1123_subdomain(parts.group) && is_dns1123_label(parts.version);
  }
  return is_dns1123_label(text) && text.size() >= 2 && text[0] == 'v' && is_digit(text[1]);
}

/// CamelCase with a capital first, as every kind of a cluster.
bool looks_like_kind(std::string_view text) {
  if (text.empty() || text[0] < 'A' || text[0] > 'Z') return false;
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c);
  });
}

/// The value when it is a mapping: a view on anything else would be of no use to a rule.
const Node* mapping_at(const Node* mapping, std::string_view key) {
  const Node* const value = mapping == nullptr ? nullptr : mapping->find(key);
  return value != nullptr && value->is_mapping() ? value : nullptr;
}

/// The entry is there, not null and not an empty text.
bool is_set(const Node* mapping, std::string_view key) {
  const Node* const value = mapping == nullptr ? nullptr : mapping->find(key);
  if (value == nullptr || value->is_null()) return false;
  return !value->is_string() || !value->as_string().empty();
}

bool has_owner(const Node& object) {
  const Node* const metadata = object.find("metadata");
  const Node* const owners = metadata == nullptr ? nullptr : metadata->find("ownerReferences");
  return owners != nullptr && owners->size() > 0;
}

void set_template(Resource& resource, const Node* pod_template) {
  resource.pod = mapping_at(pod_template, "spec");
  resource.pod_meta = mapping_at(pod_template, "metadata");
}

void set_views(Resource& resource, const PodTemplatePaths& paths) {
  const Node& object = *resource.object;
  const Node* const spec = mapping_at(&object, "spec");
  const PodPlace place = pod_place_of(resource.group, resource.kind);
  resource.is_pod_kind = place != PodPlace::kNone;
  resource.is_workload = resource.is_pod_kind;
  switch (place) {
    case PodPlace::kItself:
      set_template(resource, &object);
      resource.is_workload = !has_owner(object);
      return;
    case PodPlace::kTemplate: set_template(resource, mapping_at(spec, "template")); return;
    case PodPlace::kJob: resource.job = spec; break;
    case PodPlace::kCronJob:
      resource.job = mapping_at(mapping_at(spec, "jobTemplate"), "spec");
      break;
    case PodPlace::kNone: {
      const auto* const path = paths.find(resource.group, resource.kind);
      if (path == nullptr) return;
      resource.is_pod_kind = true;
      const Node* node = &object;
      for (const std::string& field : *path) node = mapping_at(node, field);
      set_template(resource, node);
      return;
    }
  }
  set_template(resource, mapping_at(resource.job, "template"));
}

/// Walks the documents of one file.
class Extractor {
 public:
  Extractor(const Source& source, const yaml::File& file, const PodTemplatePaths& paths)
      : source_(source), file_(file), paths_(paths) {
    const std::string_view name = base_name(source.name()->shown);
    foreign_file_ = std::ranges::find(kForeignFiles, name) != std::end(kForeignFiles);
  }

  Extraction run() {
    result_.contents.reserve(file_.documents.size());
    result_.resources.reserve(file_.documents.size());
    for (const yaml::Document& document : file_.documents) {
      result_.contents.push_back(read_document(document));
    }
    return std::move(result_);
  }

 private:
  /// A List that is being opened.
  struct OpenList {
    const Node* items = nullptr;
    std::uint32_t next = 0;
    std::string_view api_version;  ///< Of the List: for items that state none.
    std::string_view item_kind;
    bool aliased = false;  ///< The List, or one around it, stands there by an alias.
  };

  Content read_document(const yaml::Document& document) {
    switch (document.state) {
      case yaml::DocumentState::kNull: return Content::kEmpty;
      case yaml::DocumentState::kRejected: return Content::kRejected;
      case yaml::DocumentState::kTemplate: return Content::kTemplate;
      case yaml::DocumentState::kRead: break;
    }
    document_ = &document;
    aliased_items_ = 0;
    lists_.clear();
    const Content content = read_object(*document.root, {});
    while (!lists_.empty()) {
      OpenList& list = lists_.back();
      if (list.next == list.items->size()) {
        lists_.pop_back();
        continue;
      }
      const Node& item = list.items->item(list.next++);
      OpenList around = list;  // read_object may push and so move `list`
      around.aliased = list.aliased || item.is_alias();
      if (around.aliased && ++aliased_items_ > kMaxAliasedItems) {
        give_up(*list.items);
        break;
      }
      read_object(item, around);
    }
    return content;
  }

  void give_up(const Node& items) {
    result_.faults.push_back(
        {.kind = Fault::Kind::kTooManyItems,
         .at = &items,
         .message = fmt::format("Aliases repeat the items of this List more than {} times, so "
                                "the rest of the document is not read; write the items out.",
                                kMaxAliasedItems),
         .object = document_->root,
         .document = document_});
  }

  /// Reads a document's root or, with `around`, an item of a List.
  Content read_object(const Node& object, const OpenList& around) {
    const bool is_item = around.items != nullptr;
    if (!object.is_mapping()) return read_stray(object, around);
    const Node* const api_version = object.find("apiVersion");
    const Node* const kind = object.find("kind");
    const bool has_version = is_set(&object, "apiVersion");
    const bool has_kind = is_set(&object, "kind");
    if (!has_version && !has_kind) return read_bare_item(object, around);

    const std::string_view version_text =
        api_version == nullptr ? std::string_view() : api_version->as_string();
    const std::string_view kind_text = kind == nullptr ? std::string_view() : kind->as_string();
    if (open_list(object, kind_text, version_text, is_item && around.aliased)) {
      return Content::kResources;
    }
    if (!looks_like_api_version(version_text) && !looks_like_kind(kind_text)) {
      return Content::kNotKubernetes;
    }
    // A number or the like is as good as none: the API server wants text.
    if (version_text.empty() || kind_text.empty()) {
      if (is_exempt(version_text, kind_text)) return Content::kNotKubernetes;
      add_missing(object, version_text, kind_text);
      return Content::kNotAResource;
    }
    add_resource(object, version_text, kind_text);
    return Content::kResources;
  }

  /// An object without apiVersion and kind: client-go gives an item of a typed List those of
  /// its List. An item without metadata was meant for no cluster.
  Content read_bare_item(const Node& object, const OpenList& around) {
    if (around.item_kind.empty()) return read_stray(object, around);
    if (around.api_version.empty() || mapping_at(&object, "metadata") == nullptr) {
      return Content::kNotKubernetes;
    }
    add_resource(object, around.api_version, around.item_kind);
    return Content::kResources;
  }

  /// What shows no sign of Kubernetes: fine as a document, but not as an item of `kind: List`.
  Content read_stray(const Node& object, const OpenList& around) {
    if (around.items == nullptr || !around.item_kind.empty()) return Content::kNotKubernetes;
    add_fault(object, object,
              "This item of a List has neither apiVersion nor kind, so kubectl rejects the "
              "List; write a whole object, or remove the item.");
    return Content::kNotAResource;
  }

  bool open_list(const Node& object, std::string_view kind, std::string_view api_version,
                 bool aliased) {
    if (!kind.ends_with("List")) return false;
    const Node* const items = object.find("items");
    const bool is_plain_list = kind == "List" && (items == nullptr || items->is_null());
    if (is_plain_list) return true;
    if (items == nullptr || !items->is_sequence()) return false;
    lists_.push_back({.items = items,
                      .next = 0,
                      .api_version = api_version,
                      .item_kind = kind.substr(0, kind.size() - 4),
                      .aliased = aliased || items->is_alias()});
    return true;
  }

  bool is_exempt(std::string_view api_version, std::string_view kind) const {
    return foreign_file_ || kind == "Config" || kind == "List" ||
           is_foreign_group(split_api_version(api_version).group);
  }

  void add_resource(const Node& object, std::string_view api_version, std::string_view kind) {
    const GroupVersion version = split_api_version(api_version);
    const Node* const metadata = mapping_at(&object, "metadata");
    Resource resource{.source = &source_,
                      .document = document_,
                      .object = &object,
                      .group = version.group,
                      .version = version.version,
                      .kind = kind,
                      .namespace_ = text_at(metadata, "namespace"),
                      .name = text_at(metadata, "name")};
    set_views(resource, paths_);
    result_.resources.push_back(resource);
    if (is_set(metadata, "name") || is_set(metadata, "generateName")) return;
    if (!is_exempt(api_version, kind)) add_nameless(object, kind);
  }

  void add_nameless(const Node& object, std::string_view kind) {
    const Node* const metadata = object.find("metadata");
    const std::string message =
        metadata == nullptr
            ? fmt::format(
                  "This '{}' has no metadata, so no cluster can take it; add "
                  "'metadata:' with a 'name:'.",
                  kind)
            : fmt::format(
                  "This '{}' has neither metadata.name nor metadata.generateName, so "
                  "no cluster can take it; add a 'name:' to its metadata.",
                  kind);
    const Node* const own_kind = object.find("kind");
    const Node& at = metadata != nullptr ? *metadata : own_kind != nullptr ? *own_kind : object;
    add_fault(at, object, message);
  }

  void add_missing(const Node& object, std::string_view api_version, std::string_view kind) {
    if (!kind.empty()) {
      const std::string_view usual = usual_api_version(kind);
      add_fault(object, object,
                usual.empty()
                    ? fmt::format("This document has kind '{}' but no apiVersion, so kubectl "
                                  "rejects it; add the apiVersion of that kind.",
                                  kind)
                    : fmt::format("This document has kind '{}' but no apiVersion, so kubectl "
                                  "rejects it; add 'apiVersion: {}'.",
                                  kind, usual));
      return;
    }
    add_fault(object, object,
              fmt::format("This document has apiVersion '{}' but no kind, so kubectl rejects "
                          "it; add the kind of object that it describes.",
                          api_version));
  }

  void add_fault(const Node& at, const Node& object, std::string message) {
    result_.faults.push_back({.kind = Fault::Kind::kNotAResource,
                              .at = &at,
                              .message = std::move(message),
                              .object = &object,
                              .document = document_});
  }

  const Source& source_;
  const yaml::File& file_;
  const PodTemplatePaths& paths_;
  bool foreign_file_ = false;
  const yaml::Document* document_ = nullptr;
  std::uint32_t aliased_items_ = 0;
  std::vector<OpenList> lists_;
  Extraction result_;
};

}  // namespace

std::string api_version_of(const Resource& resource) {
  if (resource.group.empty()) return std::string(resource.version);
  return fmt::format("{}/{}", resource.group, resource.version);
}

std::string_view generate_name_of(const Resource& resource) {
  return text_at(mapping_at(resource.object, "metadata"), "generateName");
}

Extraction extract_resources(const Source& source, const yaml::File& file,
                             const PodTemplatePaths& paths) {
  return Extractor(source, file, paths).run();
}

}  // namespace tidewaiter::k8s
