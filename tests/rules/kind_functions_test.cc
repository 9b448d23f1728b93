#include "rules/manifest.h"
#include "support/catch.h"

namespace tidewaiter::rules {

TEST_CASE("apiLifecycle says when an API ends and what replaces it", "[rules]") {
  Manifest manifest("apiVersion: v1\nkind: Endpoints\nmetadata: {name: a}\n");
  CHECK(manifest("apiLifecycle('batch/v1beta1', 'CronJob').value().removed") == "25");
  CHECK(manifest("apiLifecycle('batch/v1beta1', 'CronJob').value().replacement") == "batch/v1");
  CHECK(manifest("has(apiLifecycle('v1', 'Endpoints').value().removed)") == "false");
  CHECK(manifest("apiLifecycle('batch/v1', 'CronJob').hasValue()") == "false");
}

}  // namespace tidewaiter::rules
