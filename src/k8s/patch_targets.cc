#include "k8s/patch_targets.h"

#include <cstdint>
#include <memory>

#include "base/source.h"
#include "k8s/node_path.h"
#include "yaml/file.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

// Aliases can repeat a text; beyond this all is taken for patched.
constexpr std::size_t kMostInlineBytes = 1U << 20U;

/// A selector is a regular expression; one that is more than a name matches who knows what.
std::string_view literal(std::string_view pattern) {
  return pattern.find_first_of("*+?()[]{}|^$\\") == std::string_view::npos ? pattern
                                                                           : std::string_view();
}

std::string joined(std::string_view kind, std::string_view name) {
  std::string text(kind);
  text += '/';
  return text += name;
}

bool is_inline(std::string_view text) {
  return text.find('\n') != std::string_view::npos || text.find('{') != std::string_view::npos;
}

}  // namespace

void PatchTargets::add(std::string_view kind, std::string_view name) {
  if (kind.empty() && name.empty()) {
    add_everything();
  } else if (name.empty()) {
    kinds_.emplace(kind);
  } else if (kind.empty()) {
    names_.emplace(name);
  } else {
    both_.insert(joined(kind, name));
  }
}

void PatchTargets::add_selector(const Node* selector) {
  if (selector == nullptr) return add_everything();
  add(literal(text_at(selector, "kind")), literal(text_at(selector, "name")));
}

/// The object that a strategic merge patch is a part of.
void PatchTargets::add_object(const Node& object) {
  const Node* const metadata = object.find("metadata");
  if (!object.is_mapping() || metadata == nullptr) return add_everything();
  add(text_at(&object, "kind"), text_at(metadata, "name"));
}

void PatchTargets::add_text(std::string_view patch) {
  inline_bytes_ += patch.size();
  if (inline_bytes_ > kMostInlineBytes) return add_everything();
  const Source source(std::make_shared<const FileName>(), std::string(patch));
  const yaml::File file = yaml::read(source);
  for (const yaml::Document& document : file.documents) {
    if (document.root != nullptr) add_object(*document.root);
    if (document.state == yaml::DocumentState::kRejected) add_everything();
  }
}

void PatchTargets::add_files(std::string_view path, const Documents& documents) {
  const auto found = documents(path);
  if (!found) return add_everything();
  for (const Node* const document : *found) add_object(*document);
}

void PatchTargets::add_patch(const Node& patch, const Documents& documents) {
  if (const std::string_view text = patch.as_string(); !text.empty()) {
    return is_inline(text) ? add_text(text) : add_files(text, documents);
  }
  if (const Node* const target = patch.find("target");
      target != nullptr && target->is_mapping()) {
    return add_selector(target);
  }
  const std::string_view path = text_at(&patch, "path");
  return path.empty() ? add_text(text_at(&patch, "patch")) : add_files(path, documents);
}

void PatchTargets::add_replacement(const Node& replacement, const Documents& documents) {
  if (const std::string_view path = text_at(&replacement, "path"); !path.empty()) {
    const auto found = documents(path);
    if (!found) return add_everything();
    for (const Node* const document : *found) {
      if (!document->is_sequence()) add_targets(*document);
      for (const Node* const one : nodes_at(*document, "*")) add_targets(*one);
    }
    return;
  }
  add_targets(replacement);
}

void PatchTargets::add_targets(const Node& replacement) {
  const auto targets = nodes_at(replacement, "targets.*");
  if (targets.empty()) return add_everything();
  for (const Node* const target : targets) add_selector(target->find("select"));
}

void PatchTargets::add(const Kustomization& kustomization, const Documents& documents) {
  const auto add_each = [&](std::string_view field, auto add_item) {
    const Node* const list = kustomization.root->find(field);
    if (list == nullptr || !list->is_sequence()) return;
    for (std::uint32_t i = 0; i < list->size() && !all_; ++i) {
      (this->*add_item)(list->item(i), documents);
    }
  };
  for (const std::string_view field : {"patches", "patchesStrategicMerge", "patchesJson6902"}) {
    add_each(field, &PatchTargets::add_patch);
  }
  add_each("replacements", &PatchTargets::add_replacement);
  const Node* const transformers = kustomization.root->find("transformers");
  if (transformers != nullptr && transformers->size() > 0) add_everything();
}

void PatchTargets::add_scaled(const Kustomization& kustomization) {
  for (const Kustomization::Replicas& replicas : kustomization.replicas) {
    for (const std::string_view kind : Kustomization::kScaledKinds) add(kind, replicas.name);
  }
}

bool PatchTargets::holds(std::string_view kind, std::string_view name) const {
  return all_ || kinds_.contains(kind) || names_.contains(name) ||
         (!both_.empty() && both_.contains(joined(kind, name)));
}

}  // namespace tidewaiter::k8s
