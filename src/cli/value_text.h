#ifndef TIDEWAITER_CLI_VALUE_TEXT_H_
#define TIDEWAITER_CLI_VALUE_TEXT_H_

#include <iosfwd>
#include <string>

#include "cel/value.h"
#include "report/json_writer.h"

namespace tidewaiter::cli {

/// A value that holds no others as an expression would write it, so that it can be pasted into
/// one: `"text"`, `3`, `3u`, `3.0`, `b"\xff"`, `null`, `duration("90s")`, `quantity("1Gi")`,
/// `string` (a type). Control and invisible characters are escaped.
std::string literal_of(const cel::Value& scalar);

/// Writes any value that is_printable as an expression would write it: on one line where it is
/// short, else an item or entry on each line, those of the outermost value indented by
/// `indent` + 2 blanks. No line end at the end.
void write_value(std::ostream& out, const cel::Value& value, unsigned indent = 0);

/// Whether write_value needs only one line.
bool is_one_line(const cel::Value& value);

/// Writes a value that is_printable as CEL turns values into JSON: durations and timestamps as
/// text, bytes as base64, keys as text; NaN and the infinities, which JSON does not have, and
/// the values of libraries as text; an optional as what it holds, or null.
void write_json(report::JsonWriter& json, const cel::Value& value);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_VALUE_TEXT_H_
