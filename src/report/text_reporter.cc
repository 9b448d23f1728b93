#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "report/excerpt.h"
#include "report/reporters.h"
#include "report/run_text.h"
#include "report/shown_text.h"

namespace tidewaiter::report {
namespace {

constexpr std::uint32_t kMaxCells = 100;  // of a source line; the terminal is not consulted

enum class Ink { kPlain, kBold, kDim, kRed, kYellow, kBlue, kCyan };

constexpr std::string_view kAnsi[] = {"",           "\x1B[1m",    "\x1B[2m", "\x1B[1;31m",
                                      "\x1B[1;33m", "\x1B[1;34m", "\x1B[36m"};

Ink ink_of(Severity severity) {
  constexpr Ink kInks[] = {Ink::kBlue, Ink::kYellow, Ink::kRed};
  return kInks[static_cast<std::size_t>(severity)];
}

class TextReporter final : public Reporter {
 public:
  TextReporter(std::ostream& out, const ReportOptions& options)
      : out_(out), options_(options) {}

  void begin(const RunInfo& info) override {
    info_ = &info;
    helped_.assign(info.rules.size(), false);
  }

  void add(const Finding& finding) override {
    TIDEWAITER_CHECK(info_ != nullptr && finding.rule < info_->rules.size());
    const bool suppressed = !finding.suppressions.empty();
    if (suppressed && !options_.verbose) return;
    const RuleInfo& rule = info_->rules[finding.rule];
    if (!suppressed) count(finding);
    if (!options_.quiet && blank_before_) out_ << '\n';
    blank_before_ = true;
    header(finding, rule);
    if (options_.quiet) return;
    source(finding.place, ink_of(finding.severity));
    for (const RelatedPlace& related : finding.related) note(finding.place, related);
    for (const Suppression& why : finding.suppressions) suppressed_by(why);
    if (!suppressed) help(finding.rule);
  }

  Result<void> end(const RunSummary& summary) override {
    if (!options_.quiet) {
      for (const Notification& notification : summary.notifications) notify(notification);
      if (blank_before_) out_ << '\n';
      const Paint paint = [&](std::optional<Severity> severity, std::string text) {
        return inked(severity ? ink_of(*severity) : Ink::kBold, text);
      };
      out_ << findings_sentence(summary, files_with_findings_.count(), paint) << '\n'
           << documents_sentence(summary) << '\n';
      if (first_rule_ != nullptr) {
        out_ << "To read more about a rule: tidewaiter explain " << first_rule_->name << '\n';
      }
    }
    return written_to(out_);
  }

 private:
  std::string inked(Ink ink, std::string_view text) const {
    if (!options_.color || ink == Ink::kPlain) return std::string(text);
    return fmt::format("{}{}\x1B[0m", kAnsi[static_cast<std::size_t>(ink)], text);
  }

  void count(const Finding& finding) {
    const RuleInfo& rule = info_->rules[finding.rule];
    if (first_rule_ == nullptr && rule.origin == RuleOrigin::kBuiltIn) first_rule_ = &rule;
    files_with_findings_.add(finding.place.file);
  }

  void header(const Finding& finding, const RuleInfo& rule) {
    const char* prefix = finding.suppressions.empty() ? "" : "suppressed ";
    out_ << inked(Ink::kBold, position_text(*finding.place.file, finding.place.start)) << ' '
         << inked(ink_of(finding.severity),
                  fmt::format("{}{}:", prefix, name_of(finding.severity)))
         << ' ' << inked(Ink::kBold, shown_text(finding.message)) << ' '
         << inked(Ink::kDim, rule_text(rule)) << '\n';
  }

  /// The first line of the place with carets under it.
  void source(const Place& place, Ink ink) {
    const auto line = excerpt_line(place, place.start.line);
    if (!line) return;
    const bool cut = place.start.line == place.excerpt_start.line;
    const std::uint32_t first = cut ? place.excerpt_start.column : 1;
    const std::uint32_t begin = place.start.column - std::min(place.start.column, first);
    const std::uint32_t end = place.end.line > place.start.line
                                  ? 0xFFFF'FFFFU
                                  : place.end.column - std::min(place.end.column, first);
    const ShownLine shown = shown_line(*line, begin, end, kMaxCells);
    out_ << inked(Ink::kCyan, fmt::format("{:>5} |", place.start.line)) << ' ' << shown.text
         << '\n'
         << inked(Ink::kCyan, "      |") << ' ' << std::string(shown.caret_begin, ' ')
         << inked(ink, std::string(shown.carets, '^')) << '\n';
  }

  void note(const Place& primary, const RelatedPlace& related) {
    const Place& place = related.place;
    out_ << "      " << inked(Ink::kBlue, "note:") << ' '
         << position_text(*place.file, place.start) << ' ' << shown_text(related.message)
         << '\n';
    const bool shown_already = place.file->shown == primary.file->shown &&
                               place.file->uri == primary.file->uri &&
                               place.start.line == primary.start.line;
    if (!shown_already) source(place, Ink::kBlue);
  }

  void suppressed_by(const Suppression& why) {
    out_ << "      " << inked(Ink::kBlue, "note:") << ' '
         << position_text(*why.place.file, why.place.start) << " Suppressed here"
         << (why.reason.empty() ? "." : ": ") << shown_text(why.reason) << '\n';
  }

  /// Says once in a run what to do about a rule's findings.
  void help(std::uint32_t rule) {
    if (helped_[rule]) return;
    helped_[rule] = true;
    const std::string text = help_sentence(info_->rules[rule]);
    if (text.empty()) return;
    out_ << "      " << inked(Ink::kCyan, "help:") << ' ' << text << '\n';
  }

  /// What the findings do not already say.
  void notify(const Notification& notification) {
    if (is_also_finding(notification, *info_)) return;
    if (blank_before_) out_ << '\n';
    blank_before_ = true;
    if (notification.file != nullptr) {
      out_ << inked(Ink::kBold, position_text(*notification.file, notification.start)) << ' ';
    }
    out_ << inked(ink_of(notification.level), fmt::format("{}:", name_of(notification.level)))
         << ' ' << shown_text(notification.message) << '\n';
  }

  std::ostream& out_;
  ReportOptions options_;
  const RunInfo* info_ = nullptr;
  const RuleInfo* first_rule_ = nullptr;  // built in, so that `explain` knows it
  FileCounter files_with_findings_;
  std::vector<bool> helped_;  // by rule
  bool blank_before_ = false;
};

}  // namespace

std::unique_ptr<Reporter> make_text_reporter(std::ostream& out, const ReportOptions& options) {
  return std::make_unique<TextReporter>(out, options);
}

}  // namespace tidewaiter::report
