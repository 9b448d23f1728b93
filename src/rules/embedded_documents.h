#ifndef TIDEWAITER_RULES_EMBEDDED_DOCUMENTS_H_
#define TIDEWAITER_RULES_EMBEDDED_DOCUMENTS_H_

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/source.h"
#include "tidewaiter/span.h"
#include "yaml/file.h"
#include "yaml/node.h"

namespace tidewaiter::rules {

/// A YAML document that is the text of a string of a manifest.
struct EmbeddedDocument {
  const yaml::Node* root = nullptr;   ///< Null when it is invalid or holds nothing.
  std::string error = {};             ///< Why it is invalid, a sentence; else empty.
  const yaml::Node* fault = nullptr;  ///< Stands where it is invalid, as if it were a node.
};

/// The documents within the strings of one resource: each is parsed once, and stays until
/// clear(). One for each thread.
class EmbeddedDocuments {
 public:
  EmbeddedDocuments();
  ~EmbeddedDocuments();
  EmbeddedDocuments(const EmbeddedDocuments&) = delete;
  EmbeddedDocuments& operator=(const EmbeddedDocuments&) = delete;

  /// The document in a string node, of a manifest or of another embedded document; of several
  /// the first, as Go's YAML libraries unmarshal. Unlike for manifests, keys that stand twice
  /// make it invalid. Limits are those of manifests.
  const EmbeddedDocument& parse(const yaml::Node& string);

  /// The string that the document of the node is the text of; null for a node of a manifest.
  const yaml::Node* host_of(const yaml::Node& node) const;

  /// A string of a manifest and a range of its bytes.
  struct Inside {
    const yaml::Node* host = nullptr;
    ByteSpan range;
  };
  /// Where a finding about a node of an embedded document is shown (as yaml::place_of), as a
  /// range of the string of the manifest that it lies in; nothing for a node of a manifest.
  std::optional<Inside> place_of(const yaml::Node& node) const;

  /// Forgets all documents; no value or node of them may be used any more.
  void clear();

 private:
  struct Parsed;
  const Parsed* owner_of(const yaml::Node& node) const;

  std::map<const yaml::Node*, std::unique_ptr<Parsed>> by_host_;
  std::map<const yaml::Node*, const Parsed*> by_root_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_EMBEDDED_DOCUMENTS_H_
