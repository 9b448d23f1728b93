#ifndef TIDEWAITER_RULES_FUNCTIONS_TOPICS_H_
#define TIDEWAITER_RULES_FUNCTIONS_TOPICS_H_

#include "cel/function.h"

// One function a topic; each lies in the file of its name and is listed once, in the table of
// rules/domain_functions.cc, or called by the one above it. The logic is in src/k8s; here it is
// only bound to CEL.
namespace tidewaiter::rules {

/// What kind a resource is of, and for which Kubernetes: kindScope, apiLifecycle,
/// kubernetesMinor.
void add_kinds_functions(cel::FunctionRegistry& registry);
/// Labels, annotations and selectors: labelEntries, isLabelKey, isAnnotationKey, isLabelValue,
/// holdsReference, holdsPlaceholder, selectorMismatch, labelMapMismatch.
void add_labels_functions(cel::FunctionRegistry& registry);
/// Jobs and their schedules: cron, isTimeZone, timeZoneHint, jobClass.
void add_jobs_functions(cel::FunctionRegistry& registry);
/// Container images: image.
void add_images_functions(cel::FunctionRegistry& registry);
/// Requests, limits and quantities: hasRequest, hasLimit, effectiveRequests, effectiveLimits,
/// writtenRequests, writtenLimits, qosClass, qosMisfit, nearlyGuaranteed, dominatingInits, and
/// those below.
void add_resources_functions(cel::FunctionRegistry& registry);
/// Of the same topic: resourcePairs, quantityUses, exceeds.
void add_quantities_functions(cel::FunctionRegistry& registry);
/// Secrets in plain text: secretShape, secretArgs.
void add_secrets_functions(cel::FunctionRegistry& registry);
/// YAML within strings: yaml.
void add_embedded_functions(cel::FunctionRegistry& registry);
/// Classes of workloads and sizes of nodes: workloadClass, nodeMisfit.
void add_cluster_functions(cel::FunctionRegistry& registry);
/// How resources of a scope relate: references, incoming, referencedBy, selects, selectedBy,
/// earlier, copies, creates, productUsers, sameTarget, podSpec, podMetadata, the functions of
/// scope, and those below.
void add_references_functions(cel::FunctionRegistry& registry);
/// Of the same topic: what is known of a resource's file and folder.
void add_files_functions(cel::FunctionRegistry& registry);

/// What kustomizations make of them: patched, selectedElsewhere, referencedElsewhere, and
/// isComplete of scope.
void add_overlays_functions(cel::FunctionRegistry& registry);

/// Paths of files in a container or on its node: cleanPath.
void add_paths_functions(cel::FunctionRegistry& registry);

/// Lists: repeats, nearest.
void add_lists_functions(cel::FunctionRegistry& registry);
/// Pods and what belongs to them in the scope: preStopSleep, servingContainers, selectsAnyPod,
/// and those below.
void add_pods_functions(cel::FunctionRegistry& registry);
/// Of the same topic: autoscaler, replicas, scaledUp, scaledDown, utilizationBase.
void add_scaling_functions(cel::FunctionRegistry& registry);

/// Where YAML reads a string as something else: surprisingScalars.
void add_scalars_functions(cel::FunctionRegistry& registry);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_FUNCTIONS_TOPICS_H_
