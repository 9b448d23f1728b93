#include "engine/completion.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "base/place_completer.h"
#include "base/sha256.h"
#include "engine/resource_values.h"
#include "yaml/place.h"

namespace tidewaiter::engine {
namespace {

ResourceId id_of(const k8s::Resource& resource) {
  const bool has_name = !resource.name.empty() || !k8s::generate_name_of(resource).empty();
  return {.group = std::string(resource.group),
          .version = std::string(resource.version),
          .kind = std::string(resource.kind),
          .namespace_ = std::string(resource.namespace_),
          .name = has_name ? display_name(resource) : std::string()};
}

/// The same for the same rule on the same field of the same resource, wherever its file lies
/// and whatever stands around it (SARIF.md 2, "tidewaiter/resource/v1").
std::string fingerprint_of(const rules::Rule& rule, const RawFinding& raw,
                           const std::string& path) {
  std::string text(rule.id);
  text += '\0';
  if (raw.resource != nullptr) {
    text += fmt::format("{}/{}/{}/{}", k8s::api_version_of(*raw.resource), raw.resource->kind,
                        raw.resource->namespace_, display_name(*raw.resource));
  } else {
    text += raw.place.source->name()->uri;
  }
  text += '\0';
  text += path;
  return sha256_hex(text);
}

Finding outline(const JudgedFinding& judged, std::span<const SelectedRule> rules) {
  const RawFinding& raw = *judged.raw;
  Finding finding{.rule = raw.rule,
                  .severity = raw.severity,
                  .message = raw.message,
                  .resource = {},
                  .path = {},
                  .place = {}};
  if (raw.resource != nullptr) {
    finding.resource = id_of(*raw.resource);
    if (raw.node != nullptr) finding.path = yaml::path_of(*raw.node, *raw.resource->object);
  }
  finding.fingerprint = fingerprint_of(*rules[raw.rule].rule, raw, finding.path);
  finding.related.resize(raw.related.size());
  for (std::size_t i = 0; i < raw.related.size(); ++i) {
    finding.related[i].message = raw.related[i].message;
  }
  if (judged.suppressed_by != nullptr) {
    finding.suppressions.push_back(
        {.reason = std::string(judged.suppressed_by->reason), .place = {}});
  }
  return finding;
}

/// The documents of rendered templates in a stream, by where they begin: a `# Source: path`
/// comment names the file they come from.
class RenderedNames {
 public:
  explicit RenderedNames(const LoadedFile& file) {
    if (!file.input->text) return;
    for (const yaml::Document& document : file.yaml.documents) {
      if (document.source_path.empty()) continue;
      auto name = std::make_shared<FileName>(*file.input->name);
      name->shown = document.source_path;
      name->uri = document.source_path;
      names_.push_back({.span = document.span, .name = std::move(name)});
    }
  }

  void apply(Place& place) const {
    const auto after = std::ranges::upper_bound(
        names_, place.bytes.begin, {}, [](const Named& named) { return named.span.begin; });
    if (after == names_.begin()) return;
    const Named& named = *(after - 1);
    if (place.bytes.begin < named.span.end) place.file = named.name;
  }

 private:
  struct Named {
    ByteSpan span;
    std::shared_ptr<const FileName> name;
  };
  std::vector<Named> names_;
};

/// Completes places in any source of the part.
class Places {
 public:
  explicit Places(const FileOfSource& file_of) : file_of_(file_of) {}

  Place complete(const Source& source, ByteSpan span) {
    Open& open = opened(source);
    Place place = open.completer.complete(span);
    open.names.apply(place);
    return place;
  }

  TextEdit edit(const RawFix::Edit& raw) {
    return opened(*raw.source).completer.edit(raw.span, raw.text);
  }

 private:
  struct Open {
    Open(const Source& source, const LoadedFile& file) : completer(source), names(file) {}
    PlaceCompleter completer;
    RenderedNames names;
  };

  Open& opened(const Source& source) {
    auto& open = open_[&source];
    if (!open) open = std::make_unique<Open>(source, file_of_(source));
    return *open;
  }

  const FileOfSource& file_of_;
  std::unordered_map<const Source*, std::unique_ptr<Open>> open_;
};

void add_places(const JudgedFinding& judged, Finding& finding, Places& places) {
  const RawFinding& raw = *judged.raw;
  const Source& source = *raw.place.source;
  finding.place = places.complete(source, raw.place.span);
  for (std::size_t i = 0; i < raw.related.size(); ++i) {
    const RawPlace& place = raw.related[i].place;
    finding.related[i].place = places.complete(*place.source, place.span);
  }
  if (judged.suppressed_by != nullptr) {
    finding.suppressions.front().place =
        places.complete(*judged.suppressed_in, judged.suppressed_by->place);
    return;  // whoever suppresses a finding does not want it repaired
  }
  for (const RawFix& raw_fix : raw.fixes) {
    Fix& fix = finding.fixes.emplace_back(
        Fix{.description = raw_fix.description, .safe = raw_fix.safe});
    for (const RawFix::Edit& edit : raw_fix.edits) fix.edits.push_back(places.edit(edit));
  }
}

}  // namespace

void complete(std::span<const JudgedFinding> judged, std::span<const SelectedRule> rules,
              const FileOfSource& file_of, const FindingSink& sink) {
  Places places(file_of);
  for (const JudgedFinding& one : judged) {
    Finding finding = outline(one, rules);
    add_places(one, finding, places);
    sink(std::move(finding));
  }
}

}  // namespace tidewaiter::engine
