#include "report/sarif_result.h"

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <vector>

#include "report/excerpt.h"
#include "report/rule_prose.h"
#include "report/sarif_driver.h"

namespace tidewaiter::report {
namespace {

void write_range(JsonWriter& json, Position start, Position end) {
  json.member_unsigned("startLine", start.line);
  json.member_unsigned("startColumn", start.utf16_column);
  json.member_unsigned("endLine", end.line);
  json.member_unsigned("endColumn", end.utf16_column);
}

bool before(Position a, Position b) {
  return a.line != b.line ? a.line < b.line : a.utf16_column < b.utf16_column;
}

/// The excerpt around the place, where it holds the place and more.
void write_context(JsonWriter& json, const Place& place) {
  const Position start = place.excerpt_start;
  const Position end = excerpt_end(place);
  const bool holds = !before(place.start, start) && !before(end, place.end);
  const bool holds_more = before(start, place.start) || before(place.end, end);
  if (!holds || !holds_more) return;
  json.begin_object("contextRegion");
  write_range(json, start, end);
  write_sarif_message(json, "snippet", place.excerpt);
  json.end_object();
}

void write_physical_location(JsonWriter& json, const Place& place, bool with_context) {
  json.begin_object("physicalLocation");
  write_sarif_artifact(json, "artifactLocation", *place.file);
  json.begin_object("region");
  write_range(json, place.start, place.end);
  if (const auto text = text_of(place); text && !text->empty()) {
    write_sarif_message(json, "snippet", *text);
  }
  json.end_object();
  if (with_context) write_context(json, place);
  json.end_object();
}

/// "apps/v1/Deployment/shop/web/spec/replicas": the object and the path inside it.
std::string qualified_name(const Finding& finding) {
  const ResourceId& resource = finding.resource;
  std::string name;
  for (const std::string& part : {resource.group, resource.version, resource.kind,
                                  resource.namespace_, resource.name, finding.path}) {
    if (part.empty()) continue;
    if (!name.empty()) name += '/';
    name += part;
  }
  return name;
}

void write_location(JsonWriter& json, const Finding& finding) {
  json.begin_array("locations");
  json.begin_object();
  write_physical_location(json, finding.place, /*with_context=*/true);
  const ResourceId& resource = finding.resource;
  if (!resource.kind.empty()) {
    json.begin_array("logicalLocations");
    json.begin_object();
    json.member("name", resource.name.empty() ? resource.kind : resource.name);
    json.member("fullyQualifiedName", qualified_name(finding));
    json.member("kind", "object");
    json.end_object();
    json.end_array();
  }
  json.end_object();
  json.end_array();
}

void write_related(JsonWriter& json, const std::vector<RelatedPlace>& related) {
  if (related.empty()) return;
  json.begin_array("relatedLocations");
  for (std::size_t i = 0; i < related.size(); ++i) {
    json.begin_object();
    json.member_unsigned("id", i + 1);
    write_physical_location(json, related[i].place, /*with_context=*/false);
    write_sarif_message(json, "message", clipped(related[i].message, kMaxSarifMessage));
    json.end_object();
  }
  json.end_array();
}

void write_replacement(JsonWriter& json, const TextEdit& edit) {
  json.begin_object();
  json.begin_object("deletedRegion");
  write_range(json, edit.start, edit.end);
  json.end_object();
  write_sarif_message(json, "insertedContent", edit.text);
  json.end_object();
}

/// One change a file; the edits come in order and without overlap within a file.
void write_changes(JsonWriter& json, const std::vector<TextEdit>& edits) {
  std::vector<const FileName*> files;
  for (const TextEdit& edit : edits) {
    bool known = false;
    for (const FileName* file : files) known = known || file->uri == edit.file->uri;
    if (!known) files.push_back(edit.file.get());
  }
  json.begin_array("artifactChanges");
  for (const FileName* file : files) {
    json.begin_object();
    write_sarif_artifact(json, "artifactLocation", *file);
    json.begin_array("replacements");
    for (const TextEdit& edit : edits) {
      if (edit.file->uri == file->uri) write_replacement(json, edit);
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void write_fixes(JsonWriter& json, const std::vector<Fix>& fixes) {
  bool open = false;
  for (const Fix& fix : fixes) {
    if (fix.edits.empty()) continue;  // a SARIF fix has at least one change
    if (!open) json.begin_array("fixes");
    open = true;
    json.begin_object();
    // DefectDojo refuses a whole report for a fix without a description.
    write_sarif_message(json, "description",
                        fix.description.empty() ? "Apply the fix." : fix.description);
    write_changes(json, fix.edits);
    json.end_object();
  }
  if (open) json.end_array();
}

void write_suppressions(JsonWriter& json, const std::vector<Suppression>& suppressions) {
  json.begin_array("suppressions");
  for (const Suppression& suppression : suppressions) {
    json.begin_object();
    json.member("kind", "inSource");
    json.member("status", "accepted");
    if (!suppression.reason.empty()) json.member("justification", suppression.reason);
    json.begin_object("location");
    write_physical_location(json, suppression.place, /*with_context=*/false);
    json.end_object();
    json.end_object();
  }
  json.end_array();
}

/// "line 7", or "line 7 of web.yaml" in another file, fit for a link of SARIF's plain text.
std::string link_label(const Place& target, const Place& from) {
  std::string label = fmt::format("line {}", target.start.line);
  if (target.file->uri == from.file->uri) return label;
  const std::string_view shown = target.file->shown;
  label += " of ";
  for (const char c : shown.substr(shown.rfind('/') + 1)) {  // npos + 1 is 0
    if (c == '[' || c == ']' || c == '\\') label += '\\';
    label += c;
  }
  return label;
}

/// The message with a link to each related place, which is how GitHub shows those.
std::string message_with_links(const Finding& finding) {
  std::string message = clipped(finding.message, kMaxSarifMessage - 200);
  std::string links;
  for (std::size_t i = 0; i < finding.related.size(); ++i) {
    const std::string link =
        fmt::format("{}[{}]({})", i == 0 ? " See " : ", ",
                    link_label(finding.related[i].place, finding.place), i + 1);
    if (message.size() + links.size() + link.size() >= kMaxSarifMessage) break;
    links += link;
  }
  if (!links.empty()) message += links + '.';
  return message;
}

}  // namespace

void write_sarif_artifact(JsonWriter& json, std::string_view name, const FileName& file) {
  json.begin_object(name);
  json.member("uri", file.uri);
  if (!file.outside_root) json.member("uriBaseId", kSarifRoot);
  json.end_object();
}

void write_sarif_result(JsonWriter& json, const Finding& finding, const RuleInfo& rule,
                        bool with_suppressed) {
  json.begin_object();
  json.member("ruleId", rule.id);
  json.member_unsigned("ruleIndex", finding.rule);
  json.member("kind", "fail");
  json.member("level", name_of(finding.severity));
  write_sarif_message(json, "message", message_with_links(finding));
  write_location(json, finding);
  write_related(json, finding.related);
  json.begin_object("partialFingerprints");
  json.member("primaryLocationLineHash", finding.place.line_hash);
  if (!finding.fingerprint.empty()) {
    json.member("tidewaiter/resource/v1", finding.fingerprint);
  }
  json.end_object();
  write_fixes(json, finding.fixes);
  if (with_suppressed) write_suppressions(json, finding.suppressions);
  json.end_object();
}

}  // namespace tidewaiter::report
