#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "base/check.h"
#include "report/json_writer.h"
#include "report/reporters.h"
#include "report/rule_prose.h"
#include "tidewaiter/version.h"

namespace tidewaiter::report {
namespace {

constexpr std::uint64_t kSchemaVersion = 1;  // docs/output.md; grows when a meaning changes
constexpr unsigned kLineLevels = 2;          // a finding a line

void optional_member(JsonWriter& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.member(name, text);
}

void write_position(JsonWriter& json, std::string_view name, Position position,
                    std::uint32_t offset) {
  json.begin_object(name);
  json.member_unsigned("line", position.line);
  json.member_unsigned("column", position.column);
  json.member_unsigned("utf16Column", position.utf16_column);
  json.member_unsigned("offset", offset);
  json.end_object();
}

void write_range(JsonWriter& json, Position start, Position end, ByteSpan bytes) {
  write_position(json, "start", start, bytes.begin);
  write_position(json, "end", end, bytes.end);
}

/// The members of a place, into the object that is open.
void write_place(JsonWriter& json, const Place& place) {
  json.member("file", place.file->shown);
  json.member("uri", place.file->uri);
  write_range(json, place.start, place.end, place.bytes);
}

void write_resource(JsonWriter& json, const Finding& finding) {
  const ResourceId& resource = finding.resource;
  if (resource.kind.empty()) return;
  json.begin_object("resource");
  json.member("group", resource.group);
  json.member("version", resource.version);
  json.member("kind", resource.kind);
  optional_member(json, "namespace", resource.namespace_);
  optional_member(json, "name", resource.name);
  json.end_object();
  json.member("path", finding.path);
}

void write_related(JsonWriter& json, const std::vector<RelatedPlace>& related) {
  if (related.empty()) return;
  json.begin_array("related");
  for (const RelatedPlace& other : related) {
    json.begin_object();
    json.member("message", other.message);
    write_place(json, other.place);
    json.end_object();
  }
  json.end_array();
}

void write_fixes(JsonWriter& json, const std::vector<Fix>& fixes) {
  if (fixes.empty()) return;
  json.begin_array("fixes");
  for (const Fix& fix : fixes) {
    json.begin_object();
    json.member("description", fix.description);
    json.member_boolean("safe", fix.safe);
    json.begin_array("edits");
    for (const TextEdit& edit : fix.edits) {
      json.begin_object();
      json.member("file", edit.file->shown);
      json.member("uri", edit.file->uri);
      write_range(json, edit.start, edit.end, edit.span);
      json.member("text", edit.text);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void write_suppressions(JsonWriter& json, const std::vector<Suppression>& suppressions) {
  if (suppressions.empty()) return;
  json.begin_array("suppressions");
  for (const Suppression& suppression : suppressions) {
    json.begin_object();
    optional_member(json, "reason", suppression.reason);
    write_place(json, suppression.place);
    json.end_object();
  }
  json.end_array();
}

void write_notification(JsonWriter& json, const Notification& notification) {
  json.begin_object();
  json.member("id", notification.id);
  json.member("level", name_of(notification.level));
  json.member("message", notification.message);
  if (notification.file != nullptr) {
    json.member("file", notification.file->shown);
    json.member("uri", notification.file->uri);
    json.member_unsigned("line", notification.start.line);
    json.member_unsigned("column", notification.start.column);
  }
  json.end_object();
}

void write_summary(JsonWriter& json, const RunSummary& summary,
                   const std::vector<RuleInfo>& rules) {
  json.begin_object("summary");
  json.member_unsigned("files", summary.files);
  json.begin_object("documents");
  json.member_unsigned("linted", summary.documents.linted);
  json.member_unsigned("withoutRules", summary.documents.without_rules);
  json.member_unsigned("notKubernetes", summary.documents.not_kubernetes);
  json.member_unsigned("templates", summary.documents.templates);
  json.member_unsigned("rejected", summary.documents.rejected);
  json.member_unsigned("empty", summary.documents.empty);
  json.member_unsigned("partial", summary.documents.partial);
  json.end_object();
  json.begin_object("findings");
  json.member_unsigned("error", summary.errors);
  json.member_unsigned("warning", summary.warnings);
  json.member_unsigned("note", summary.notes);
  json.member_unsigned("suppressed", summary.suppressed);
  json.end_object();
  json.begin_object("unjudged");
  for (std::size_t i = 0; i < std::min(summary.unjudged.size(), rules.size()); ++i) {
    if (summary.unjudged[i] > 0) json.member_unsigned(rules[i].name, summary.unjudged[i]);
  }
  json.end_object();
  json.key("exitCode");
  json.integer(summary.exit_code);
  json.end_object();
}

class JsonReporter final : public Reporter {
 public:
  JsonReporter(std::ostream& out, const ReportOptions& options)
      : out_(out), json_(out, kLineLevels), options_(options) {}

  void begin(const RunInfo& info) override {
    info_ = &info;
    found_.assign(info.rules.size(), false);
    json_.begin_object();
    json_.member_unsigned("schemaVersion", kSchemaVersion);
    json_.begin_object("tool");
    json_.member("name", "tidewaiter");
    json_.member("version", kVersion);
    json_.end_object();
    json_.begin_array("findings");
  }

  void add(const Finding& finding) override {
    TIDEWAITER_CHECK(info_ != nullptr && finding.rule < info_->rules.size());
    if (!finding.suppressions.empty() && !options_.with_suppressed) return;
    found_[finding.rule] = true;
    const RuleInfo& rule = info_->rules[finding.rule];
    json_.begin_object();
    json_.member("rule", rule.name);
    json_.member("id", rule.id);
    json_.member("severity", name_of(finding.severity));
    json_.member("message", finding.message);
    write_place(json_, finding.place);
    write_resource(json_, finding);
    write_related(json_, finding.related);
    write_fixes(json_, finding.fixes);
    write_suppressions(json_, finding.suppressions);
    json_.begin_object("fingerprints");
    json_.member("line", finding.place.line_hash);
    optional_member(json_, "resource", finding.fingerprint);
    json_.end_object();
    json_.end_object();
  }

  Result<void> end(const RunSummary& summary) override {
    json_.end_array();
    json_.begin_array("rules");
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (found_[i]) write_rule(info_->rules[i]);
    }
    json_.end_array();
    json_.begin_array("notifications");
    for (const Notification& n : summary.notifications) write_notification(json_, n);
    json_.end_array();
    write_summary(json_, summary, info_->rules);
    json_.end_object();
    return written_to(out_);
  }

 private:
  void write_rule(const RuleInfo& rule) {
    json_.begin_object();
    json_.member("name", rule.name);
    json_.member("id", rule.id);
    json_.member("severity", name_of(rule.severity));
    json_.member("summary", rule.summary);
    json_.member("remediation", rule.remediation);
    json_.member("url", documentation_url(rule));
    json_.end_object();
  }

  std::ostream& out_;
  JsonWriter json_;
  ReportOptions options_;
  const RunInfo* info_ = nullptr;
  std::vector<bool> found_;  // by rule: has a finding in the report
};

}  // namespace

std::unique_ptr<Reporter> make_json_reporter(std::ostream& out, const ReportOptions& options) {
  return std::make_unique<JsonReporter>(out, options);
}

}  // namespace tidewaiter::report
