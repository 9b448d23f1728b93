// The security rules of pods agree with Kubernetes' own Pod Security checks, whose lists are in
// the shared material, for every version that changed one.
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/lint.h"
#include "support/catch.h"
#include "support/shared.h"

namespace tidewaiter::testing {
namespace {

using nlohmann::json;

constexpr std::uint32_t kMinors[] = {22, 26, 27, 28, 29, 31, 32, 34, 35, 36, 37};

/// One of Kubernetes' checks; null without the shared material.
json check_of(const std::string& id) {
  const auto path = shared_file("data/pod-security.json");
  if (!path) return {};
  std::ifstream file(*path);
  const json table = json::parse(file);
  for (const json& check : table["checks"]) {
    if (check["id"] == id) return check;
  }
  FAIL("there is no check " << id);
  return {};
}

/// What holds for a minor among lists by "1.N".
json list_for(const json& by_version, std::uint32_t minor) {
  json list;
  int newest = -1;
  for (const auto& [version, items] : by_version.items()) {
    const int since = std::stoi(version.substr(2));
    if (since > newest && since <= static_cast<int>(minor)) {
      newest = since;
      list = items;
    }
  }
  return list;
}

/// How often a rule reports a pod with this spec (JSON, but for its containers).
std::size_t findings(const std::string& rule, const json& spec, std::uint32_t minor,
                     const json& annotations = json::object()) {
  const json pod = {{"apiVersion", "v1"},
                    {"kind", "Pod"},
                    {"metadata", {{"name", "a"}, {"annotations", annotations}}},
                    {"spec", spec}};
  return Lint{.files = {{"a.json", pod.dump()}},
              .choice = {.select = {rule}},
              .kubernetes_minor = minor}
      .lines()
      .size();
}

json of_container(const json& context) {
  return {{"containers", json::array({{{"name", "a"}, {"securityContext", context}}})}};
}

json of_pod(const json& context) {
  return {{"containers", json::array({{{"name", "a"}}})}, {"securityContext", context}};
}

TEST_CASE("sysctls are safe as Pod Security says, version by version", "[pod-security]") {
  const json check = check_of("sysctls");
  if (check.is_null()) return;
  const json all = list_for(check["allow_by_version"], 99);
  for (const std::uint32_t minor : kMinors) {
    const json safe = list_for(check["allow_by_version"], minor);
    for (const json& name : all) {
      INFO(name << " in 1." << minor);
      const json sysctls = json::array({{{"name", name}, {"value", "1"}}});
      const bool is_safe = std::find(safe.begin(), safe.end(), name) != safe.end();
      CHECK(findings("unsafe-proc-sysctl", of_pod({{"sysctls", sysctls}}), minor) ==
            (is_safe ? 0 : 1));
    }
  }
  const json sysctls = json::array({{{"name", "kernel.msgmax"}, {"value", "1"}}});
  CHECK(findings("unsafe-proc-sysctl", of_pod({{"sysctls", sysctls}}), 37) == 1);
}

TEST_CASE("capabilities may be added as Pod Security says", "[pod-security]") {
  const json check = check_of("capabilities_baseline");
  if (check.is_null()) return;
  const auto adding = [](const json& names) {
    return findings("capabilities-add", of_container({{"capabilities", {{"add", names}}}}), 34);
  };
  CHECK(adding(check["allow"]) == 0);
  CHECK(adding(json::array({"SYS_TIME", "NET_RAW", "CAP_CHOWN", "chown", "ALL"})) == 5);
}

TEST_CASE("SELinux types are those that Pod Security allows", "[pod-security]") {
  const json check = check_of("seLinuxOptions");
  if (check.is_null()) return;
  const json all = list_for(check["type_allow"], 99);
  for (const std::uint32_t minor : kMinors) {
    const json allowed = list_for(check["type_allow"], minor);
    for (const json& type : all) {
      INFO(type << " in 1." << minor);
      const bool fine = std::find(allowed.begin(), allowed.end(), type) != allowed.end();
      const json context = {{"seLinuxOptions", {{"type", type}, {"user", ""}, {"role", ""}}}};
      CHECK(findings("apparmor-selinux", of_pod(context), minor) == (fine ? 0 : 1));
      CHECK(findings("apparmor-selinux", of_container(context), minor) == (fine ? 0 : 1));
    }
  }
  const json context = {{"seLinuxOptions", {{"type", "spc_t"}, {"user", "u"}, {"role", "r"}}}};
  CHECK(findings("apparmor-selinux", of_pod(context), 34) == 3);
}

TEST_CASE("profiles of AppArmor and seccomp are judged as by Pod Security", "[pod-security]") {
  const json armor = check_of("appArmorProfile");
  if (armor.is_null()) return;
  for (const json& type : armor["allow"]) {
    if (type.is_null()) continue;
    const json context = {{"appArmorProfile", {{"type", type}}}};
    CHECK(findings("apparmor-selinux", of_pod(context), 34) == 0);
    CHECK(findings("apparmor-selinux", of_container(context), 34) == 0);
  }
  const json unconfined = {{"appArmorProfile", {{"type", "Unconfined"}}}};
  CHECK(findings("apparmor-selinux", of_pod(unconfined), 34) == 1);
  const std::string key = armor["annotation_prefix"].get<std::string>() + "a";
  for (const json& value : armor["annotation_allow"]) {
    CHECK(findings("apparmor-selinux", of_pod({}), 34, {{key, value}}) == 0);
  }
  CHECK(findings("apparmor-selinux", of_pod({}), 34, {{key, "unconfined"}}) == 1);

  const json seccomp = check_of("seccompProfile_restricted");
  for (const json& type : seccomp["allow"]) {
    const json context = {{"seccompProfile", {{"type", type}}}};
    CHECK(findings("seccomp", of_pod(context), 34) == 0);
    CHECK(findings("seccomp", of_container(context), 34) == 0);
  }
  CHECK(findings("seccomp", of_pod({}), 34) == 1);
  CHECK(findings("seccomp", of_pod({{"seccompProfile", {{"type", "Unconfined"}}}}), 34) == 1);
}

TEST_CASE("volumes are of the types that Pod Security allows", "[pod-security]") {
  const json check = check_of("restrictedVolumes");
  if (check.is_null()) return;
  const auto with_volume = [](const std::string& type) {
    json spec = of_pod({});
    spec["volumes"] = json::array({{{"name", "v"}, {type, json::object()}}});
    return findings("volume-type", spec, 34);
  };
  for (const json& type : check["allow"]) CHECK(with_volume(type.get<std::string>()) == 0);
  for (const char* const type : {"nfs", "iscsi", "gitRepo", "rbd", "flexVolume", "azureFile"}) {
    CHECK(with_volume(type) == 1);
  }
}

TEST_CASE("pods in a user namespace of their own are judged as by Pod Security",
          "[pod-security]") {
  const json check = check_of("procMount");
  if (check.is_null()) return;
  const auto since = [](const json& relaxed) {
    return static_cast<std::uint32_t>(std::stoi(relaxed.begin().key().substr(2)));
  };
  for (const std::uint32_t minor : kMinors) {
    INFO("1." << minor);
    json spec = of_container({{"procMount", "Unmasked"}, {"runAsUser", 0}});
    CHECK(findings("unsafe-proc-sysctl", spec, minor) == 1);
    CHECK(findings("run-as-root", spec, minor) == 1);
    CHECK(findings("run-as-non-root", spec, minor) == 1);
    spec["hostUsers"] = false;
    const auto expected = [&](const json& of) {
      return minor >= since(of["relaxed"]) ? std::size_t{0} : std::size_t{1};
    };
    CHECK(findings("unsafe-proc-sysctl", spec, minor) == expected(check));
    CHECK(findings("run-as-root", spec, minor) == expected(check_of("runAsUser")));
    CHECK(findings("run-as-non-root", spec, minor) == expected(check_of("runAsNonRoot")));
  }
}

TEST_CASE("a host in any probe or handler is outside Pod Security", "[pod-security]") {
  const json check = check_of("hostProbesAndHostLifecycle");
  if (check.is_null()) return;
  for (const json& field : check["fields"]) {
    INFO(field);
    std::string pointer = "/containers/0/" + field.get<std::string>();
    std::replace(pointer.begin(), pointer.end(), '.', '/');
    json spec = of_pod({});
    spec[json::json_pointer(pointer)] = "10.0.0.9";
    CHECK(findings("probe-host", spec, 34) == 1);
    spec[json::json_pointer(pointer)] = "";
    CHECK(findings("probe-host", spec, 34) == 0);
  }
}

TEST_CASE("a root file system, host namespace, port or process is as in Pod Security",
          "[pod-security]") {
  const json check = check_of("hostNamespaces");
  if (check.is_null()) return;
  for (const json& field : check["fields"]) {
    json spec = of_pod({});
    spec[field.get<std::string>()] = true;
    CHECK(findings("host-namespace", spec, 34) == 1);
    spec[field.get<std::string>()] = false;
    CHECK(findings("host-namespace", spec, 34) == 0);
  }
  json spec = of_container({{"windowsOptions", {{"hostProcess", true}}}});
  CHECK(findings("windows-host-process", spec, 34) == 1);
  for (const int port : {0, 80}) {
    spec["containers"][0]["ports"] = json::array({{{"containerPort", 80}, {"hostPort", port}}});
    CHECK(findings("host-port", spec, 34) == (port == 0 ? 0 : 1));
  }
  CHECK(findings("privilege-escalation", of_container({{"allowPrivilegeEscalation", false}}),
                 34) == 0);
  CHECK(findings("privilege-escalation", of_container({}), 34) == 1);
  for (const char* const word : {"ALL", "all"}) {
    const json drop = {{"capabilities", {{"drop", json::array({word})}}}};
    CHECK(findings("capabilities-drop", of_container(drop), 34) ==
          (std::string(word) == "ALL" ? 0 : 1));
  }
}

}  // namespace
}  // namespace tidewaiter::testing
