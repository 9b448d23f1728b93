#include "k8s/label_entries.h"

#include <memory>
#include <string>

#include "base/source.h"
#include "k8s/extract.h"
#include "support/catch.h"
#include "yaml/file.h"

namespace tidewaiter::k8s {
namespace {

/// The entries of the first resource of `manifest`, one a line: "role part key=value".
std::string entries_of(std::string manifest) {
  const Source source(std::make_shared<FileName>(FileName{.shown = "a.yaml", .uri = "a.yaml"}),
                      std::move(manifest));
  const yaml::File file = yaml::read(source);
  const Extraction extraction = extract_resources(source, file, PodTemplatePaths());
  REQUIRE(!extraction.resources.empty());
  std::string lines;
  for (const LabelEntry& entry : label_entries(extraction.resources.front())) {
    lines += name_of(entry.role);
    lines += '|';
    lines += name_of(entry.part);
    lines += '|';
    if (entry.key != nullptr) lines += entry.key->as_string();
    lines += '=';
    if (entry.value != nullptr) lines += source.text(entry.value->span());
    lines += '\n';
  }
  return lines;
}

}  // namespace

TEST_CASE("labels, annotations and selectors of a Deployment are told apart", "[k8s]") {
  CHECK(entries_of(R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {a: "1", b: }, annotations: {c: x}}
spec:
  selector:
    matchLabels: {d: y}
    matchExpressions: [{key: e, operator: In, values: [f, g]}, not a mapping]
  template:
    metadata: {labels: {h: z}}
    spec:
      nodeSelector: {i: "2"}
)") == R"(label|metadata|a="1"
label|metadata|b=
annotation|metadata|c=x
label|pod template|h=z
selector||d=y
selector||e=
selector||=f
selector||=g
selector||i="2"
)");
}

TEST_CASE("the labels of a Pod are its metadata, given once", "[k8s]") {
  CHECK(entries_of("apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {b: c}}\n") ==
        "label|metadata|b=c\n");
}

TEST_CASE("what an alias or a merge shares is given once", "[k8s]") {
  CHECK(entries_of(R"(apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, labels: &l {a: b}}
spec:
  selector: {matchLabels: *l}
  template: {metadata: {labels: {<<: *l, c: d}}}
  volumeClaimTemplates: [{metadata: {labels: {e: f}}}]
)") == "label|metadata|a=b\nlabel|pod template|c=d\nlabel|volume claim template|e=f\n");
}

TEST_CASE("every item of a list on the way to a selector counts", "[k8s]") {
  CHECK(entries_of(R"(apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {a: b}}
  ingress:
    - from: [{podSelector: {matchLabels: {c: d}}}, {namespaceSelector: {matchLabels: {e: f}}}]
    - from: [{podSelector: {matchLabels: {g: h}}}]
)") == "selector||a=b\nselector||c=d\nselector||g=h\nselector||e=f\n");
}

TEST_CASE("selectors of custom kinds are left alone, their metadata is not", "[k8s]") {
  CHECK(entries_of(R"(apiVersion: cilium.io/v2
kind: Service
metadata: {name: web, labels: {a: b}}
spec: {selector: {"k8s:app": web}}
)") == "label|metadata|a=b\n");
}

TEST_CASE("places of another shape than the API's yield nothing", "[k8s]") {
  CHECK(entries_of("apiVersion: v1\nkind: Service\nmetadata: {name: a, labels: [b]}\n"
                   "spec: {selector: text}\n")
            .empty());
  CHECK(entries_of("apiVersion: v1\nkind: Service\nmetadata: text\nspec: 1\n").empty());
}

}  // namespace tidewaiter::k8s
