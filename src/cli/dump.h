#ifndef TIDEWAITER_CLI_DUMP_H_
#define TIDEWAITER_CLI_DUMP_H_

#include <iosfwd>
#include <string_view>

#include "base/source.h"
#include "cli/options.h"
#include "cli/world.h"

namespace tidewaiter::cli {

/// `tidewaiter dump FILE...`: what Kubernetes sees in each piece of each file, one JSON line a
/// piece: {"file", "index" from 0, and "json" or "error"}; keys sorted, numbers with their
/// exact digits, null pieces too, templates as kubectl would read them. "-" is the standard
/// input. A file that cannot be read is named on `err`, the others are dumped, and the exit
/// code is kUsage.
ExitCode run_dump(const DumpOptions& options, const World& world);

/// The lines of one source, under the name `file`.
void dump_source(const Source& source, std::string_view file, const yaml::Limits& limits,
                 std::ostream& out);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_DUMP_H_
