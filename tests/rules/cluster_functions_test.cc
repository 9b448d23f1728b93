#include <string>

#include "rules/cluster_settings.h"
#include "rules/manifest.h"
#include "support/catch.h"

namespace tidewaiter::rules {
namespace {

std::string pod(const std::string& spec, const std::string& workload_class = "none") {
  return "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {workload-class: " +
         workload_class + "}}\nspec: " + spec + "\n";
}

std::string requests(const std::string& amounts, const std::string& placement) {
  return "{" + placement + ", containers: [{resources: {requests: {" + amounts + "}}}]}";
}

const std::string kSmall = "nodeSelector: {node.kubernetes.io/instance-type: Standard_D2s_v3}";

std::string misfit(const std::string& manifest) {
  Manifest judged(manifest);
  if (judged("nodeMisfit('workload-class', 30).hasValue()") == "false") return "";
  return judged("nodeMisfit('workload-class', 30).value().resource") + " " +
         judged("nodeMisfit('workload-class', 30).value().allocatable") + " " +
         judged("nodeMisfit('workload-class', 30).value().size");
}

}  // namespace

TEST_CASE("a workload has the class of its label, with the documented envelope", "[rules]") {
  Manifest web(pod("{}", "web"));
  CHECK(web("workloadClass('workload-class').value().requests.cpu") == "500m");
  CHECK(web("workloadClass('workload-class').value().hpa.utilization") == "70");
  CHECK(web.text_of("workloadClass('workload-class').value().name") == "web");
  CHECK(Manifest(pod("{}"))("workloadClass('workload-class').hasValue()") == "false");
  CHECK(Manifest(pod("{}", "dbms"))("workloadClass('workload-class').value().qos.size()") ==
        "1");
}

TEST_CASE("classes of the config are merged over those built in", "[rules]") {
  const Constant memory{.kind = Constant::Kind::kInt, .integer = 1024};
  const std::string_view memory_key[] = {"memory"};
  const Constant requests_value[] = {
      {.kind = Constant::Kind::kMap, .items = {&memory, 1}, .keys = memory_key}};
  const std::string_view requests_key[] = {"requests"};
  const Constant web[] = {
      {.kind = Constant::Kind::kMap, .items = requests_value, .keys = requests_key}};
  const std::string_view web_key[] = {"web"};
  const Constant size[] = {{.kind = Constant::Kind::kString, .text = "Standard_B2s"}};
  const std::string_view pool_key[] = {"batch"};
  const ClusterSettings settings(
      {.kind = Constant::Kind::kMap, .items = web, .keys = web_key},
      {.kind = Constant::Kind::kMap, .items = size, .keys = pool_key}, {});
  REQUIRE(settings.workload_class("web") != nullptr);
  const Constant& requests = *settings.workload_class("web")->find("requests");
  CHECK(requests.find("memory")->text == "1024");
  CHECK(requests.find("cpu")->text == "500m");
  CHECK(settings.workload_class("batch") != nullptr);
  REQUIRE(settings.node_pool("batch") != nullptr);
  CHECK(settings.node_pool("batch")->size == "Standard_B2s");
  CHECK(settings.node_size("Standard_B2s")->cpu_milli == 2000);
  CHECK_FALSE(settings.node_size("Standard_Nothing"));
}

TEST_CASE("a pod must fit what AKS leaves of the node that it demands", "[rules]") {
  CHECK(misfit(pod(requests("cpu: 1900m", kSmall))).empty());
  CHECK(misfit(pod(requests("cpu: 1901m", kSmall))) == "cpu 1900m Standard_D2s_v3");
  // 8Gi - min(20Mi * 30 + 50Mi, 2Gi) - 100Mi
  CHECK(misfit(pod(requests("memory: 7442Mi", kSmall))).empty());
  CHECK(misfit(pod(requests("memory: 7443Mi", kSmall))) == "memory 7442Mi Standard_D2s_v3");
  CHECK(misfit(pod(requests("cpu: 99", "restartPolicy: Always"))).empty());
}

TEST_CASE("a pod needs to fit only one of the sizes it may go to", "[rules]") {
  const auto affinity = [](const std::string& terms) {
    return "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
           "{nodeSelectorTerms: [" +
           terms + "]}}}";
  };
  const std::string both =
      "{matchExpressions: [{key: node.kubernetes.io/instance-type, operator: In, "
      "values: [Standard_D2s_v3, Standard_D4s_v3]}]}";
  CHECK(misfit(pod(requests("cpu: 3", affinity(both)))).empty());
  CHECK(misfit(pod(requests("cpu: 4", affinity(both)))) == "cpu 3860m Standard_D4s_v3");
  CHECK(misfit(pod(requests("cpu: 4", affinity(both + ", {matchFields: []}")))).empty());
  CHECK(misfit(pod(requests("cpu: 3", affinity(both) + ", " + kSmall))) ==
        "cpu 1900m Standard_D2s_v3");
  CHECK(misfit(pod(requests("cpu: 4", "nodeSelector: {agentpool: unknown}"), "web")).empty());
}

TEST_CASE("a pod that demands nothing goes to a node of its class", "[rules]") {
  CHECK(misfit(pod(requests("cpu: 4", "restartPolicy: Always"), "web")) ==
        "cpu 3860m Standard_D4s_v3");
  CHECK(misfit(pod(requests("cpu: 3", "restartPolicy: Always"), "web")).empty());
}

}  // namespace tidewaiter::rules
