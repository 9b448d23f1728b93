#include "cli/test_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

#include "base/line_index.h"
#include "report/json_writer.h"
#include "report/shown_text.h"
#include "tidewaiter/version.h"

namespace tidewaiter::cli {
namespace {

using Kind = engine::ExampleFault::Kind;

constexpr std::uint32_t kContext = 2;  // lines before and after
constexpr std::uint32_t kMaxCells = 100;
constexpr std::uint32_t kToLineEnd = 0xFFFF'FFFFU;

/// Where a fault is: in the rule's file, and in which text its line is to be shown.
struct FaultPlace {
  std::uint32_t line = 1;  ///< In the rule's file, as the column.
  std::uint32_t column = 1;
  std::string_view text = {};     ///< What `shown_line` counts in; empty: nothing to show.
  std::uint32_t shown_line = 0;   ///< From 1.
  std::uint32_t shown_begin = 0;  ///< Code points before the first caret.
  bool in_rule_file = true;       ///< Else `text` is the text of the example's file.
};

std::string_view line_of(std::string_view text, const LineIndex& index, std::uint32_t line) {
  const ByteSpan span = index.line(line);
  return text.substr(span.begin, span.size());
}

const rules::Example::File* file_of(const RuleTestFault& fault) {
  if (fault.example == nullptr) return nullptr;
  const auto file =
      std::ranges::find(fault.example->files, fault.fault.path, &rules::Example::File::path);
  return file == fault.example->files.end() ? nullptr : &*file;
}

FaultPlace place_of(const RuleTestFault& fault, std::string_view text) {
  const LineIndex index(text);
  const Position at = index.at(fault.where.begin);
  FaultPlace place{.line = at.line, .column = at.column};
  const rules::Example::File* const file = file_of(fault);
  const std::uint32_t line = fault.fault.line;
  if (file == nullptr || line == 0) {
    if (fault.example == nullptr) {
      place.text = text;
      place.shown_line = at.line;
      place.shown_begin = at.column - 1;
    }
    return place;
  }
  const std::uint32_t column = std::max(fault.fault.column, 1U);
  if (const auto outer = line_in_rule_file(text, *file, line)) {
    place.line = place.shown_line = outer->line;
    place.column = outer->indent + column;
    place.text = text;
    place.shown_begin = place.column - 1;
  } else if (!fault.example->base64) {
    place.text = file->text;
    place.shown_line = line;
    place.shown_begin = column - 1;
    place.in_rule_file = false;
  }
  return place;
}

/// The message with what the place does not tell: the example, and the file and line in it.
std::string full_message(const RuleTestFault& fault, const FaultPlace& place) {
  if (fault.example == nullptr) return fault.fault.message;
  std::string where =
      fmt::format("Example {} ({}", fault.number, fault.example->bad ? "bad" : "good");
  if (!fault.fault.path.empty() && (fault.example->files.size() > 1 || !place.in_rule_file)) {
    where += ", " + fault.fault.path;
    if (!place.in_rule_file) where += fmt::format(":{}", fault.fault.line);
  }
  return fmt::format("{}): {}", where, fault.fault.message);
}

/// The lines around the place, the one at fault with carets below.
void write_excerpt(const FaultPlace& place, std::ostream& out) {
  if (place.text.empty() || place.shown_line == 0) return;
  const LineIndex index(place.text);
  const std::uint32_t first = place.shown_line - std::min(place.shown_line - 1, kContext);
  const std::uint32_t last = std::min(place.shown_line + kContext, index.line_count());
  for (std::uint32_t number = first; number <= last; ++number) {
    const std::string_view line = line_of(place.text, index, number);
    if (number == last && line.empty()) break;
    const auto shown = report::shown_line(line, place.shown_begin, kToLineEnd, kMaxCells);
    out << fmt::format("{:>5} | {}\n", number, shown.text);
    if (number == place.shown_line) {
      out << "      | " << std::string(shown.caret_begin, ' ') << std::string(shown.carets, '^')
          << '\n';
    }
  }
}

void write_fault(const RuleTest& test, const RuleTestFault& fault, std::string_view text,
                 std::ostream& out) {
  const FaultPlace place = place_of(fault, text);
  out << fmt::format("\n{}:{}:{}: error: {} [{} {}]\n", report::shown_path(test.rule->file),
                     place.line, place.column, report::shown_text(full_message(fault, place)),
                     test.rule->name, test.rule->id);
  write_excerpt(place, out);
}

void write_table(const TestRun& run, std::ostream& out) {
  std::size_t width = 4;
  for (const RuleTest& test : run.tests) width = std::max(width, test.rule->name.size());
  out << fmt::format("{:<{}}  EXAMPLES  PASSED  FAILED\n", "RULE", width);
  for (const RuleTest& test : run.tests) {
    out << fmt::format("{:<{}}  {:>8}  {:>6}  {:>6}{}\n", test.rule->name, width,
                       test.passed + test.failed, test.passed, test.failed,
                       test.failed == 0 && !test.faults.empty() ? "  incomplete" : "");
  }
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::kMissing: return "missing";
    case Kind::kUnexpected: return "unexpected";
    case Kind::kOther: return "other";
  }
  return {};
}

void write_json_fault(const RuleTestFault& fault, std::string_view text,
                      report::JsonWriter& json) {
  const FaultPlace place = place_of(fault, text);
  json.begin_object();
  json.member("kind", name_of(fault.fault.kind));
  json.member("message", fault.fault.message);
  json.member_unsigned("line", place.line);
  json.member_unsigned("column", place.column);
  if (fault.example != nullptr) {
    json.begin_object("example");
    json.member_unsigned("number", fault.number);
    json.member("expected", fault.example->bad ? "bad" : "good");
    if (!fault.fault.path.empty()) json.member("file", fault.fault.path);
    if (fault.fault.line != 0) json.member_unsigned("line", fault.fault.line);
    if (fault.fault.column != 0) json.member_unsigned("column", fault.fault.column);
    json.end_object();
  }
  json.end_object();
}

}  // namespace

void write_test_text(const TestRun& run, std::ostream& out) {
  if (!run.tests.empty()) write_table(run, out);
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t incomplete = 0;
  for (const RuleTest& test : run.tests) {
    const std::string_view text = test.rule->source;
    for (const RuleTestFault& fault : test.faults) write_fault(test, fault, text, out);
    passed += test.passed;
    failed += test.failed;
    if (test.failed == 0 && !test.faults.empty()) ++incomplete;
  }
  out << fmt::format("\nTested {} with {}: {} passed, {} failed.",
                     counted(run.tests.size(), "rule"), counted(passed + failed, "example"),
                     passed, failed);
  if (incomplete > 0) out << fmt::format(" {} incomplete.", counted(incomplete, "rule"));
  if (run.faulty > 0)
    out << fmt::format(" Not tested: {}.", counted(run.faulty, "faulty rule"));
  out << '\n';
}

void write_test_json(const TestRun& run, std::ostream& out) {
  report::JsonWriter json(out, report::JsonWriter::kIndented);
  json.begin_object();
  json.member("version", kVersion);
  json.begin_array("rules");
  for (const RuleTest& test : run.tests) {
    json.begin_object();
    json.member("id", test.rule->id);
    json.member("name", test.rule->name);
    json.member("file", test.rule->file);
    json.member_unsigned("examples", test.passed + test.failed);
    json.member_unsigned("passed", test.passed);
    json.member_unsigned("failed", test.failed);
    json.begin_array("faults");
    const std::string_view text = test.rule->source;
    for (const RuleTestFault& fault : test.faults) write_json_fault(fault, text, json);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.member_unsigned("notTested", run.faulty);
  json.end_object();
}

}  // namespace tidewaiter::cli
