#include "engine/normal_path.h"

#include <filesystem>

namespace tidewaiter::engine {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::string text = path.lexically_normal().generic_string();
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text.empty() ? "." : text;
}

}  // namespace

std::string normal_path(std::string_view path) {
  return text_of(path);
}

std::string folder_of(std::string_view path) {
  return text_of(std::filesystem::path(path).parent_path());
}

std::string path_written_in(std::string_view path, std::string_view written) {
  return text_of(std::filesystem::path(path).parent_path() / written);
}

}  // namespace tidewaiter::engine
