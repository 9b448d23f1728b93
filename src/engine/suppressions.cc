#include "engine/suppressions.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/text_outline.h"
#include "yaml/place.h"

namespace tidewaiter::engine {
namespace {

constexpr std::uint32_t kNone = 0xFFFF'FFFFU;
/// Entries around a place nest no deeper than documents do; more are copies of one another.
constexpr int kMaxNesting = 256;
constexpr std::string_view kAnnotationPrefix = "ignore.tidewaiter/";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Takes `prefix` and the blanks around it off the front; false when it does not stand there.
bool take(std::string_view& text, std::string_view prefix) {
  std::string_view rest = trim(text);
  if (!rest.starts_with(prefix)) return false;
  rest.remove_prefix(prefix.size());
  text = trim(rest);
  return true;
}

/// The words of a comment that is addressed to tidewaiter.
struct Directive {
  bool whole_file = false;
  std::string_view names;
  std::string_view reason;
};

/// Reads `# tidewaiter: ignore a, b -- reason`; nothing for any other comment.
std::optional<Directive> parse_directive(std::string_view comment) {
  Directive directive;
  if (!take(comment, "#") || !take(comment, "tidewaiter:")) return std::nullopt;
  const std::string_view verb = comment.substr(0, comment.find_first_of(" \t"));
  if (verb != "ignore" && verb != "ignore-file") return std::nullopt;
  directive.whole_file = verb == "ignore-file";
  comment = trim(comment.substr(verb.size()));
  comment = comment.substr(0, comment.find(" #"));  // a remark of another tool
  const std::size_t dashes = comment.find("--");
  directive.names = trim(comment.substr(0, dashes));
  if (dashes != comment.npos) directive.reason = trim(comment.substr(dashes + 2));
  return directive;
}

std::uint32_t line_begin(std::string_view text, std::uint32_t offset) {
  while (offset > 0 && text[offset - 1] != '\n' && text[offset - 1] != '\r') --offset;
  return offset;
}

/// Nothing but blanks, `-` and a byte order mark: the comment stands alone, or after the dash
/// of the item or the document that it is about.
bool is_alone(std::string_view before) {
  if (before.starts_with("\xEF\xBB\xBF")) before.remove_prefix(3);
  return std::ranges::all_of(before, [](char c) { return is_blank(c) || c == '-'; });
}

/// What a comment of a document covers; empty when there is nothing below it.
ByteSpan covered_by(std::string_view text, const yaml::Document& document,
                    const TextOutline& outline, ByteSpan comment) {
  const std::uint32_t begin = line_begin(text, comment.begin);
  const std::string_view before = text.substr(begin, comment.begin - begin);
  if (is_alone(before)) {
    return outline.following(comment.end)
        .value_or(ByteSpan{.begin = comment.end, .end = comment.end});
  }
  if (const auto covered = outline.beginning_in(begin, comment.begin)) return *covered;
  const auto first = static_cast<std::uint32_t>(
      begin + static_cast<std::uint32_t>(before.find_first_not_of(" \t")));
  return outline.holding(first).value_or(document.span);
}

}  // namespace

Suppressions::Suppressions(const Source& source, const yaml::File& file,
                           std::span<const k8s::Resource> resources, const RuleNames& names)
    : source_(source), names_(names) {
  // Most files hold neither; one look over the bytes saves the rest.
  if (source.text().find("tidewaiter") == std::string_view::npos) return;
  for (std::size_t i = 0; i < file.documents.size(); ++i) {
    const bool has_next = i + 1 < file.documents.size();
    add_comments(file.documents[i], has_next ? &file.documents[i + 1] : nullptr);
  }
  for (const k8s::Resource& resource : resources) {
    if (const yaml::Node* metadata = resource.object->find("metadata")) {
      add_annotations(resource, metadata->find("annotations"), /*of_pod=*/false);
    }
    if (resource.pod_meta != nullptr &&
        resource.pod_meta != resource.object->find("metadata")) {
      add_annotations(resource, resource.pod_meta->find("annotations"), /*of_pod=*/true);
    }
  }
  const bool all_read = std::ranges::none_of(file.documents, [](const yaml::Document& d) {
    return d.state == yaml::DocumentState::kRejected ||
           d.state == yaml::DocumentState::kTemplate;
  });
  for (SuppressionEntry& entry : entries_) {
    if (entry.whole_file && !all_read) entry.judged = false;
  }
  link();
}

void Suppressions::add_comments(const yaml::Document& document, const yaml::Document* next) {
  std::optional<TextOutline> outline;
  for (const ByteSpan comment : document.comments) {
    const auto directive = parse_directive(source_.text(comment));
    if (!directive) continue;
    ByteSpan covered = {.begin = 0, .end = static_cast<std::uint32_t>(source_.text().size())};
    if (!directive->whole_file) {
      if (!outline) outline.emplace(document);
      // A comment before the first `---` of a stream is about the document that follows.
      covered = document.state == yaml::DocumentState::kNull && next != nullptr
                    ? next->span
                    : covered_by(source_.text(), document, *outline, comment);
    }
    add_named(directive->names, {.reason = directive->reason,
                                 .place = comment,
                                 .covered = covered,
                                 .whole_file = directive->whole_file,
                                 .judged = document.state == yaml::DocumentState::kRead ||
                                           document.state == yaml::DocumentState::kNull});
  }
}

void Suppressions::add_named(std::string_view names, SuppressionEntry entry) {
  if (names.empty()) return entries_.push_back(entry);
  std::string_view rest = names;
  while (!rest.empty()) {
    const std::size_t end = rest.find_first_of(", \t");
    entry.name = rest.substr(0, end);
    entry.rule = names_.find(entry.name);
    if (!entry.name.empty()) entries_.push_back(entry);
    rest = end == rest.npos ? std::string_view{} : rest.substr(end + 1);
  }
}

void Suppressions::add_annotations(const k8s::Resource& resource, const yaml::Node* annotations,
                                   bool of_pod) {
  if (annotations == nullptr || !annotations->is_mapping()) return;
  for (std::uint32_t i = 0; i < annotations->size(); ++i) {
    const yaml::Entry annotation = annotations->entry(i);
    std::string_view name = annotation.key->as_string();
    if (!name.starts_with(kAnnotationPrefix)) continue;
    name.remove_prefix(kAnnotationPrefix.size());
    const rules::Rule* rule = names_.find(name);
    SuppressionEntry entry{.rule = rule,
                           .name = name,
                           .reason = annotation.value->as_string(),
                           .place = yaml::place_of(*annotation.value),
                           .covered = resource.object->span(),
                           .resource = &resource};
    // On a pod template: all that rules about pods say, of other rules what stands in it.
    const bool covers_all = !of_pod || (rule != nullptr && rule->match.pods);
    if (!covers_all) entry.covered = resource.pod_meta->parent()->span();
    entries_.push_back(entry);
  }
}

void Suppressions::link() {
  std::ranges::sort(entries_, [](const SuppressionEntry& a, const SuppressionEntry& b) {
    const std::string_view rule_a = a.rule == nullptr ? std::string_view{} : a.rule->id;
    const std::string_view rule_b = b.rule == nullptr ? std::string_view{} : b.rule->id;
    if (rule_a != rule_b) return rule_a < rule_b;
    if (a.covered.begin != b.covered.begin) return a.covered.begin < b.covered.begin;
    if (a.covered.end != b.covered.end) return a.covered.end > b.covered.end;
    return a.place < b.place;
  });
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    if (i > 0 && entries_[i].rule != entries_[i - 1].rule) open.clear();
    while (!open.empty() && entries_[open.back()].covered.end <= entries_[i].covered.begin) {
      open.pop_back();
    }
    enclosing_.push_back(open.empty() ? kNone : open.back());
    open.push_back(i);
  }
}

const SuppressionEntry* Suppressions::apply(const RawFinding& finding, std::uint32_t at,
                                            const rules::Rule& rule, bool require_reason) {
  const auto after = std::ranges::partition_point(entries_, [&](const SuppressionEntry& entry) {
    const std::string_view id = entry.rule == nullptr ? std::string_view{} : entry.rule->id;
    return id < rule.id || (id == rule.id && entry.covered.begin <= at);
  });
  if (after == entries_.begin()) return nullptr;
  const SuppressionEntry* innermost = nullptr;
  auto index = static_cast<std::uint32_t>(after - entries_.begin() - 1);
  for (int step = 0; index != kNone && step < kMaxNesting; index = enclosing_[index], ++step) {
    SuppressionEntry& entry = entries_[index];
    const bool covers = entry.rule == &rule && entry.covered.begin <= at &&
                        at < entry.covered.end &&
                        (entry.resource == nullptr || finding.resource == nullptr ||
                         entry.resource == finding.resource);
    if (!covers || (require_reason && entry.reason.empty())) continue;
    entry.used = true;
    if (innermost == nullptr) innermost = &entry;
  }
  return innermost;
}

}  // namespace tidewaiter::engine
