#ifndef TIDEWAITER_ENGINE_KUSTOMIZATIONS_H_
#define TIDEWAITER_ENGINE_KUSTOMIZATIONS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/loaded_file.h"
#include "k8s/kustomization.h"
#include "yaml/node.h"

namespace tidewaiter::engine {

/// The kustomizations among the files of a run, and what of the run each of them lists. Paths
/// are compared as text; what is listed and was not read (another repository, a folder outside
/// of what is linted, a missing file) makes a kustomization open. Borrows the files, which are
/// known by their positions.
class Kustomizations {
 public:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFFU;

  struct Entry {
    std::uint32_t file = 0;
    k8s::Kustomization fields;
    std::vector<std::uint32_t> files;       ///< That it lists; ascending, each once.
    std::vector<std::uint32_t> bases;       ///< Other kustomizations, by number; in order.
    std::vector<std::uint32_t> components;  ///< Likewise.
    bool is_open = false;
  };

  explicit Kustomizations(std::span<const LoadedFile> files);

  /// In the order of their files.
  const std::vector<Entry>& all() const { return entries_; }
  /// The number of the kustomization whose folder, the nearest of the file's own scope, holds
  /// the file; kNone: of none.
  std::uint32_t owner_of(std::uint32_t file) const { return owners_[file]; }
  /// The documents of a file as a kustomization writes its path; no value when it was not read.
  std::optional<std::vector<const yaml::Node*>> documents(const Entry& from,
                                                          std::string_view path) const;

 private:
  void find_entries();
  void find_owners();
  void resolve(Entry& entry);
  void resolve(Entry& entry, std::span<const std::string_view> paths,
               std::vector<std::uint32_t>& kustomizations);
  std::string place_of(const Entry& from, std::string_view path) const;

  std::span<const LoadedFile> files_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> owners_;  // by file
  std::unordered_map<std::string, std::uint32_t> by_path_;
  std::unordered_map<std::string, std::uint32_t> by_folder_;
};

/// Lets the resources of each folder have the namespaces, names and replicas that its
/// kustomization gives those that it lists (k8s::apply). The others get the namespace alone,
/// and only as fields of k8s::Resource: should they be deployed, then beside those that are
/// listed. Fills LoadedFile::written.
void apply_kustomizations(std::span<LoadedFile> files);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_KUSTOMIZATIONS_H_
