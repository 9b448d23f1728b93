#include "cli/peer_linters.h"

namespace tidewaiter::cli {
namespace {

constexpr UncoveredChecks kKubeLinterUncovered[] = {
    {"dangling-networkpolicypeer-podselector", "a peer of a NetworkPolicy that selects no pod"},
    {"dangling-servicemonitor", "a ServiceMonitor that selects no Service"},
    {"dnsconfig-options", "a dnsConfig without ndots: 2"},
    {"privileged-ports", "container ports below 1024"},
    {"required-annotation-email", "an annotation with an email address"},
    {"restart-policy", "restartPolicy written on Deployments"},
    {"scc-deny-privileged-container", "OpenShift's SecurityContextConstraints"},
    {"schema-validation", "fields and types that the API does not know"},
    {"sorted-keys", "keys in alphabetical order"},
};

constexpr UncoveredChecks kKubeScoreUncovered[] = {
    {"container-resource-requests-equal-limits, container-cpu-requests-equal-limits, "
     "container-memory-requests-equal-limits, "
     "container-ephemeral-storage-request-equals-limit",
     "requests that equal the limits (optional checks there)"},
};

constexpr UncoveredChecks kPolarisUncovered[] = {
    {"gatewayAllowedRoutesAll, gatewayCrossNamespaceCertificateRef, "
     "gatewayInsecureFrontendValidation, gatewayTLSMissing, "
     "httpRouteBackendTLSMissing, httpRouteCrossNamespaceBackendRef, "
     "httpRouteInsecureListener, httpRouteWildcardOrEmptyHost, "
     "kgatewayBackendTLSVerificationDisabled",
     "the Gateway API"},
};

constexpr UncoveredChecks kCheckovUncovered[] = {
    {"CKV_K8S_1 to CKV_K8S_7, CKV_K8S_24, CKV_K8S_32",
     "PodSecurityPolicies, which Kubernetes 1.25 removed; the rules about pods judge the same"},
    {"CKV_K8S_33, CKV_K8S_34, CKV_K8S_44, CKV_K8S_45", "Tiller and the old dashboard"},
    {"CKV_K8S_68 to CKV_K8S_151", "flags of the API server, etcd, the kubelet and others"},
    {"CKV_K8S_155, CKV_K8S_156", "roles for webhooks and for approving certificates"},
    {"CKV_K8S_159", "versions of git-sync"},
    {"CKV2_K8S_4", "roles that modify the status of Services"},
};

constexpr UncoveredChecks kTrivyUncovered[] = {
    {"KSV-0007", "hostAliases"},
    {"KSV-0037", "resources in kube-system"},
    {"KSV-0042, KSV-0049, KSV-0056, KSV-0115",
     "roles for deleting logs, ConfigMaps, networking and aws-auth"},
    {"KSV-0102", "Tiller"},
    {"KSV-0114", "roles for webhooks"},
    {"KSV-0117", "container ports below 1024"},
    {"KSV-0123", "bindings of the group system:masters"},
    {"KSV-0124", "prefixes of registries in Gatekeeper's constraints"},
    {"KCV-0001 to KCV-0092", "flags of the API server, etcd, the kubelet and others"},
};

constexpr UncoveredChecks kKubesecUncovered[] = {
    {"HostAliases", "hostAliases"},
    {"HostUsers", "points for user namespaces; rules respect hostUsers: false"},
    {"VolumeClaimAccessModeReadWriteOnce, VolumeClaimRequestsStorage",
     "claims of a StatefulSet"},
};

constexpr UncoveredChecks kKyvernoUncovered[] = {
    {"allowed-pod-priorities", "a list of priority classes"},
    {"block-ephemeral-containers", "debug containers, which no manifest holds"},
    {"block-large-images, block-stale-images, require-base-image, "
     "require-vulnerability-scan, verify-image",
     "what only the registry knows"},
    {"check-vpa-configuration, prevent-duplicate-vpa, verify-vpa-target",
     "VerticalPodAutoscalers"},
    {"check-supplemental-groups, restrict-usergroup-fsgroup-id", "ranges of group ids"},
    {"deny-commands-in-exec-probe", "commands in probes"},
    {"disable-service-discovery, disallow-localhost-services, dns-policy-and-dns-config",
     "DNS and service discovery"},
    {"disallow-helm-tiller", "Tiller"},
    {"enforce-pod-duration, restrict-jobs", "where jobs may come from"},
    {"enforce-readwriteonce-pod, require-storageclass, restrict-storageclass",
     "claims and storage classes"},
    {"forbid-cpu-limits", "CPU limits forbidden: turn `cpu-limit` off instead"},
    {"limit-containers-per-pod", "the number of containers"},
    {"memory-requests-equal-limits", "memory requests that equal the limits"},
    {"mutate-large-termination-gps", "a ceiling of terminationGracePeriodSeconds"},
    {"podsecurity",
     "a level of the Pod Security Standards as one rule: select the rules whose "
     "pages name the level"},
    {"require-annotations", "required annotations"},
    {"require-imagepullsecrets", "pull secrets"},
    {"require-run-as-containeruser", "the user of Windows containers"},
    {"restrict-annotations, restrict-ingress-paths",
     "values in the annotations and paths of ingress-nginx"},
    {"restrict-clusterrole-csr, restrict-clusterrole-mutating-validating-admission-webhooks, "
     "restrict-edit-for-endpoints",
     "roles for certificates, webhooks and Endpoints"},
    {"restrict-controlplane-scheduling, restrict-node-affinity, restrict-node-selection",
     "where pods may not run"},
    {"restrict-deprecated-registry",
     "registries that are denied; `image-registry` has a list of "
     "those allowed"},
    {"restrict-ingress-classes, restrict-ingress-defaultbackend",
     "ingress classes and default backends"},
    {"restrict-runtimeClassName", "runtime classes"},
    {"restrict-service-port-range", "a range of Service ports"},
    {"scale-deployment-zero", "scaling by events"},
};

constexpr UncoveredChecks kAzurePolicyUncovered[] = {
    {"AKS_…", "the cluster itself, not what is deployed to it"},
    {"BlockEndpointEditDefaultRole", "the aggregated role edit"},
    {"BlockResource", "kinds that are forbidden"},
    {"ContainerEnforcePreStopHook", "a preStop hook on every container"},
    {"ContainerRestrictedImagePulls", "pull secrets"},
    {"EnforceCSIDriver", "storage classes without a CSI driver"},
    {"EnforceResourceAnnotation", "required annotations"},
    {"ImageIntegrityNotationVerification", "signatures of images"},
    {"NoAKSSpecificLabels, ReservedSystemPoolTaints", "labels and taints of AKS"},
    {"ServiceAllowedPorts", "a list of Service ports"},
    {"WindowsContainerResourceLimits", "overcommitted Windows containers"},
};

constexpr UncoveredChecks kDatreeUncovered[] = {
    {"ARGO_…", "Argo's kinds"},
    {"CIS_INVALID_VALUE_SYSTEM_MASTERS", "bindings of the group system:masters"},
    {"CONTAINERS_INCORRECT_FAILURETHRESHOLD_VALUE", "failureThreshold written on every probe"},
    {"CONTAINERS_MISSING_PRESTOP_KEY", "a preStop hook on every container"},
    {"EKS_INVALID_CPU_LIMIT, EKS_INVALID_MEMORY_REQUEST_LIMIT", "limits above a ceiling"},
    {"EKS_INVALID_VALUE_DONOOTSCHEDULE", "whenUnsatisfiable other than DoNotSchedule"},
    {"ENDPOINTSLICE_CVE2021_25373", "EndpointSlices that point to the node itself"},
    {"WORKLOAD_INCORRECT_RESTARTPOLICY_VALUE_ALWAYS", "restartPolicy of Deployments"},
};

constexpr UncoveredChecks kGatekeeperUncovered[] = {
    {"block-endpoint-edit-default-role", "the aggregated role edit"},
    {"disallowedrepos",
     "registries that are denied; `image-registry` has a list of those "
     "allowed"},
    {"fsgroup", "ranges of group ids"},
    {"storageclass", "storage classes of claims"},
};

constexpr UncoveredChecks kKubescapeUncovered[] = {
    {"C-0001, C-0253",
     "registries that are denied; `image-registry` has a list of those "
     "allowed"},
    {"C-0004, C-0050", "limits above a ceiling"},
    {"C-0026", "every CronJob"},
    {"C-0058", "subPath (CVE-2021-25741)"},
    {"C-0063", "roles for port forwarding"},
    {"C-0236, C-0237", "signatures of images"},
    {"C-0280, C-0281", "roles for approving certificates and for webhooks"},
    {"C-0297", "runtime classes"},
};

constexpr UncoveredChecks kMonokleUncovered[] = {
    {"KBP113", "container ports below 1024"},
    {"kubernetes-schema", "fields and types that the API does not know"},
    {"pod-security-standards",
     "a level of the Pod Security Standards as one rule: select the "
     "rules whose pages name the level"},
};

constexpr PeerLinter kPeerLinters[] = {
    {"kube-linter", "kube-linter", "version 0.8.3",
     R"(What `.kube-linter.yaml` excludes is turned off in `.tidewaiter.yaml`; what it includes
beyond its defaults is turned on. `addAllBuiltIn: true` is `profiles: [strict]`.

```yaml
rules:                          # checks:
  unset-cpu-requirements: off   #   exclude: [unset-cpu-requirements]
  read-secret-from-env-var: on  #   include: [read-secret-from-env-var]
```

Parameters of `customChecks` are params of a rule: `tidewaiter explain` lists them.)",
     R"(An annotation `ignore-check.kube-linter.io/unset-cpu-requirements: reason` becomes
`ignore.tidewaiter/cpu-request: reason`.)",
     kKubeLinterUncovered},
    {"kube-score", "kube-score", "version 1.20",
     R"(`--ignore-test` is `--ignore`, `--enable-optional-test` is an entry `<rule>: on` in
`.tidewaiter.yaml`, `--kubernetes-version v1.34` is `--kubernetes-version 1.34`. kube-score
checks `pod-probes` and `container-resources` as one; here they are several rules, and their name
selects or ignores all of them.)",
     R"(An annotation `kube-score/ignore: pod-networkpolicy,container-image-tag` becomes one annotation
a rule: `ignore.tidewaiter/image-tag: reason`.)",
     kKubeScoreUncovered},
    {"polaris", "Polaris", "version 10.2.2",
     R"(Polaris' severities are ours under other names: `danger` is `error`, `warning` is `warning`,
`ignore` is `off`.

```yaml
rules:                                  # checks:
  cpuLimitsMissing: off                 #   cpuLimitsMissing: ignore
  runAsRootAllowed: {severity: error}   #   runAsRootAllowed: danger
```

`--set-exit-code-on-danger` is what happens anyway; there is no score.)",
     R"(An annotation `polaris.fairwinds.com/cpuRequestsMissing-exempt: "true"` becomes
`ignore.tidewaiter/cpu-request: reason`; `exemptions` of the config become `overrides` for files.)",
     kPolarisUncovered},
    {"checkov", "Checkov", "version 3.3.30",
     R"(`--check` is `--select`, `--skip-check` is `--ignore`, both with Checkov's ids as they are, and
so is `skip-check` of `.checkov.yaml` in ours:

```yaml
rules:               # skip-check:
  CKV_K8S_11: off    #   - CKV_K8S_11
  CKV_K8S_43: off    #   - CKV_K8S_43
```

`--soft-fail` is `--fail-on never`.)",
     R"(An annotation `checkov.io/skip1: CKV_K8S_20=reason` becomes
`ignore.tidewaiter/privilege-escalation: reason`.)",
     kCheckovUncovered},
    {"trivy", "Trivy", "version 0.74.0",
     R"(Ids may be written in each way that Trivy shows them: `KSV-0015`, `AVD-KSV-0015`, `KSV015`.
`--severity HIGH,CRITICAL --exit-code 1` is about `--fail-on error`.)",
     R"(An id in `.trivyignore` becomes `<id>: off` under `rules` of `.tidewaiter.yaml`, or under the
`rules` of an entry of `overrides` when it is for some files only.)",
     kTrivyUncovered},
    {"kubesec", "kubesec", "June 2026",
     R"(kubesec gives points; tidewaiter gives findings with a severity. What costs points there is an
error or a warning here, what would earn points is mostly in the profile `strict`.)",
     R"(kubesec has none.)", kKubesecUncovered},
    {"kyverno", "Kyverno policies", "March 2026",
     R"(The names are those of the policies in kyverno/policies. A policy with `Enforce` is about
`{severity: error}`, one with `Audit` is about `{severity: note}`. ValidatingAdmissionPolicies that
Kyverno made run unchanged: `tidewaiter check --policy` ([policies](policies.md)).)",
     R"(A PolicyException, or an `exclude` of a policy, becomes an annotation
`ignore.tidewaiter/<rule>: reason` on the resource, or `overrides` for files.)",
     kKyvernoUncovered},
    {"azure-policy", "Azure Policy", "April 2026",
     R"(The names are those of the built-in definitions' files. An assignment with effect `deny` is
about `{severity: error}`, one with `audit` is about `{severity: warning}`, `disabled` is `off`. The
profile `aks` has the rules that matter there; lists such as allowed registries are params:

```yaml
profiles: [recommended, aks]
rules:
  ContainerAllowedImages:
    params: {allowed: ["contoso.azurecr.io"]}
```)",
     R"(`excludedNamespaces` and exemptions become `overrides` for files, or an annotation
`ignore.tidewaiter/<rule>: reason` on the resource.)",
     kAzurePolicyUncovered},
    {"datree", "Datree", "August 2023, when it was closed",
     R"(`rules` of a policy in `policies.yaml` become `rules` of `.tidewaiter.yaml`; each `identifier`
may stay as it is.)",
     R"(An annotation `datree.skip/CONTAINERS_MISSING_CPU_LIMIT_KEY: reason` becomes
`ignore.tidewaiter/cpu-limit: reason`.)",
     kDatreeUncovered},
    {"gatekeeper", "Gatekeeper's library", "August 2026",
     R"(The names are those of the folders of gatekeeper-library. `enforcementAction: deny` is about
`{severity: error}`, `warn` is about `{severity: warning}`, `dryrun` is about `{severity: note}`.)",
     R"(`match` of a constraint becomes `overrides` for files.)", kGatekeeperUncovered},
    {"kubescape", "Kubescape", "August 2026",
     R"(`kubescape scan control C-0057` is `tidewaiter check --select C-0057`.)",
     R"(Exceptions become an annotation `ignore.tidewaiter/<rule>: reason` on the resource, or
`overrides` for files.)",
     kKubescapeUncovered},
    {"monokle", "Monokle", "its last version",
     R"(What `rules` of `monokle.validation.yaml` sets to `false` is turned off in
`.tidewaiter.yaml`.)",
     R"(An annotation `monokle.io/suppress.kbp.no-latest-image` becomes
`ignore.tidewaiter/image-tag: reason`.)",
     kMonokleUncovered},
    {"yamllint", "yamllint", "version 1.35",
     R"(tidewaiter judges what Kubernetes makes of a file, not its style: keep yamllint for
indentation, line length and quotes.)",
     R"(`# yamllint disable-line rule:key-duplicates` becomes
`# tidewaiter: ignore duplicate-key -- reason`.)"},
};

}  // namespace

std::span<const PeerLinter> peer_linters() {
  return kPeerLinters;
}

}  // namespace tidewaiter::cli
