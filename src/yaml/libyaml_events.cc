#include "yaml/libyaml_events.h"

#include <yaml.h>

#include <algorithm>
#include <cstring>

#include "yaml/encoding.h"

namespace tidewaiter::yaml {
namespace {

/// Turns libyaml's code point indexes into byte offsets. Marks mostly move forward, and then
/// all of them together cost one pass; in pure ASCII they cost nothing.
class OffsetCursor {
 public:
  OffsetCursor(std::string_view source, ByteSpan piece) : source_(source), piece_(piece) {
    at_ = piece.begin;
    ascii_ = is_ascii(source.substr(piece.begin, piece.size()));
  }

  std::uint32_t offset_of(std::size_t index) {
    if (ascii_) {
      return std::min(piece_.end, piece_.begin + static_cast<std::uint32_t>(index));
    }
    while (index_ < index && at_ < piece_.end) {
      ++at_;
      while (at_ < piece_.end && is_continuation()) ++at_;
      ++index_;
    }
    while (index_ > index && at_ > piece_.begin) {
      --at_;
      while (at_ > piece_.begin && is_continuation()) --at_;
      --index_;
    }
    return at_;
  }

 private:
  bool is_continuation() const {
    return (static_cast<unsigned char>(source_[at_]) & 0xC0U) == 0x80U;
  }

  std::string_view source_;
  ByteSpan piece_;
  std::size_t index_ = 0;
  std::uint32_t at_ = 0;
  bool ascii_ = false;
};

struct Input {
  std::string_view rest;
  bool add_line_end = false;
};

int read_input(void* data, unsigned char* buffer, std::size_t size, std::size_t* read) {
  auto& input = *static_cast<Input*>(data);
  *read = std::min(size, input.rest.size());
  std::memcpy(buffer, input.rest.data(), *read);
  input.rest.remove_prefix(*read);
  if (*read < size && input.rest.empty() && input.add_line_end) {
    buffer[(*read)++] = '\n';
    input.add_line_end = false;
  }
  return 1;
}

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

Style style_of(yaml_scalar_style_t style) {
  switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return Style::kSingleQuoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return Style::kDoubleQuoted;
    case YAML_LITERAL_SCALAR_STYLE: return Style::kLiteral;
    case YAML_FOLDED_SCALAR_STYLE: return Style::kFolded;
    default: return Style::kPlain;
  }
}

/// The part of an event that differs by its type.
void fill(Event& event, const yaml_event_t& raw) {
  switch (raw.type) {
    case YAML_SCALAR_EVENT:
      event.type = EventType::kScalar;
      event.style = style_of(raw.data.scalar.style);
      event.value = {reinterpret_cast<const char*>(raw.data.scalar.value),
                     raw.data.scalar.length};
      event.anchor = view(raw.data.scalar.anchor);
      event.tag = view(raw.data.scalar.tag);
      event.plain_implicit = raw.data.scalar.plain_implicit != 0;
      break;
    case YAML_ALIAS_EVENT:
      event.type = EventType::kAlias;
      event.anchor = view(raw.data.alias.anchor);
      break;
    case YAML_SEQUENCE_START_EVENT:
      event.type = EventType::kSequenceStart;
      event.anchor = view(raw.data.sequence_start.anchor);
      event.tag = view(raw.data.sequence_start.tag);
      event.style = raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? Style::kFlow
                                                                              : Style::kBlock;
      break;
    case YAML_MAPPING_START_EVENT:
      event.type = EventType::kMappingStart;
      event.anchor = view(raw.data.mapping_start.anchor);
      event.tag = view(raw.data.mapping_start.tag);
      event.style = raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? Style::kFlow
                                                                            : Style::kBlock;
      break;
    case YAML_SEQUENCE_END_EVENT: event.type = EventType::kSequenceEnd; break;
    case YAML_MAPPING_END_EVENT: event.type = EventType::kMappingEnd; break;
    case YAML_DOCUMENT_START_EVENT: {
      event.type = EventType::kDocumentStart;
      const auto* const version = raw.data.document_start.version_directive;
      event.foreign_version =
          version != nullptr && (version->major != 1 || version->minor != 1);
      break;
    }
    case YAML_DOCUMENT_END_EVENT: event.type = EventType::kDocumentEnd; break;
    case YAML_STREAM_END_EVENT: event.type = EventType::kStreamEnd; break;
    default: event.type = EventType::kStreamStart; break;
  }
}

/// The text after a byte order mark: libyaml counts one that it strips itself as a column.
ByteSpan without_mark(std::string_view source, ByteSpan piece) {
  const auto mark = byte_order_mark_size(source.substr(piece.begin, piece.size()));
  return {.begin = piece.begin + static_cast<std::uint32_t>(mark), .end = piece.end};
}

}  // namespace

struct EventReader::State {
  State(std::string_view source, ByteSpan piece, bool add_line_end)
      : cursor(source, piece), input{.rest = source.substr(piece.begin, piece.size())} {
    input.add_line_end = add_line_end && !input.rest.empty() && input.rest.back() != '\n';
  }

  OffsetCursor cursor;
  Input input;
  yaml_parser_t parser = {};
  yaml_event_t raw = {};
  ParseFailure failure;
  bool ready = false;
};

EventReader::EventReader(std::string_view source, ByteSpan piece, bool add_line_end)
    : state_(std::make_unique<State>(source, without_mark(source, piece), add_line_end)) {
  state_->ready = yaml_parser_initialize(&state_->parser) != 0;
  if (!state_->ready) return;
  yaml_parser_set_encoding(&state_->parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input(&state_->parser, &read_input, &state_->input);
}

EventReader::~EventReader() {
  yaml_event_delete(&state_->raw);
  if (state_->ready) yaml_parser_delete(&state_->parser);
}

bool EventReader::next(Event& event) {
  State& state = *state_;
  yaml_event_delete(&state.raw);
  yaml_parser_t& parser = state.parser;
  if (!state.ready || yaml_parser_parse(&parser, &state.raw) == 0) {
    state.failure.out_of_memory = !state.ready || parser.error == YAML_MEMORY_ERROR;
    if (parser.problem != nullptr) state.failure.problem = parser.problem;
    if (parser.context != nullptr) {
      state.failure.context = parser.context;
      state.failure.context_at = state.cursor.offset_of(parser.context_mark.index);
    }
    state.failure.at = state.cursor.offset_of(parser.problem_mark.index);
    return false;
  }
  event = {};
  fill(event, state.raw);
  event.span.begin = state.cursor.offset_of(state.raw.start_mark.index);
  event.span.end = event.span.begin;
  // The end of a block collection or a document is where the next token was found: of no use.
  if (state.raw.end_mark.index != state.raw.start_mark.index) {
    event.span.end = state.cursor.offset_of(state.raw.end_mark.index);
  }
  return true;
}

const ParseFailure& EventReader::failure() const {
  return state_->failure;
}

}  // namespace tidewaiter::yaml
