#include "k8s/pre_stop.h"

#include <string>

#include "k8s/manifest.h"
#include "support/catch.h"

namespace tidewaiter::k8s {
namespace {

double sleep_of(const std::string& hook) {
  const testing::Manifest manifest(hook);
  return pre_stop_sleep(manifest.root());
}

double sleep_of_script(const std::string& script) {
  return sleep_of("exec: {command: [/bin/sh, -c, '" + script + "']}");
}

}  // namespace

TEST_CASE("a hook sleeps what it says", "[pods]") {
  CHECK(sleep_of("sleep: {seconds: 15}") == 15);
  CHECK(sleep_of("exec: {command: [sleep, '20']}") == 20);
  CHECK(sleep_of("exec: {command: [/bin/sleep, 1m, '30']}") == 90);
  CHECK(sleep_of("exec: {command: [sleep, '0.5']}") == 0.5);
  CHECK(sleep_of("exec: {command: [bash, -e, -c, sleep 3]}") == 3);
}

TEST_CASE("the literal sleeps of a script count together", "[pods]") {
  CHECK(sleep_of_script("sleep 40") == 40);
  CHECK(sleep_of_script("sleep 15 && nginx -s quit; sleep 20s") == 35);
  CHECK(sleep_of_script("drain 2>&1 & sleep 5") == 5);
  CHECK(sleep_of_script("if ready; then sleep 5; fi") == 5);
  CHECK(sleep_of_script("(sleep 7)") == 7);
  CHECK(sleep_of_script("/bin/sleep 7 || true") == 7);
}

TEST_CASE("what is no literal sleep counts for nothing", "[pods]") {
  CHECK(sleep_of("exec: {command: [/opt/sleep-guard, '90']}") == 0);
  CHECK(sleep_of("exec: {command: [sleep]}") == 0);
  CHECK(sleep_of("exec: {command: [sleep, 90]}") == 0);
  CHECK(sleep_of("exec: {command: [sleep, infinity]}") == 0);
  CHECK(sleep_of("exec: {command: [sh, wait.sh, sleep, '90']}") == 0);
  CHECK(sleep_of("httpGet: {port: 80}") == 0);
  CHECK(sleep_of("sleep: {seconds: '9'}") == 0);
  CHECK(sleep_of_script("echo sleep 90") == 0);
  CHECK(sleep_of_script("echo \"a; sleep 90\"") == 0);
  CHECK(sleep_of_script("sleep $WAIT") == 0);
  CHECK(sleep_of_script("sleep 90 &") == 0);
  CHECK(sleep_of_script("# sleep 90") == 0);
  CHECK(sleep_of_script("sleep 9999999999999999999") == 0);
  CHECK(sleep_of_script("") == 0);
}

}  // namespace tidewaiter::k8s
