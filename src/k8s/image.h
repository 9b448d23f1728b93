#ifndef TIDEWAITER_K8S_IMAGE_H_
#define TIDEWAITER_K8S_IMAGE_H_

#include <string>
#include <string_view>

#include "tidewaiter/result.h"

namespace tidewaiter::k8s {

/// The reference of a container image, normalized: "nginx:1" is docker.io, library/nginx, 1.
/// The views borrow from the text (or are static).
struct Image {
  /// With its port; "docker.io" where none is written; empty for one that is no host name but
  /// could be part of a repository ("foo_bar.com/app").
  std::string_view registry;
  std::string repository;   ///< "library/nginx"; docker.io's own prefix included.
  std::string_view name;    ///< The last part of the repository: "nginx".
  std::string_view tag;     ///< Empty when absent; not "latest".
  std::string_view digest;  ///< "sha256:…", empty when absent.
};

/// Parses a reference as the kubelet does: ParseNormalizedNamed of
/// github.com/distribution/reference v0.6.0. The error's message is the end of a sentence that
/// says what is at fault: "its repository 'Nginx' has upper-case letters". Linear.
Result<Image> parse_image(std::string_view text);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_IMAGE_H_
