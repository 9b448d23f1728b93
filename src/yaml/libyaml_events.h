#ifndef TIDEWAITER_YAML_LIBYAML_EVENTS_H_
#define TIDEWAITER_YAML_LIBYAML_EVENTS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tidewaiter/span.h"
#include "yaml/node.h"

namespace tidewaiter::yaml {

enum class EventType : std::uint8_t {
  kStreamStart,
  kStreamEnd,
  kDocumentStart,
  kDocumentEnd,
  kScalar,
  kAlias,
  kSequenceStart,
  kSequenceEnd,
  kMappingStart,
  kMappingEnd,
};

/// One step of a parse. Strings are valid until the next step.
struct Event {
  EventType type = EventType::kStreamStart;
  Style style = Style::kPlain;
  /// Of the source: with anchor and tag. A document's or block collection's end has none.
  ByteSpan span;
  std::string_view value;        ///< Of a scalar.
  std::string_view anchor;       ///< Of a node, or what an alias names; empty: none.
  std::string_view tag;          ///< In full; empty: none, or the lone `!`.
  bool plain_implicit = false;   ///< Of a scalar: plain without a tag, or `!`.
  bool foreign_version = false;  ///< Of a document start: %YAML other than 1.1.
};

/// Why a parse stopped. The texts are libyaml's, static, never null.
struct ParseFailure {
  const char* problem = "";
  std::uint32_t at = 0;
  const char* context = "";
  std::uint32_t context_at = 0;  ///< Meaningful when `context` is not empty.
  bool out_of_memory = false;
};

/// The only user of libyaml: reads one piece of a source as a stream of events, places as byte
/// offsets in the source. Constant memory but for one token; time linear in what is read.
class EventReader {
 public:
  /// Reads `source[piece]`, of valid UTF-8, with a line end added where it lacks one if
  /// `add_line_end`. Borrows the source.
  EventReader(std::string_view source, ByteSpan piece, bool add_line_end);
  ~EventReader();
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  /// The next event; false when the text is not YAML, and then failure() says why. Not to be
  /// called after that, nor after kStreamEnd.
  bool next(Event& event);
  const ParseFailure& failure() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_LIBYAML_EVENTS_H_
