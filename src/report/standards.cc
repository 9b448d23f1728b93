#include "report/standards.h"

#include <fmt/core.h>

#include <algorithm>

namespace tidewaiter::report {
namespace {

constexpr std::string_view kPssUrl =
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/";
constexpr std::string_view kCisUrl = "https://www.cisecurity.org/benchmark/kubernetes";
constexpr std::string_view kNsaUrl =
    "https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/"
    "CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF";
constexpr std::string_view kCweUrl = "https://cwe.mitre.org/";

constexpr std::size_t kMaxCweDigits = 5;

enum Index : std::size_t { kPss, kCis, kNsa, kCwe };

constexpr Taxonomy kTaxonomies[] = {
    {"Pod Security Standards", "1.34", "Kubernetes",
     "Three levels of what a pod may ask for: privileged, baseline and restricted.", kPssUrl},
    {"CIS Kubernetes Benchmark", "1.12.0", "Center for Internet Security",
     "Controls for the secure configuration of a Kubernetes cluster.", kCisUrl},
    {"Kubernetes Hardening Guide", "1.2", "NSA and CISA",
     "Guidance of the NSA and of CISA on hardening Kubernetes.", kNsaUrl},
    {"CWE", "4.17", "MITRE", "The Common Weakness Enumeration.", kCweUrl},
};

struct KnownTaxon {
  Index taxonomy;
  std::string_view id;
  std::string_view name;
  std::string_view title;
};

constexpr KnownTaxon kTaxa[] = {
    {kPss, "baseline", "Baseline", "Baseline, which prevents known privilege escalations"},
    {kPss, "restricted", "Restricted", "Restricted, the current best practice of hardening"},
    {kCis, "5.1.1", "ClusterAdminRole",
     "Ensure that the cluster-admin role is only used where required"},
    {kCis, "5.1.2", "AccessToSecrets", "Minimize access to secrets"},
    {kCis, "5.1.3", "WildcardUse", "Minimize wildcard use in Roles and ClusterRoles"},
    {kCis, "5.1.4", "AccessToCreatePods", "Minimize access to create pods"},
    {kCis, "5.1.5", "DefaultServiceAccounts",
     "Ensure that default service accounts are not actively used"},
    {kCis, "5.1.6", "ServiceAccountTokens",
     "Ensure that Service Account Tokens are only mounted where necessary"},
    {kCis, "5.1.7", "SystemMasters", "Avoid use of system:masters group"},
    {kCis, "5.1.8", "BindImpersonateEscalate",
     "Limit use of the Bind, Impersonate and Escalate permissions in the Kubernetes cluster"},
    {kCis, "5.1.9", "AccessToCreatePersistentVolumes",
     "Minimize access to create persistent volumes"},
    {kCis, "5.1.10", "AccessToNodeProxy", "Minimize access to the proxy sub-resource of nodes"},
    {kCis, "5.1.11", "AccessToApproveCertificates",
     "Minimize access to the approval sub-resource of certificatesigningrequests objects"},
    {kCis, "5.1.12", "AccessToWebhooks", "Minimize access to webhook configuration objects"},
    {kCis, "5.1.13", "AccessToCreateTokens",
     "Minimize access to the service account token creation"},
    {kCis, "5.2.2", "PrivilegedContainers", "Minimize the admission of privileged containers"},
    {kCis, "5.2.3", "HostPid",
     "Minimize the admission of containers wishing to share the host process ID namespace"},
    {kCis, "5.2.4", "HostIpc",
     "Minimize the admission of containers wishing to share the host IPC namespace"},
    {kCis, "5.2.5", "HostNetwork",
     "Minimize the admission of containers wishing to share the host network namespace"},
    {kCis, "5.2.6", "PrivilegeEscalation",
     "Minimize the admission of containers with allowPrivilegeEscalation"},
    {kCis, "5.2.7", "RootContainers", "Minimize the admission of root containers"},
    {kCis, "5.2.8", "NetRawCapability",
     "Minimize the admission of containers with the NET_RAW capability"},
    {kCis, "5.2.9", "AssignedCapabilities",
     "Minimize the admission of containers with capabilities assigned"},
    {kCis, "5.2.10", "WindowsHostProcess",
     "Minimize the admission of Windows HostProcess containers"},
    {kCis, "5.2.11", "HostPathVolumes", "Minimize the admission of HostPath volumes"},
    {kCis, "5.2.12", "HostPorts", "Minimize the admission of containers which use HostPorts"},
    {kCis, "5.3.2", "NamespacesHaveNetworkPolicies",
     "Ensure that all Namespaces have NetworkPolicies defined"},
    {kCis, "5.4.1", "SecretsAsFiles",
     "Prefer using Secrets as files over Secrets as environment variables"},
    {kCis, "5.4.2", "ExternalSecretStorage", "Consider external secret storage"},
    {kCis, "5.6.1", "AdministrativeBoundaries",
     "Create administrative boundaries between resources using namespaces"},
    {kCis, "5.6.2", "SeccompProfile",
     "Ensure that the seccomp profile is set to docker/default in your Pod definitions"},
    {kCis, "5.6.3", "SecurityContext", "Apply SecurityContext to your Pods and Containers"},
    {kCis, "5.6.4", "DefaultNamespace", "The default namespace should not be used"},
    {kNsa, "authentication-and-authorization", "AuthenticationAndAuthorization",
     "Authentication and authorization"},
    {kNsa, "building-secure-container-images", "BuildingSecureContainerImages",
     "Building secure container images"},
    {kNsa, "encryption", "Encryption", "Encryption"},
    {kNsa, "hardening-container-environments", "HardeningContainerEnvironments",
     "Hardening container environments"},
    {kNsa, "immutable-container-file-systems", "ImmutableContainerFileSystems",
     "Immutable container file systems"},
    {kNsa, "namespaces", "Namespaces", "Namespaces"},
    {kNsa, "network-policies", "NetworkPolicies", "Network policies"},
    {kNsa, "network-separation-and-hardening", "NetworkSeparationAndHardening",
     "Network separation and hardening"},
    {kNsa, "non-root-containers", "NonRootContainers", "Non-root containers"},
    {kNsa, "pod-security-enforcement", "PodSecurityEnforcement", "Pod security enforcement"},
    {kNsa, "protecting-pod-service-account-tokens", "ProtectingPodServiceAccountTokens",
     "Protecting Pod service account tokens"},
    {kNsa, "resource-policies", "ResourcePolicies", "Resource policies"},
    {kNsa, "secrets", "Secrets", "Secrets"},
    {kCwe, "CWE-94", "CodeInjection", "Improper Control of Generation of Code"},
    {kCwe, "CWE-214", "VisibleSensitiveInformation",
     "Invocation of Process Using Visible Sensitive Information"},
    {kCwe, "CWE-250", "UnnecessaryPrivileges", "Execution with Unnecessary Privileges"},
    {kCwe, "CWE-269", "ImproperPrivilegeManagement", "Improper Privilege Management"},
    {kCwe, "CWE-284", "ImproperAccessControl", "Improper Access Control"},
    {kCwe, "CWE-306", "MissingAuthentication", "Missing Authentication for Critical Function"},
    {kCwe, "CWE-312", "CleartextStorage", "Cleartext Storage of Sensitive Information"},
    {kCwe, "CWE-319", "CleartextTransmission",
     "Cleartext Transmission of Sensitive Information"},
    {kCwe, "CWE-522", "InsufficientlyProtectedCredentials",
     "Insufficiently Protected Credentials"},
    {kCwe, "CWE-526", "CleartextInEnvironment",
     "Cleartext Storage of Sensitive Information in an Environment Variable"},
    {kCwe, "CWE-540", "SensitiveInformationInSource",
     "Inclusion of Sensitive Information in Source Code"},
    {kCwe, "CWE-613", "InsufficientSessionExpiration", "Insufficient Session Expiration"},
    {kCwe, "CWE-668", "ExposureToWrongSphere", "Exposure of Resource to Wrong Sphere"},
    {kCwe, "CWE-693", "ProtectionMechanismFailure", "Protection Mechanism Failure"},
    {kCwe, "CWE-732", "IncorrectPermissionAssignment",
     "Incorrect Permission Assignment for Critical Resource"},
    {kCwe, "CWE-770", "AllocationWithoutLimits",
     "Allocation of Resources Without Limits or Throttling"},
    {kCwe, "CWE-798", "HardCodedCredentials", "Use of Hard-coded Credentials"},
    {kCwe, "CWE-829", "UntrustedControlSphere",
     "Inclusion of Functionality from Untrusted Control Sphere"},
    {kCwe, "CWE-918", "ServerSideRequestForgery", "Server-Side Request Forgery"},
    {kCwe, "CWE-1357", "InsufficientlyTrustworthyComponent",
     "Reliance on Insufficiently Trustworthy Component"},
};

constexpr std::string_view kCwePrefix = "CWE-";

/// What stands before a control in `standards`; CWEs stand alone.
constexpr struct {
  Index taxonomy;
  std::string_view prefix;
} kPrefixes[] = {{kPss, "pss/"}, {kCis, "cis-kubernetes/"}, {kNsa, "nsa-cisa/"}};

std::string url_of(Index taxonomy, std::string_view id) {
  switch (taxonomy) {
    case kPss: return fmt::format("{}#{}", kPssUrl, id);
    case kCwe:
      return fmt::format("{}data/definitions/{}.html", kCweUrl, id.substr(kCwePrefix.size()));
    default: return std::string(kTaxonomies[taxonomy].url);
  }
}

std::optional<Taxon> known(Index taxonomy, std::string_view id) {
  const auto found = std::ranges::find_if(
      kTaxa, [&](const KnownTaxon& t) { return t.taxonomy == taxonomy && t.id == id; });
  if (found == std::end(kTaxa)) return std::nullopt;
  return Taxon{.taxonomy = taxonomy,
               .id = std::string(id),
               .name = std::string(found->name),
               .title = std::string(found->title),
               .url = url_of(taxonomy, id)};
}

std::optional<Taxon> cwe(std::string_view id) {
  if (auto taxon = known(kCwe, id)) return taxon;
  const std::string_view digits = id.substr(kCwePrefix.size());
  if (digits.empty() || digits.size() > kMaxCweDigits || digits.front() == '0' ||
      digits.find_first_not_of("0123456789") != digits.npos) {
    return std::nullopt;
  }
  return Taxon{.taxonomy = kCwe,
               .id = std::string(id),
               .name = fmt::format("Cwe{}", digits),
               .title = std::string(id),
               .url = url_of(kCwe, id)};
}

}  // namespace

std::span<const Taxonomy> taxonomies() {
  return kTaxonomies;
}

std::optional<Taxon> find_taxon(std::string_view standard) {
  if (standard.starts_with(kCwePrefix)) return cwe(standard);
  for (const auto& [taxonomy, prefix] : kPrefixes) {
    if (standard.starts_with(prefix)) return known(taxonomy, standard.substr(prefix.size()));
  }
  return std::nullopt;
}

std::string title_of(const Taxon& taxon) {
  const std::string_view name = taxonomies()[taxon.taxonomy].name;
  if (taxon.title == taxon.id) return taxon.title;
  switch (taxon.taxonomy) {
    case kCwe: return fmt::format("{}: {}", taxon.id, taxon.title);
    case kCis: return fmt::format("{} {}: {}", name, taxon.id, taxon.title);
    default: return fmt::format("{}: {}", name, taxon.title);
  }
}

}  // namespace tidewaiter::report
