#include "k8s/folder_kinds.h"

#include <cstdint>
#include <optional>
#include <string_view>

#include "k8s/manifest.h"
#include "k8s/scope.h"
#include "support/catch.h"

namespace tidewaiter::k8s {
namespace {

using testing::Manifest;

std::optional<std::uint32_t> first(const Scope& scope, std::string_view folder,
                                   std::string_view file, std::string_view kind) {
  return scope.folder_kinds().first(folder, file, parse_kind_pattern(kind));
}

}  // namespace

TEST_CASE("files and folders know the kinds that they hold", "[scope]") {
  const Manifest job(
      "{apiVersion: batch/v1, kind: Job, metadata: {name: a}}\n---\n"
      "{apiVersion: batch/v1, kind: Job, metadata: {name: b}}\n",
      "jobs/a/job.yaml");
  const Manifest other("{apiVersion: batch.example.com/v1, kind: Job, metadata: {name: c}}",
                       "jobs/a/other.yaml");
  const Manifest account("{apiVersion: v1, kind: ServiceAccount, metadata: {name: d}}",
                         "jobs.yaml");
  const Scope scope(
      {&job.resource(0), &job.resource(1), &other.resource(0), &account.resource(0)});
  CHECK(first(scope, "jobs/a", "", "batch/Job") == 0);
  CHECK(first(scope, "jobs/a", "job.yaml", "batch/Job") == 0);
  CHECK_FALSE(first(scope, "jobs/a", "other.yaml", "batch/Job"));
  CHECK(first(scope, "jobs/a", "other.yaml", "*/Job") == 2);
  CHECK_FALSE(first(scope, "jobs/a", "", "Job"));
  CHECK_FALSE(first(scope, "jobs", "", "*"));
  CHECK(first(scope, "", "jobs.yaml", "ServiceAccount") == 3);
  CHECK(first(scope, "", "", "*") == 3);
  CHECK_FALSE(first(scope, "", "", "*/Job"));
  CHECK_FALSE(first(Scope(), "", "", "*"));
}

}  // namespace tidewaiter::k8s
