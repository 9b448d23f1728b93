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

TEST_CASE("an autoscaler has the class of its target", "[rules]") {
  const std::string target =
      "apiVersion: apps/v1\nkind: Deployment\n"
      "metadata: {name: web, annotations: {workload-class: web}}\n---\n";
  const auto class_of = [&](const std::string& api_version, const std::string& kind,
                            const std::string& metadata, const std::string& ref) {
    Manifest judged(target + "apiVersion: " + api_version + "\nkind: " + kind +
                    "\nmetadata: " + metadata + "\nspec: {scaleTargetRef: " + ref + "}\n");
    return judged("workloadClass('workload-class').?name.orValue('none')");
  };
  const std::string ref = "{apiVersion: apps/v1, kind: Deployment, name: web}";
  const std::string hpa = "HorizontalPodAutoscaler";
  CHECK(class_of("autoscaling/v2", hpa, "{name: a}", ref) == "web");
  CHECK(class_of("autoscaling/v1", hpa, "{name: a, labels: {workload-class: dbms}}", ref) ==
        "web");
  CHECK(class_of("autoscaling/v2", hpa, "{name: a, namespace: b}", ref) == "none");
  CHECK(class_of("autoscaling/v2", hpa, "{name: a}", "{kind: Deployment, name: web}") ==
        "none");
  CHECK(class_of("keda.sh/v1alpha1", "ScaledObject", "{name: a}", "{name: web}") == "web");
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

TEST_CASE("an hpa that names another metric keeps no target of the old one", "[rules]") {
  using Kind = Constant::Kind;
  const Constant text{.kind = Kind::kString, .text = "external"};
  const Constant fifty{.kind = Kind::kInt, .integer = 50};
  const Constant hpa_values[] = {text, fifty};
  const std::string_view hpa_keys[] = {"metric", "value"};
  const Constant hpa[] = {{.kind = Kind::kMap, .items = hpa_values, .keys = hpa_keys}};
  const std::string_view hpa_key[] = {"hpa"};
  const Constant web[] = {{.kind = Kind::kMap, .items = hpa, .keys = hpa_key}};
  const std::string_view web_key[] = {"web"};
  const ClusterSettings settings({.kind = Kind::kMap, .items = web, .keys = web_key}, {}, {});
  const Constant& merged = *settings.workload_class("web")->find("hpa");
  CHECK(merged.find("value")->integer == 50);
  CHECK(merged.find("max")->integer == 8);
  CHECK(merged.find("resource") == nullptr);
  CHECK(merged.find("utilization") == nullptr);
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

TEST_CASE("a pod goes where none of its alternatives is against", "[rules]") {
  const auto with = [](const std::string& terms) {
    return "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
           "{nodeSelectorTerms: [" +
           terms + "]}}}";
  };
  const auto term = [](const std::string& op, const std::string& values) {
    return "{matchExpressions: [{key: node.kubernetes.io/instance-type, operator: " + op +
           ", values: [" + values + "]}]}";
  };
  const std::string large = term("In", "Standard_D16s_v3");
  const std::string small = term("In", "Standard_D2s_v3");
  CHECK(misfit(pod(requests("cpu: 4", with(small + ", " + large)))).empty());
  CHECK(misfit(pod(requests("cpu: 16", with(small + ", " + large)))) ==
        "cpu 15740m Standard_D16s_v3");
  // The class's own size is excluded, or is one of the alternatives.
  CHECK(
      misfit(pod(requests("cpu: 99", with(term("NotIn", "Standard_D4s_v3"))), "web")).empty());
  CHECK(misfit(pod(requests("cpu: 4", with(term("NotIn", "Standard_B2s"))), "web")) ==
        "cpu 3860m Standard_D4s_v3");
  CHECK(
      misfit(pod(requests("cpu: 3", with(small + ", {matchExpressions: []}")), "web")).empty());
  CHECK(misfit(pod(requests("cpu: 4", with(small + ", {matchExpressions: []}")), "web")) ==
        "cpu 3860m Standard_D4s_v3");
  CHECK(misfit(pod(requests("cpu: 99", with(small) + ", nodeSelector: "
                                                     "{beta.kubernetes.io/instance-type: "
                                                     "Standard_D4s_v3}")))
            .empty());
}

TEST_CASE("a pod that demands nothing goes to a node of its class", "[rules]") {
  CHECK(misfit(pod(requests("cpu: 4", "restartPolicy: Always"), "web")) ==
        "cpu 3860m Standard_D4s_v3");
  CHECK(misfit(pod(requests("cpu: 3", "restartPolicy: Always"), "web")).empty());
}

}  // namespace tidewaiter::rules
