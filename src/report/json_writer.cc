#include "report/json_writer.h"

#include <nlohmann/json.hpp>
#include <ostream>

#include "base/check.h"

namespace tidewaiter::report {
namespace {

constexpr std::size_t kBufferSize = 64U * 1024;

/// Stands in a JSON string for itself, as most strings of a report do.
bool is_plain(std::string_view text) {
  for (const char c : text) {
    if (c < ' ' || c >= '\x7F' || c == '"' || c == '\\') return false;
  }
  return true;
}

}  // namespace

JsonWriter::JsonWriter(std::ostream& out, unsigned line_levels)
    : out_(out), line_levels_(line_levels) {}

void JsonWriter::separate() {
  if (levels_.empty()) return;
  if (!levels_.back().empty) buffer_ += ',';
  levels_.back().empty = false;
  if (on_lines()) buffer_.append(1, '\n').append(2 * levels_.size(), ' ');
}

void JsonWriter::before_value() {
  if (levels_.empty()) return;
  const bool in_object = levels_.back().container == Container::kObject;
  TIDEWAITER_CHECK(in_object == has_key_);
  if (!in_object) separate();
  has_key_ = false;
}

void JsonWriter::after_value() {
  if (levels_.empty()) buffer_ += '\n';
  if (levels_.empty() || buffer_.size() >= kBufferSize) {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }
}

void JsonWriter::begin(Container container, char bracket) {
  before_value();
  buffer_ += bracket;
  levels_.push_back({.container = container});
}

void JsonWriter::end(Container container, char bracket) {
  TIDEWAITER_CHECK(!levels_.empty() && levels_.back().container == container && !has_key_);
  if (!levels_.back().empty && on_lines()) {
    buffer_.append(1, '\n').append(2 * (levels_.size() - 1), ' ');
  }
  levels_.pop_back();
  buffer_ += bracket;
  after_value();
}

void JsonWriter::begin_object() {
  begin(Container::kObject, '{');
}
void JsonWriter::end_object() {
  end(Container::kObject, '}');
}
void JsonWriter::begin_array() {
  begin(Container::kArray, '[');
}
void JsonWriter::end_array() {
  end(Container::kArray, ']');
}

void JsonWriter::key(std::string_view name) {
  TIDEWAITER_CHECK(!levels_.empty() && levels_.back().container == Container::kObject &&
                   !has_key_);
  separate();
  append_quoted(name);
  buffer_ += on_lines() ? ": " : ":";
  has_key_ = true;
}

void JsonWriter::append_quoted(std::string_view text) {
  if (is_plain(text)) {
    buffer_.append(1, '"').append(text).append(1, '"');
    return;
  }
  buffer_ +=
      nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void JsonWriter::scalar(std::string_view text) {
  before_value();
  buffer_ += text;
  after_value();
}

void JsonWriter::string(std::string_view text) {
  before_value();
  append_quoted(text);
  after_value();
}

void JsonWriter::boolean(bool value) {
  scalar(value ? "true" : "false");
}
void JsonWriter::null() {
  scalar("null");
}
void JsonWriter::integer(std::int64_t value) {
  scalar(std::to_string(value));
}
void JsonWriter::unsigned_integer(std::uint64_t value) {
  scalar(std::to_string(value));
}
void JsonWriter::number(double value) {
  scalar(nlohmann::json(value).dump());
}
void JsonWriter::raw_number(std::string_view digits) {
  scalar(digits);
}

void JsonWriter::member(std::string_view name, std::string_view text) {
  key(name);
  string(text);
}
void JsonWriter::member_boolean(std::string_view name, bool value) {
  key(name);
  boolean(value);
}
void JsonWriter::member_unsigned(std::string_view name, std::uint64_t value) {
  key(name);
  unsigned_integer(value);
}
void JsonWriter::begin_object(std::string_view name) {
  key(name);
  begin_object();
}
void JsonWriter::begin_array(std::string_view name) {
  key(name);
  begin_array();
}

}  // namespace tidewaiter::report
