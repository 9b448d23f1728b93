#ifndef TIDEWAITER_CLI_COMMAND_HELP_H_
#define TIDEWAITER_CLI_COMMAND_HELP_H_

// What `--help` says below the flags.
namespace tidewaiter::cli {

/// Below `--help` of the program and of check.
inline constexpr char kFooter[] =
    "Exit codes: 0 nothing found, 1 findings, 2 wrong usage, config or rule file or a file "
    "that\n"
    "cannot be read or written, 3 internal failure, 130 interrupted.";

/// Of eval.
inline constexpr char kEvalFooter[] =
    "The expression sees what a rule sees: object, pod, podMeta, job, containers,\n"
    "initContainers, sidecars, ephemeralContainers, allContainers, name, file.name,\n"
    "file.folder, file.folders, file.siblings, and all functions of docs/functions.md.\n"
    "Without FILE it is evaluated once, by itself. Exit codes: 0 evaluated, 1 an evaluation\n"
    "failed, 2 the expression does not compile or something could not be read.\n\n"
    "  tidewaiter eval --kind Deployment 'object.spec.replicas > 1' k8s/\n"
    "  tidewaiter eval --format raw 'containers.map(c, c.image)' k8s/\n"
    "  helm template web | tidewaiter eval 'qosClass(pod)' -\n"
    "  tidewaiter eval 'quantity(\"1Gi\").add(quantity(\"500Mi\"))'";

/// Of policy export.
inline constexpr char kExportFooter[] =
    "Rules that no policy can say are named on standard error, with the reason.\n"
    "Exit codes: 0 exported, 1 a rule named with --rule has no policy, 2 wrong usage, config "
    "or\n"
    "rule file.\n\n"
    "  tidewaiter policy export --rule privileged,host-namespace | kubectl apply -f -\n"
    "  tidewaiter policy export --profile strict --action Audit > policies.yaml";

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_COMMAND_HELP_H_
