#include "cli/report_outputs.h"

#include <sstream>

#include "support/catch.h"

namespace tidewaiter::cli {
namespace {

/// "format>file" of each output, or the error.
std::string outputs_of(const CheckOptions& options) {
  const auto outputs = report_outputs(options);
  if (!outputs) return outputs.error().message;
  std::string text;
  for (const ReportOutput& output : *outputs) {
    text += std::string(output.format->name) + ">" + output.file.value_or("-") + " ";
  }
  return text;
}

TEST_CASE("formats go where they are told to", "[cli]") {
  CHECK(outputs_of({}) == "text>- ");
  CHECK(outputs_of({.output = "o"}) == "text>o ");
  CHECK(outputs_of({.formats = {"sarif"}, .output = "o"}) == "sarif>o ");
  CHECK(outputs_of({.formats = {"text", "sarif=s"}}) == "text>- sarif>s ");
  CHECK(outputs_of({.formats = {"json=a=b"}}) == "json>a=b ");
}

TEST_CASE("only SARIF for GitHub is without suppressed findings", "[cli]") {
  const auto outputs = report_outputs(
      {.formats = {"json=a", "sarif=b"}, .sarif_profile = SarifProfile::kGithub});
  REQUIRE(outputs);
  CHECK((*outputs)[0].with_suppressed);
  CHECK_FALSE((*outputs)[1].with_suppressed);
  const auto full = report_outputs({.formats = {"sarif"}});
  REQUIRE(full);
  CHECK((*full)[0].with_suppressed);
}

TEST_CASE("reports that cannot be told apart are refused", "[cli]") {
  CHECK(outputs_of({.formats = {"text", "json"}})
            .find("Two reports cannot both go to standard "
                  "output") == 0);
  CHECK(outputs_of({.formats = {"text=a", "json=a"}}).find("Two reports") == 0);
  CHECK(outputs_of({.formats = {"sarif=a"}, .output = "o"}).find("Nothing is left") == 0);
  CHECK(outputs_of({.formats = {"sarif="}}).find("--format sarif= needs") == 0);
  CHECK(outputs_of({.formats = {""}}).find("There is no format ''.") == 0);
}

TEST_CASE("color follows the flag, then the terminal and NO_COLOR", "[cli]") {
  const MemoryFileSystem files;
  std::istringstream in;
  std::ostringstream out;
  const auto colored = [&](ColorChoice choice, bool terminal, bool no_color) {
    return use_color(choice, {.files = files,
                              .in = in,
                              .out = out,
                              .err = out,
                              .working_folder = "/",
                              .out_is_terminal = terminal,
                              .no_color = no_color,
                              .create = {}});
  };
  CHECK(colored(ColorChoice::kAuto, true, false));
  CHECK_FALSE(colored(ColorChoice::kAuto, true, true));
  CHECK_FALSE(colored(ColorChoice::kAuto, false, false));
  CHECK(colored(ColorChoice::kAlways, false, true));
  CHECK_FALSE(colored(ColorChoice::kNever, true, false));
}

}  // namespace
}  // namespace tidewaiter::cli
