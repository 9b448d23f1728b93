#include "rules/embedded_documents.h"

#include <algorithm>
#include <utility>

#include "yaml/place.h"
#include "yaml/scalar_offsets.h"

namespace tidewaiter::rules {
namespace {

std::shared_ptr<const FileName> no_name() {
  static const auto kName = std::make_shared<const FileName>();
  return kName;
}

/// What Go's YAML libraries refuse; the rest is a matter of kubectl.
bool is_fatal(const yaml::Problem& problem) {
  return problem.kind == yaml::ProblemKind::kSyntax ||
         problem.kind == yaml::ProblemKind::kDuplicateKey ||
         problem.kind == yaml::ProblemKind::kLimit ||
         problem.kind == yaml::ProblemKind::kEncoding;
}

}  // namespace

struct EmbeddedDocuments::Parsed {
  Parsed(const yaml::Node& host_, std::string text)
      : host(host_),
        source(no_name(), std::move(text)),
        file(yaml::read(source, {}, yaml::Templates::kRead)) {}

  const yaml::Node& host;
  Source source;
  yaml::File file;
  /// A document whose root stands where the fault is.
  std::unique_ptr<Source> fault_source = nullptr;
  yaml::File fault_file = {};
  EmbeddedDocument document = {};
};

EmbeddedDocuments::EmbeddedDocuments() = default;
EmbeddedDocuments::~EmbeddedDocuments() = default;

const EmbeddedDocument& EmbeddedDocuments::parse(const yaml::Node& string) {
  auto& slot = by_host_[&string.resolved()];
  if (slot != nullptr) return slot->document;
  slot = std::make_unique<Parsed>(string, std::string(string.as_string()));
  Parsed& parsed = *slot;
  const auto fatal = std::ranges::find_if(parsed.file.problems, is_fatal);
  if (fatal != parsed.file.problems.end() && fatal->document == 0) {
    parsed.document.error = fatal->message;
    const std::size_t last = parsed.source.text().size();
    const std::size_t at = std::min<std::size_t>(fatal->at.begin, last == 0 ? 0 : last - 1);
    parsed.fault_source = std::make_unique<Source>(no_name(), std::string(at, ' ') + 'x');
    parsed.fault_file = yaml::read(*parsed.fault_source);
    parsed.document.fault = parsed.fault_file.documents.front().root;
    if (parsed.document.fault != nullptr) by_root_.emplace(parsed.document.fault, &parsed);
  } else if (!parsed.file.documents.empty()) {
    parsed.document.root = parsed.file.documents.front().root;
    if (parsed.document.root != nullptr) by_root_.emplace(parsed.document.root, &parsed);
  }
  return parsed.document;
}

const EmbeddedDocuments::Parsed* EmbeddedDocuments::owner_of(const yaml::Node& node) const {
  if (by_root_.empty()) return nullptr;
  const yaml::Node* root = &node;
  while (root->parent() != nullptr) root = root->parent();
  const auto it = by_root_.find(root);
  return it == by_root_.end() ? nullptr : it->second;
}

const yaml::Node* EmbeddedDocuments::host_of(const yaml::Node& node) const {
  const Parsed* const owner = owner_of(node);
  return owner == nullptr ? nullptr : &owner->host;
}

std::optional<EmbeddedDocuments::Inside> EmbeddedDocuments::place_of(
    const yaml::Node& node) const {
  const Parsed* owner = owner_of(node);
  if (owner == nullptr) return std::nullopt;
  Inside place{.host = &owner->host, .range = yaml::place_of(node)};
  while ((owner = owner_of(*place.host)) != nullptr) {
    place = {.host = &owner->host,
             .range = yaml::written_span(owner->source.text(), *place.host, place.range)};
  }
  return place;
}

void EmbeddedDocuments::clear() {
  by_root_.clear();
  by_host_.clear();
}

}  // namespace tidewaiter::rules
