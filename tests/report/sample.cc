#include "report/sample.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "base/place_completer.h"
#include "base/sha256.h"
#include "base/source.h"
#include "base/uri.h"

namespace tidewaiter::testing {
namespace {

/// One file of the sample; places are named by the text that stands there.
class SampleFile {
 public:
  explicit SampleFile(const std::string& path)
      : source_(
            std::make_shared<const FileName>(FileName{.shown = path, .uri = uri_path(path)}),
            content(path)),
        completer_(source_) {}

  Place at(std::string_view text) { return completer_.complete(span_of(text)); }
  TextEdit edit(std::string_view text, std::string by) {
    return completer_.edit(span_of(text), std::move(by));
  }
  TextEdit insertion(std::string_view before, std::string text) {
    const std::uint32_t at = span_of(before).begin;
    return completer_.edit({.begin = at, .end = at}, std::move(text));
  }
  FileRecord record() const {
    return {.file = source_.name(),
            .size = source_.text().size(),
            .sha256 = sha256_hex(source_.text())};
  }

 private:
  static std::string content(const std::string& path) {
    std::ifstream in(std::string(TIDEWAITER_TESTDATA "/report/sample/") + path,
                     std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  ByteSpan span_of(std::string_view text) const {
    const auto begin = source_.text().find(text);
    if (begin == std::string_view::npos) throw std::logic_error("not in the sample");
    return {.begin = static_cast<std::uint32_t>(begin),
            .end = static_cast<std::uint32_t>(begin + text.size())};
  }

  Source source_;
  PlaceCompleter completer_;
};

std::vector<RuleInfo> sample_rules() {
  return {
      {.id = "TW001",
       .name = "yaml-syntax",
       .severity = Severity::kError,
       .summary = "A document is valid YAML",
       .rationale = "kubectl refuses the whole file when one document of it cannot be read.",
       .remediation = "Mend the text at the place shown. Quote what YAML would take apart.",
       .precision = "very-high",
       .status = "stable",
       .profiles = {"recommended"},
       .tags = {"reading"}},
      {.id = "TW201",
       .name = "job-ttl",
       .severity = Severity::kWarning,
       .summary = "A finished Job is removed by itself",
       .rationale =
           "A finished Job and its pods stay in the cluster until someone deletes them, "
           "and every one of them weighs on the API server and etcd.",
       .remediation = "Set ttlSecondsAfterFinished: 3600 for general work, 86400 for critical "
                      "work, 7200 while debugging.",
       .when_to_ignore = "When something else removes finished Jobs.",
       .precision = "high",
       .status = "stable",
       .profiles = {"recommended", "jobs"},
       .tags = {"cost"},
       .references = {"https://kubernetes.io/docs/concepts/workloads/controllers/"
                      "ttlafterfinished/"}},
      {.id = "TW205",
       .name = "job-restart-policy",
       .severity = Severity::kError,
       .summary = "The pods of a Job restart OnFailure or Never",
       .rationale = "The API server rejects a Job whose pods restart always.",
       .remediation = "Write restartPolicy: OnFailure, or Never.",
       .precision = "very-high",
       .status = "stable",
       .profiles = {"recommended", "jobs"},
       .tags = {"jobs"}},
      {.id = "TW212",
       .name = "cron-schedule",
       .severity = Severity::kError,
       .summary = "A schedule is one that Kubernetes accepts",
       .rationale = "The API server rejects a CronJob with a wrong schedule.",
       .remediation =
           "Write five fields: minute (0-59), hour, day of month, month, day of week.",
       .precision = "very-high",
       .status = "stable",
       .profiles = {"recommended", "jobs"},
       .tags = {"jobs"}},
      {.id = "TW701",
       .name = "run-as-a-user",
       .severity = Severity::kNote,
       .severity_set_by_user = true,
       .summary = "A container does not run as root",
       .rationale =
           "A break-in to a container that runs as root is half a break-in to the node.",
       .remediation = "Set runAsNonRoot: true.",
       .precision = "medium",
       .security_severity = "6.5",
       .status = "preview",
       .profiles = {"strict"},
       .tags = {"security", "pods"},
       .standards = {"pss/restricted", "CWE-250"}},
  };
}

Finding finding(std::uint32_t rule, Severity severity, std::string message, Place place) {
  return {.rule = rule,
          .severity = severity,
          .message = std::move(message),
          .place = std::move(place)};
}

void add_backup_findings(SampleRun& run, SampleFile& file) {
  const ResourceId job = {
      .group = "batch", .version = "v1", .kind = "Job", .name = "db-restore-orders"};
  const ResourceId cron = {.group = "batch",
                           .version = "v1",
                           .kind = "CronJob",
                           .namespace_ = "shop",
                           .name = "db-backup-orders"};

  Finding ttl =
      finding(1, Severity::kWarning,
              "Job 'db-restore-orders' has no ttlSecondsAfterFinished, so it stays in "
              "the cluster after it finishes.",
              file.at("spec"));
  ttl.resource = job;
  ttl.path = "spec";
  ttl.fingerprint = sha256_hex("ttl");
  ttl.fixes = {
      {.description = "Add 'ttlSecondsAfterFinished: 3600'.",
       .safe = false,
       .edits = {file.insertion("  backoffLimit", "  ttlSecondsAfterFinished: 3600\n")}}};
  run.findings.push_back(ttl);

  Finding restart = finding(2, Severity::kError,
                            "Job 'db-restore-orders' has restartPolicy 'Always', which the API "
                            "server rejects.",
                            file.at("restartPolicy: Always"));
  restart.resource = job;
  restart.path = "spec/template/spec/restartPolicy";
  restart.related = {{.place = file.at("kind: Job"), .message = "The Job is declared here."}};
  restart.fixes = {{.description = "Write 'OnFailure'.",
                    .safe = true,
                    .edits = {file.edit("Always", "OnFailure")}}};
  run.findings.push_back(restart);

  Finding cron_schedule = finding(3, Severity::kError,
                                  "The schedule '61 2 * * *' of CronJob 'db-backup-orders' has "
                                  "minute 61, which is above 59.",
                                  file.at("schedule: \"61 2 * * *\""));
  cron_schedule.resource = cron;
  cron_schedule.path = "spec/schedule";
  run.findings.push_back(cron_schedule);

  Finding long_line =
      finding(4, Severity::kNote, "Container 'copy' of 'db-backup-orders' may run as root.",
              file.at("https://backup.example.net/orders"));
  long_line.resource = cron;
  long_line.path = "spec/jobTemplate/spec/template/spec/containers/copy";
  run.findings.push_back(long_line);

  Finding ignored =
      finding(1, Severity::kWarning, "CronJob 'db-backup-orders' keeps its jobs for ever.",
              file.at("concurrencyPolicy: Allow"));
  ignored.resource = cron;
  ignored.path = "spec/concurrencyPolicy";
  ignored.suppressions = {{.reason = "The cleaner removes them.", .place = file.at("# Two")}};
  run.findings.push_back(ignored);
}

void add_hostile_findings(SampleRun& run, SampleFile& hostile, SampleFile& broken,
                          SampleFile& backup) {
  Finding escape = finding(4, Severity::kNote,
                           std::string("Secret 'a\x1b[31m::error::b\n' is '\xff' strange.") +
                               " ##vso[task.complete]x",
                           hostile.at("name: \"a\x1b[31m::error::b\""));
  escape.resource = {.version = "v1", .kind = "Secret", .name = "a\x1b[31m::error::b\n"};
  escape.path = "metadata/name";
  escape.related = {{.place = backup.at("kind: CronJob"), .message = "It is read here."},
                    {.place = hostile.at("bad: \"\xff\xfe\""), .message = "And this here."}};
  run.findings.push_back(escape);

  Finding wide = finding(4, Severity::kNote, "The value is '\xf0\x9f\x98\x80 caf\xc3\xa9'.",
                         broken.at("\"\xf0\x9f\x98\x80 caf\xc3\xa9\""));
  wide.resource = {
      .version = "v1", .kind = "ConfigMap", .name = "t\xc3\xa9xte-\xf0\x9f\x98\x80"};
  wide.path = "data/\xe5\x80\xa4\xe6\xae\xb5";
  run.findings.push_back(wide);

  run.findings.push_back(finding(0, Severity::kError,
                                 "A tab cannot begin a line in YAML; indent with blanks.",
                                 broken.at("\tbroken: [1, 2")));
}

}  // namespace

SampleRun sample_run() {
  SampleFile backup("k8s/backup.yaml");
  SampleFile hostile("k8s/hostile.yaml");
  SampleFile broken("k8s/my app/100%.yaml");

  SampleRun run;
  run.info = {.rules = sample_rules(), .root = "/srv/shop"};
  add_backup_findings(run, backup);
  add_hostile_findings(run, hostile, broken, backup);

  run.summary.files = 3;
  run.summary.documents = {.linted = 3,
                           .without_rules = 1,
                           .not_kubernetes = 2,
                           .templates = 1,
                           .rejected = 1,
                           .empty = 0};
  run.summary.inputs = {backup.record(), hostile.record(), broken.record()};
  for (const Finding& f : run.findings) {
    if (!f.suppressions.empty()) {
      ++run.summary.suppressed;
    } else if (f.severity == Severity::kError) {
      ++run.summary.errors;
    } else if (f.severity == Severity::kWarning) {
      ++run.summary.warnings;
    } else {
      ++run.summary.notes;
    }
  }
  const Place syntax = broken.at("\tbroken");
  run.summary.notifications = {
      {.level = Severity::kError,
       .id = "TW001",
       .message = "A document of 'k8s/my app/100%.yaml' could not be read.",
       .file = syntax.file,
       .start = syntax.start},
      {.level = Severity::kNote,
       .id = "outside-root",
       .message = "'/tmp/x.yaml' lies outside the root, so its path is relative to '/tmp'."}};
  run.summary.unjudged = {0, 0, 0, 2, 0};
  run.summary.exit_code = 1;
  return run;
}

Result<void> report_to(std::ostream& out, std::string_view name, const SampleRun& run,
                       const ReportOptions& options) {
  const auto format = std::ranges::find(formats(), name, &Format::name);
  if (format == formats().end()) throw std::logic_error("no such format");
  const std::unique_ptr<Reporter> reporter = format->make(out, options);
  reporter->begin(run.info);
  for (const Finding& f : run.findings) reporter->add(f);
  return reporter->end(run.summary);
}

std::string report(std::string_view name, const SampleRun& run, const ReportOptions& options) {
  std::ostringstream out;
  if (!report_to(out, name, run, options)) throw std::runtime_error("the stream refused");
  return out.str();
}

}  // namespace tidewaiter::testing
