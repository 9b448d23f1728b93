#ifndef TIDEWAITER_TESTS_K8S_MANIFEST_H_
#define TIDEWAITER_TESTS_K8S_MANIFEST_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/source.h"
#include "k8s/extract.h"
#include "yaml/file.h"

namespace tidewaiter::testing {

/// A manifest read from text, with its resources. Not movable: everything borrows from it.
class Manifest {
 public:
  explicit Manifest(std::string text, std::string name = "x.yaml",
                    const k8s::PodTemplatePaths& paths = {})
      : source_(std::make_shared<const FileName>(FileName{.shown = name, .uri = name}),
                std::move(text)),
        file_(yaml::read(source_)),
        found_(k8s::extract_resources(source_, file_, paths)) {}
  Manifest(const Manifest&) = delete;
  Manifest& operator=(const Manifest&) = delete;

  const k8s::Extraction& found() const { return found_; }
  const k8s::Resource& resource(std::size_t i) const { return found_.resources.at(i); }
  /// The root of document `i`.
  const yaml::Node& root(std::size_t i = 0) const { return *file_.documents.at(i).root; }
  std::string_view text(const yaml::Node* node) const { return source_.text(node->span()); }

 private:
  Source source_;
  yaml::File file_;
  k8s::Extraction found_;
};

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_K8S_MANIFEST_H_
