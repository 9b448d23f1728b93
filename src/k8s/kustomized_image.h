#ifndef TIDEWAITER_K8S_KUSTOMIZED_IMAGE_H_
#define TIDEWAITER_K8S_KUSTOMIZED_IMAGE_H_

#include <optional>
#include <string>
#include <string_view>

#include "k8s/kustomization.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// What a kustomization makes of an image.
struct KustomizedImage {
  std::string text;
  /// In the kustomization the tag or digest that was given; null when only the name was.
  const yaml::Node* tag_from = nullptr;
  bool changes_name = false;
};

/// The image that `images` gives instead of the one written; no value when no entry names it.
/// Names are compared as text, although kustomize takes them for regular expressions. Each
/// entry changes what those before it made, until that is longer than any image.
/// Source: sigs.k8s.io/kustomize, api/filters/imagetag/updater.go and api/internal/image.
std::optional<KustomizedImage> image_under(const Kustomization& kustomization,
                                           std::string_view image);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_KUSTOMIZED_IMAGE_H_
