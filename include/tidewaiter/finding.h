#ifndef TIDEWAITER_FINDING_H_
#define TIDEWAITER_FINDING_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tidewaiter/span.h"

namespace tidewaiter {

/// How much a finding matters, least first, so that `>=` reads as "at least as severe as".
enum class Severity : std::uint8_t { kNote, kWarning, kError };

/// `note`, `warning` or `error`.
const char* name_of(Severity severity);

/// The two names of one input file. Shared by every place in it.
struct FileName {
  std::string shown;  ///< As the user typed it, or as the walk from what was typed found it.
  /// Relative to the root, `/`-separated, percent-encoded by uri_path (DESIGN: Places).
  std::string uri = {};
  bool outside_root = false;  ///< Then `uri` is relative to the argument that led to the file.
};

/// A completed place in a file: it holds all that a report prints and borrows nothing.
struct Place {
  std::shared_ptr<const FileName> file;
  ByteSpan bytes = {};
  Position start = {};
  Position end = {};            ///< Exclusive: the position just after the last character.
  Position excerpt_start = {};  ///< Of the first character of `excerpt`.
  /// The lines of the place and two on each side: valid UTF-8 (a bad byte is one U+FFFD), `\n`
  /// between lines. Bounded: see PlaceCompleter. Only around a place in a very long line does
  /// it begin within a line.
  std::string excerpt = {};
  /// GitHub's primaryLocationLineHash of `start.line`, `:n` included.
  std::string line_hash = {};
};

/// A second place that helps to understand a finding.
struct RelatedPlace {
  Place place;
  std::string message;
};

/// Replaces the bytes `span` of a file by `text`; an empty span inserts.
struct TextEdit {
  std::shared_ptr<const FileName> file;
  ByteSpan span = {};
  Position start = {};
  Position end = {};
  std::string text;
};

/// A repair: all edits together, in order and without overlap within a file.
struct Fix {
  std::string description = {};
  bool safe = false;  ///< True when it cannot change what the manifest does.
  std::vector<TextEdit> edits = {};
};

/// Why a finding does not count.
struct Suppression {
  std::string reason = {};  ///< The user's justification; empty when none was written.
  Place place;              ///< The comment or the annotation.
};

/// The Kubernetes object that a finding is about. All empty for a finding about a whole file.
struct ResourceId {
  std::string group = {};  ///< Empty for the core group.
  std::string version = {};
  std::string kind = {};
  std::string namespace_ = {};  ///< Empty when the manifest states none.
  std::string name = {};        ///< metadata.name, else generateName + '*', else empty.
};

/// One fault found in one file. A value: it borrows nothing from the engine.
struct Finding {
  std::uint32_t rule = 0;  ///< Index into RunInfo::rules.
  Severity severity = Severity::kWarning;
  std::string message;  ///< Full sentences on one line; dynamic parts in 'single quotes'.
  ResourceId resource = {};
  /// Inside the resource, list items by name: "spec/containers/app/image".
  std::string path = {};
  Place place;
  std::vector<RelatedPlace> related = {};
  std::vector<Fix> fixes = {};
  std::vector<Suppression> suppressions = {};  ///< Not empty: suppressed.
  std::string fingerprint = {};  ///< sha256 hex of rule, resource and path (SARIF.md 2).
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_FINDING_H_
