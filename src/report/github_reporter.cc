#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/uri.h"
#include "report/reporters.h"
#include "report/run_text.h"
#include "report/shown_text.h"

// Workflow commands of GitHub Actions: annotations of the lines that a finding is about. The
// runner keeps a few for each step and drops the others in silence, so the whole list stands in
// the log too, folded.
namespace tidewaiter::report {
namespace {

/// How many annotations of each level GitHub keeps of one step.
constexpr std::size_t kKeptPerLevel = 10;
/// The runner cuts longer messages (4,096 characters).
constexpr std::size_t kMaxMessage = 4000;

constexpr const char* kLevels[] = {"notice", "warning", "error"};

/// `text` as the data of a workflow command.
std::string escaped_data(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '%': escaped += "%25"; break;
      case '\r': escaped += "%0D"; break;
      case '\n': escaped += "%0A"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

/// `text` as the value of a property of a workflow command.
std::string escaped_property(std::string_view text) {
  std::string escaped;
  for (const char c : escaped_data(text)) {
    switch (c) {
      case ':': escaped += "%3A"; break;
      case ',': escaped += "%2C"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

/// A path from the root of the repository as it is on disk: line ends are escaped, other
/// control characters become visible signs.
std::string file_property(const FileName& file) {
  const std::string path = path_of_uri(file.uri);
  std::string shown;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find_first_of("\r\n", begin), path.size());
    shown += shown_text(std::string_view(path).substr(begin, end - begin), path.size());
    if (end < path.size()) shown += path[end];
    begin = end + 1;
  }
  return escaped_property(shown);
}

/// ",file=…,line=…" and so on. The runner drops columns of a place over several lines, and says
/// so in its log.
std::string place_properties(const Place& place) {
  std::string properties =
      fmt::format(",file={},line={},endLine={}", file_property(*place.file), place.start.line,
                  place.end.line);
  if (place.start.line == place.end.line) {
    properties +=
        fmt::format(",col={},endColumn={}", place.start.utf16_column, place.end.utf16_column);
  }
  return properties;
}

class GithubReporter final : public Reporter {
 public:
  GithubReporter(std::ostream& out, const ReportOptions& options)
      : out_(out), options_(options) {}

  void begin(const RunInfo& info) override { info_ = &info; }

  void add(const Finding& finding) override {
    TIDEWAITER_CHECK(info_ != nullptr && finding.rule < info_->rules.size());
    if (!finding.suppressions.empty()) return;
    const RuleInfo& rule = info_->rules[finding.rule];
    files_.add(finding.place.file);
    list(fmt::format("{} {}: {} {}", position_text(*finding.place.file, finding.place.start),
                     name_of(finding.severity), shown_text(finding.message), rule_text(rule)));
    if (!has_room(finding.severity)) return;
    const std::string title =
        rule.name == rule.id ? rule.name : fmt::format("{}: {}", rule.id, rule.name);
    annotate(finding.severity, title, place_properties(finding.place),
             message_of(finding, rule));
  }

  Result<void> end(const RunSummary& summary) override {
    for (const Notification& notification : summary.notifications) notify(notification);
    if (listed_) out_ << "::endgroup::\n";
    for (const std::string& annotation : annotations_) out_ << annotation << '\n';
    if (!options_.quiet) {
      left_out_line();
      const Paint plain = [](std::optional<Severity>, std::string text) { return text; };
      out_ << findings_sentence(summary, files_.count(), plain) << '\n'
           << documents_sentence(summary) << '\n';
    }
    return written_to(out_);
  }

 private:
  /// Writes a line of the folded list.
  void list(std::string_view line) {
    if (!listed_) out_ << "::group::All findings\n";
    listed_ = true;
    out_ << line << '\n';
  }

  /// Whether GitHub would keep one more annotation; counts the one that is asked for.
  bool has_room(Severity severity) {
    return ++counts_[static_cast<std::size_t>(severity)] <= kKeptPerLevel;
  }

  void annotate(Severity severity, std::string_view title, std::string_view place,
                std::string_view message) {
    annotations_.push_back(
        fmt::format("::{} title={}{}::{}", kLevels[static_cast<std::size_t>(severity)],
                    escaped_property(shown_text(title)), place, escaped_data(message)));
  }

  /// What was seen, where else to look, and what to do: a line each.
  static std::string message_of(const Finding& finding, const RuleInfo& rule) {
    std::string message = shown_text(finding.message);
    const auto add_line = [&](std::string_view label, std::string_view line) {
      if (line.empty() || message.size() + label.size() + line.size() > kMaxMessage) return;
      message += fmt::format("\n{}: {}", label, line);
    };
    add_line("help", help_sentence(rule));
    for (const RelatedPlace& related : finding.related) {
      add_line("note",
               fmt::format("{} {}", position_text(*related.place.file, related.place.start),
                           shown_text(related.message)));
    }
    return message;
  }

  void notify(const Notification& notification) {
    if (is_also_finding(notification, *info_)) return;
    std::string place;
    std::string line =
        fmt::format("{}: {}", name_of(notification.level), shown_text(notification.message));
    if (notification.file != nullptr) {
      place = fmt::format(",file={},line={}", file_property(*notification.file),
                          notification.start.line);
      line = fmt::format("{} {}", position_text(*notification.file, notification.start), line);
    }
    list(line);
    if (!has_room(notification.level)) return;
    annotate(notification.level, "tidewaiter", place, shown_text(notification.message));
  }

  void left_out_line() {
    std::size_t left_out = 0;
    for (const std::size_t count : counts_) left_out += count - std::min(count, kKeptPerLevel);
    if (left_out == 0) return;
    out_ << fmt::format(
        "GitHub shows {} annotations of each level, so {} only in the list above.\n",
        kKeptPerLevel, left_out == 1 ? "1 more is" : fmt::format("{} more are", left_out));
  }

  std::ostream& out_;
  ReportOptions options_;
  const RunInfo* info_ = nullptr;
  FileCounter files_;
  bool listed_ = false;
  std::array<std::size_t, std::size(kLevels)> counts_ = {};  // by severity, those left out too
  std::vector<std::string> annotations_;                     // at most kKeptPerLevel a severity
};

}  // namespace

std::unique_ptr<Reporter> make_github_reporter(std::ostream& out,
                                               const ReportOptions& options) {
  return std::make_unique<GithubReporter>(out, options);
}

}  // namespace tidewaiter::report
