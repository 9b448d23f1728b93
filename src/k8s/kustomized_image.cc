#include "k8s/kustomized_image.h"

#include <algorithm>
#include <utility>

namespace tidewaiter::k8s {
namespace {

constexpr std::string_view kDigestMark = "@sha256:";
constexpr std::size_t kLongestImage = 1'000;

bool is_tag_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_.{}-").find(c) != std::string_view::npos;
}

struct Parts {
  std::string name;
  std::string tag;
  std::string digest;
};

/// The parts of an image that `name` names with or without tag and digest; no value for others.
std::optional<Parts> parts_of(std::string_view image, std::string_view name) {
  if (!image.starts_with(name)) return std::nullopt;
  Parts parts{.name = std::string(name), .tag = {}, .digest = {}};
  std::string_view rest = image.substr(name.size());
  const std::size_t mark = rest.find(kDigestMark);
  if (mark != rest.npos) {
    parts.digest = rest.substr(mark + 1);
    const std::string_view sum = rest.substr(mark + kDigestMark.size());
    if (!std::ranges::all_of(sum, is_tag_character)) return std::nullopt;
    rest = rest.substr(0, mark);
  }
  if (rest.empty()) return parts;
  if (rest.front() != ':') return std::nullopt;
  parts.tag = rest.substr(1);
  if (!std::ranges::all_of(parts.tag, is_tag_character)) return std::nullopt;
  return parts;
}

std::string text_of(const yaml::Node* node) {
  return node == nullptr ? std::string() : std::string(node->as_string());
}

std::string changed(Parts parts, const Kustomization::ImageChange& change) {
  if (change.new_name != nullptr) parts.name = change.new_name->as_string();
  if (change.new_tag != nullptr || change.digest != nullptr) {
    parts.tag = text_of(change.new_tag);
    parts.digest = text_of(change.digest);
  } else if (change.tag_suffix != nullptr) {
    parts.tag += change.tag_suffix->as_string();
    parts.digest.clear();
  }
  std::string text = std::move(parts.name);
  if (!parts.tag.empty()) text += ':' + parts.tag;
  if (!parts.digest.empty()) text += '@' + parts.digest;
  return text;
}

const yaml::Node* tag_of(const Kustomization::ImageChange& change) {
  for (const yaml::Node* const node : {change.new_tag, change.digest, change.tag_suffix}) {
    if (node != nullptr) return node;
  }
  return nullptr;
}

}  // namespace

std::optional<KustomizedImage> image_under(const Kustomization& kustomization,
                                           std::string_view image) {
  std::optional<KustomizedImage> result;
  for (const Kustomization::ImageChange& change : kustomization.images) {
    const yaml::Node* const tag = tag_of(change);
    if (tag == nullptr && change.new_name == nullptr) continue;
    const std::string_view before = result ? std::string_view(result->text) : image;
    if (before.size() > kLongestImage) break;
    auto parts = parts_of(before, change.name);
    if (!parts) continue;
    if (!result) result.emplace();
    result->text = changed(*std::move(parts), change);
    if (tag != nullptr) result->tag_from = tag;
    result->changes_name = result->changes_name || change.new_name != nullptr;
  }
  return result;
}

}  // namespace tidewaiter::k8s
