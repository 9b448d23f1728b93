#ifndef TIDEWAITER_REPORT_JSON_WRITER_H_
#define TIDEWAITER_REPORT_JSON_WRITER_H_

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace tidewaiter::report {

/// Writes JSON as it comes, without holding a document: all JSON that tidewaiter writes comes
/// from here. Calls must make sense as JSON (a key before each value of an object, every begin
/// with its end); one that does not is a programming error and aborts. The same calls give the
/// same bytes. Memory: a buffer of about 64 KiB and some bytes a nesting level.
class JsonWriter {
 public:
  /// All on one line: `{"a":[1,2]}`.
  static constexpr unsigned kCompact = 0;
  /// Each item and member on its own line, indented by two spaces a level.
  static constexpr unsigned kIndented = 0xFFFF'FFFFU;

  /// Containers with fewer than `line_levels` containers around them get a line an item; deeper
  /// ones are written compactly on their parent's line, so that 2 writes an object of arrays
  /// with a line for each of their items. Borrows `out`. Each top-level value ends with a line
  /// end and then is passed on to `out`, so that several make JSON Lines. A failure to write
  /// stays in the state of `out`.
  explicit JsonWriter(std::ostream& out, unsigned line_levels = kCompact);
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  /// Changes line_levels for what follows; the containers that are open must be on lines
  /// before and after.
  void set_line_levels(unsigned line_levels) { line_levels_ = line_levels; }

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  /// The name of the next member of the innermost object.
  void key(std::string_view name);

  /// A string. What is not UTF-8 in `text` becomes U+FFFD.
  void string(std::string_view text);
  void boolean(bool value);
  void null();
  void integer(std::int64_t value);
  void unsigned_integer(std::uint64_t value);
  /// The shortest digits that read back as `value`; JSON has no NaN and no infinities, so those
  /// become null.
  void number(double value);
  /// Digits that already are a JSON number, as they stand (more digits than a double holds).
  void raw_number(std::string_view digits);

  /// key() and then the value or the begin.
  void member(std::string_view name, std::string_view text);
  void member_boolean(std::string_view name, bool value);
  void member_unsigned(std::string_view name, std::uint64_t value);
  void begin_object(std::string_view name);
  void begin_array(std::string_view name);

 private:
  enum class Container : std::uint8_t { kObject, kArray };
  struct Level {
    Container container;
    bool empty = true;
  };

  bool on_lines() const { return levels_.size() <= line_levels_; }
  void separate();
  void before_value();
  void after_value();
  void begin(Container container, char bracket);
  void end(Container container, char bracket);
  void append_quoted(std::string_view text);
  void scalar(std::string_view text);

  std::ostream& out_;
  unsigned line_levels_;
  bool has_key_ = false;
  std::vector<Level> levels_;
  std::string buffer_;
};

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_JSON_WRITER_H_
