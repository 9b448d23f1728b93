#include "k8s/job_class.h"

#include "support/catch.h"
#include "yaml/file.h"

using tidewaiter::k8s::job_class;
using tidewaiter::k8s::Resource;

namespace {

/// The class of the object that `text` holds; views are set as extract_resources sets them.
std::string class_of(std::string text, std::string_view key = "job-class") {
  const auto file_name = std::make_shared<const tidewaiter::FileName>();
  const tidewaiter::Source source(file_name, std::move(text));
  const auto manifest = tidewaiter::yaml::read(source);
  const auto* const object = manifest.documents.at(0).root;
  REQUIRE(object != nullptr);
  Resource resource;
  resource.object = object;
  resource.kind = object->find("kind")->as_string();
  const auto* const metadata = object->find("metadata");
  if (const auto* name = metadata->find("name")) resource.name = name->as_string();
  const auto* job = object->find("spec");
  if (resource.kind == "CronJob" && job != nullptr) {
    job = job->find("jobTemplate");
    if (job != nullptr) job = job->find("spec");
  }
  if (job != nullptr) {
    if (const auto* pod = job->find("template")) resource.pod_meta = pod->find("metadata");
  }
  return std::string(job_class(resource, key));
}

}  // namespace

TEST_CASE("the class is a label or annotation of the object, before its templates",
          "[job_class]") {
  CHECK(class_of("kind: Job\nmetadata: {name: a, labels: {job-class: network}, "
                 "annotations: {job-class: debug}}\n") == "network");
  CHECK(class_of("kind: Job\nmetadata: {name: a, annotations: {job-class: debug}}\n"
                 "spec: {template: {metadata: {labels: {job-class: critical}}}}\n") == "debug");
  CHECK(class_of("kind: CronJob\nmetadata: {name: a}\nspec: {jobTemplate: {metadata: "
                 "{annotations: {job-class: idempotent}}, spec: {template: {metadata: {labels: "
                 "{job-class: network}}}}}}\n") == "idempotent");
  CHECK(class_of("kind: CronJob\nmetadata: {name: a}\nspec: {jobTemplate: {spec: {template: "
                 "{metadata: {labels: {job-class: network}}}}}}\n") == "network");
}

TEST_CASE("a value that is no class states nothing", "[job_class]") {
  CHECK(class_of("kind: Job\nmetadata: {name: a, labels: {job-class: Critical}, "
                 "annotations: {job-class: debug}}\n") == "debug");
  CHECK(class_of("kind: Job\nmetadata: {name: a, labels: {job-class: 5}}\n") == "general");
  CHECK(class_of("kind: Job\nmetadata: {name: a, labels: [job-class]}\n") == "general");
}

TEST_CASE("the name says debug or critical between dashes only", "[job_class]") {
  CHECK(class_of("kind: Job\nmetadata: {name: net-debug-tool}\n") == "debug");
  CHECK(class_of("kind: Job\nmetadata: {name: critical}\n") == "critical");
  CHECK(class_of("kind: Job\nmetadata: {name: debugger-x}\n") == "general");
  CHECK(class_of("kind: Job\nmetadata: {name: network-check-a}\n") == "general");
  CHECK(class_of("kind: Job\nmetadata: {generateName: critical-restore-}\n") == "critical");
  CHECK(class_of("kind: Job\nmetadata: {name: debug-a, labels: {job-class: general}}\n") ==
        "general");
}

TEST_CASE("the key of the class can be another", "[job_class]") {
  CHECK(class_of("kind: Job\nmetadata: {name: a, labels: {tier: network}}\n", "tier") ==
        "network");
}
