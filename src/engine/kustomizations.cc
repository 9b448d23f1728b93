#include "engine/kustomizations.h"

#include <algorithm>

#include "base/path.h"
#include "engine/normal_path.h"
#include "k8s/builtin_kinds.h"

namespace tidewaiter::engine {
namespace {

bool is_read(const LoadedFile& file) {
  return file.source != nullptr && file.input->linted;
}

/// Whether all that the file holds is known.
bool is_understood(const LoadedFile& file) {
  return std::ranges::none_of(file.extraction.contents, [](k8s::Content content) {
    return content == k8s::Content::kRejected || content == k8s::Content::kTemplate;
  });
}

void sort_once(std::vector<std::uint32_t>& numbers) {
  std::ranges::sort(numbers);
  const auto repeated = std::ranges::unique(numbers);
  numbers.erase(repeated.begin(), repeated.end());
}

}  // namespace

Kustomizations::Kustomizations(std::span<const LoadedFile> files) : files_(files) {
  find_entries();
  owners_.resize(files.size(), kNone);
  if (entries_.empty()) return;
  for (std::uint32_t i = 0; i < files_.size(); ++i) {
    if (is_read(files_[i])) by_path_.emplace(normal_path(files_[i].input->path), i);
  }
  find_owners();
  for (Entry& entry : entries_) resolve(entry);
}

void Kustomizations::find_entries() {
  for (std::uint32_t i = 0; i < files_.size(); ++i) {
    const LoadedFile& file = files_[i];
    if (!is_read(file) || !k8s::is_kustomization_name(base_name(file.input->path))) continue;
    const auto& documents = file.yaml.documents;
    const auto document = std::ranges::find_if(
        documents, [](const yaml::Document& d) { return d.root != nullptr; });
    if (document == documents.end()) continue;
    auto fields = k8s::read_kustomization(*document->root);
    if (!fields) continue;
    const auto number = static_cast<std::uint32_t>(entries_.size());
    if (!by_folder_.emplace(folder_of(normal_path(file.input->path)), number).second) continue;
    entries_.push_back({.file = i,
                        .fields = *std::move(fields),
                        .files = {},
                        .bases = {},
                        .components = {},
                        .is_open = !is_understood(file)});
  }
}

void Kustomizations::find_owners() {
  for (std::uint32_t i = 0; i < files_.size(); ++i) {
    if (!is_read(files_[i])) continue;
    for (std::string folder = folder_of(normal_path(files_[i].input->path));;) {
      const auto found = by_folder_.find(folder);
      if (found != by_folder_.end() &&
          files_[entries_[found->second].file].input->scope == files_[i].input->scope) {
        owners_[i] = found->second;
        break;
      }
      std::string above = folder_of(folder);
      if (above == folder || folder == ".." || folder.ends_with("/..")) break;
      folder = std::move(above);
    }
  }
}

std::string Kustomizations::place_of(const Entry& from, std::string_view path) const {
  return path_written_in(files_[from.file].input->path, path);
}

void Kustomizations::resolve(Entry& entry, std::span<const std::string_view> paths,
                             std::vector<std::uint32_t>& kustomizations) {
  for (const std::string_view path : paths) {
    const std::string place = place_of(entry, path);
    if (const auto folder = by_folder_.find(place); folder != by_folder_.end()) {
      kustomizations.push_back(folder->second);
      continue;
    }
    const auto file = by_path_.find(place);
    if (file == by_path_.end()) {
      entry.is_open = true;
      continue;
    }
    entry.files.push_back(file->second);
    entry.is_open = entry.is_open || !is_understood(files_[file->second]);
  }
}

void Kustomizations::resolve(Entry& entry) {
  entry.is_open = entry.is_open || entry.fields.makes_unknown;
  resolve(entry, entry.fields.resources, entry.bases);
  resolve(entry, entry.fields.components, entry.components);
  sort_once(entry.files);
  sort_once(entry.bases);
  sort_once(entry.components);
}

std::optional<std::vector<const yaml::Node*>> Kustomizations::documents(
    const Entry& from, std::string_view path) const {
  const auto found = by_path_.find(place_of(from, path));
  if (found == by_path_.end() || !is_understood(files_[found->second])) return std::nullopt;
  std::vector<const yaml::Node*> roots;
  for (const yaml::Document& document : files_[found->second].yaml.documents) {
    if (document.root != nullptr) roots.push_back(document.root);
  }
  return roots;
}

void apply_kustomizations(std::span<LoadedFile> files) {
  const Kustomizations kustomizations(files);
  if (kustomizations.all().empty()) return;
  for (std::uint32_t i = 0; i < files.size(); ++i) {
    const std::uint32_t owner = kustomizations.owner_of(i);
    if (owner == Kustomizations::kNone) continue;
    const Kustomizations::Entry& entry = kustomizations.all()[owner];
    LoadedFile& file = files[i];
    const bool is_listed = std::ranges::binary_search(entry.files, i);
    for (k8s::Resource& resource : file.extraction.resources) {
      file.written.push_back({.namespace_ = resource.namespace_, .name = resource.name});
      if (is_listed) {
        k8s::apply(entry.fields, resource, file.yaml, file.names);
      } else if (entry.fields.namespace_ != nullptr && resource.namespace_.empty() &&
                 k8s::scope_of_kind(resource.group, resource.kind) !=
                     k8s::KindScope::kCluster) {
        resource.namespace_ = entry.fields.namespace_->as_string();
      }
    }
  }
}

}  // namespace tidewaiter::engine
