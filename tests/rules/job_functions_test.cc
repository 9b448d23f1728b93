#include <string>

#include "rules/manifest.h"
#include "support/catch.h"

namespace tidewaiter::rules {

TEST_CASE("cron gives facts of a valid schedule and the reason of an invalid one", "[rules]") {
  Manifest manifest("apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\n");
  CHECK(manifest("cron('*/5 * * * *').interval") == "300");
  CHECK(manifest("cron('0 0 29 2 *').?interval.hasValue()") == "false");
  CHECK(manifest("cron('0 0 30 2 *').neverFires") == "true");
  CHECK(manifest("cron('0 24 * * *').valid") == "false");
  CHECK(manifest("cron('0 24 * * *').error") == "the hour '24' is above 23");
}

TEST_CASE("time zones are looked up, and found in another spelling", "[rules]") {
  Manifest manifest("apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\n");
  CHECK(manifest("isTimeZone('Asia/Seoul') && !isTimeZone('asia/seoul')") == "true");
  CHECK(manifest("timeZoneHint('asia/seoul') + timeZoneHint('Nowhere')") == "Asia/Seoul");
}

TEST_CASE("jobClass is that of the resource that is judged", "[rules]") {
  Manifest manifest(
      "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a-debug, labels: {tier: network}}\n");
  CHECK(manifest("jobClass('job-class')") == "debug");
  CHECK(manifest("jobClass('tier')") == "network");
}

TEST_CASE("scope.get finds what a reference finds, or null", "[rules]") {
  Manifest manifest(
      "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: ops}\n---\n"
      "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a, namespace: ops}\n");
  CHECK(manifest("scope.get('ServiceAccount', 'ops', 'default').metadata.name") == "default");
  CHECK(manifest("scope.get('ServiceAccount', '', 'default') == null") == "true");
  CHECK(manifest("scope.get('batch/Job', 'ops', 'a') == null") == "false");
}

}  // namespace tidewaiter::rules
