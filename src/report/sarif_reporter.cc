#include <algorithm>
#include <ostream>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/uri.h"
#include "report/json_writer.h"
#include "report/reporters.h"
#include "report/rule_prose.h"
#include "report/sarif_driver.h"
#include "report/sarif_result.h"
#include "report/sarif_taxonomies.h"

namespace tidewaiter::report {
namespace {

constexpr unsigned kLineLevels = 4;  // a result a line

std::string_view exit_code_description(int exit_code) {
  switch (exit_code) {
    case 0: return "No finding at or above the severity that fails the run.";
    case 1: return "Findings at or above the severity that fails the run, or not understood.";
    case 2: return "Wrong usage, configuration or rule file, or unreadable input.";
    default: return "An internal failure.";
  }
}

void write_root(JsonWriter& json, std::string_view root) {
  json.begin_object("originalUriBaseIds");
  json.begin_object(kSarifRoot);
  if (!root.empty()) {
    std::string uri = "file://" + uri_path(root);
    if (!uri.ends_with('/')) uri += '/';
    json.member("uri", uri);
  }
  write_sarif_message(json, "description", "The root folder of the manifests.");
  json.end_object();
  json.end_object();
}

void write_artifact(JsonWriter& json, const FileRecord& input) {
  const bool is_json = input.file->uri.ends_with(".json");
  json.begin_object();
  write_sarif_artifact(json, "location", *input.file);
  json.begin_array("roles");
  json.string("analysisTarget");
  json.end_array();
  json.member("mimeType", is_json ? "application/json" : "application/yaml");
  json.member("sourceLanguage", is_json ? "json" : "yaml");
  json.member("encoding", "UTF-8");
  json.member_unsigned("length", input.size);
  if (!input.sha256.empty()) {
    json.begin_object("hashes");
    json.member("sha-256", input.sha256);
    json.end_object();
  }
  json.end_object();
}

void write_counts(JsonWriter& json, const RunSummary& summary) {
  json.begin_object("properties");
  json.begin_object("documents");
  json.member_unsigned("linted", summary.documents.linted);
  json.member_unsigned("withoutRules", summary.documents.without_rules);
  json.member_unsigned("notKubernetes", summary.documents.not_kubernetes);
  json.member_unsigned("templates", summary.documents.templates);
  json.member_unsigned("rejected", summary.documents.rejected);
  json.member_unsigned("empty", summary.documents.empty);
  json.member_unsigned("partial", summary.documents.partial);
  json.end_object();
  json.end_object();
}

class SarifReporter final : public Reporter {
 public:
  SarifReporter(std::ostream& out, const ReportOptions& options)
      : out_(out), json_(out, kLineLevels), options_(options) {}

  void begin(const RunInfo& info) override {
    info_ = &info;
    descriptors_ = notification_descriptors(info.rules);
    json_.begin_object();
    json_.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_.member("version", "2.1.0");
    json_.begin_array("runs");
    json_.begin_object();
    write_sarif_tool(json_, info.rules, descriptors_, SarifTaxonomies(info.rules));
    json_.member("columnKind", "utf16CodeUnits");
    json_.member("defaultEncoding", "UTF-8");
    json_.member("defaultSourceLanguage", "yaml");
    write_root(json_, info.root);
    json_.begin_array("results");
  }

  void add(const Finding& finding) override {
    TIDEWAITER_CHECK(info_ != nullptr && finding.rule < info_->rules.size());
    if (!finding.suppressions.empty() && !options_.with_suppressed) return;
    write_sarif_result(json_, finding, info_->rules[finding.rule], options_.with_suppressed);
  }

  Result<void> end(const RunSummary& summary) override {
    json_.end_array();
    write_invocation(summary);
    json_.begin_array("artifacts");
    for (const FileRecord& input : summary.inputs) write_artifact(json_, input);
    json_.end_array();
    write_counts(json_, summary);
    json_.end_object();
    json_.end_array();
    json_.end_object();
    return written_to(out_);
  }

 private:
  void write_invocation(const RunSummary& summary) {
    json_.begin_array("invocations");
    json_.begin_object();
    json_.member_boolean("executionSuccessful",
                         summary.exit_code == 0 || summary.exit_code == 1);
    json_.key("exitCode");
    json_.integer(summary.exit_code);
    json_.member("exitCodeDescription", exit_code_description(summary.exit_code));
    json_.begin_array("toolExecutionNotifications");
    for (const Notification& notification : summary.notifications) {
      write_notification(notification);
    }
    json_.end_array();
    json_.end_object();
    json_.end_array();
  }

  void write_notification(const Notification& notification) {
    json_.begin_object();
    json_.begin_object("descriptor");
    json_.member("id", notification.id);
    const auto known =
        std::ranges::find(descriptors_, notification.id, &NotificationDescriptor::id);
    if (known != descriptors_.end()) {
      json_.member_unsigned("index", static_cast<std::uint64_t>(known - descriptors_.begin()));
    }
    json_.end_object();
    json_.member("level", name_of(notification.level));
    write_sarif_message(json_, "message", clipped(notification.message, kMaxSarifMessage));
    if (notification.file != nullptr) {
      json_.begin_array("locations");
      json_.begin_object();
      json_.begin_object("physicalLocation");
      write_sarif_artifact(json_, "artifactLocation", *notification.file);
      json_.begin_object("region");
      json_.member_unsigned("startLine", notification.start.line);
      json_.member_unsigned("startColumn", notification.start.utf16_column);
      json_.end_object();
      json_.end_object();
      json_.end_object();
      json_.end_array();
    }
    json_.end_object();
  }

  std::ostream& out_;
  JsonWriter json_;
  ReportOptions options_;
  const RunInfo* info_ = nullptr;
  std::vector<NotificationDescriptor> descriptors_;
};

}  // namespace

std::unique_ptr<Reporter> make_sarif_reporter(std::ostream& out, const ReportOptions& options) {
  return std::make_unique<SarifReporter>(out, options);
}

}  // namespace tidewaiter::report
