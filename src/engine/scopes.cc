#include "engine/scopes.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace tidewaiter::engine {
namespace {

struct Members {
  std::string_view name;
  std::vector<const LoadedFile*> files;
};

/// The files of each scope, in the order of their first files.
std::vector<Members> members_of(std::span<const LoadedFile> files) {
  std::vector<Members> all;
  std::unordered_map<std::string_view, std::size_t> by_name;
  for (const LoadedFile& file : files) {
    if (file.source == nullptr || !file.input->linted) continue;
    const auto [it, is_new] = by_name.try_emplace(file.input->scope, all.size());
    if (is_new) all.push_back({.name = it->first, .files = {}});
    all[it->second].files.push_back(&file);
  }
  return all;
}

}  // namespace

Scopes::Scopes(std::span<const LoadedFile> files) {
  for (const Members& members : members_of(files)) {
    std::vector<const k8s::Resource*> resources;
    for (const LoadedFile* file : members.files) {
      for (const k8s::Resource& resource : file->extraction.resources) {
        resources.push_back(&resource);
      }
    }
    scopes_.push_back({.name = members.name, .scope = k8s::Scope(std::move(resources))});
    for (const LoadedFile* file : members.files) {
      by_source_.emplace(file->source.get(), &scopes_.back().scope);
    }
  }
}

const k8s::Scope& Scopes::of(const k8s::Resource& resource) const {
  const auto it = by_source_.find(resource.source);
  return it == by_source_.end() ? none_ : *it->second;
}

}  // namespace tidewaiter::engine
