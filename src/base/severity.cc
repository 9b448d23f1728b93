#include "tidewaiter/finding.h"

namespace tidewaiter {

const char* name_of(Severity severity) {
  switch (severity) {
    case Severity::kNote: return "note";
    case Severity::kWarning: return "warning";
    case Severity::kError: return "error";
  }
  return "";  // unreachable; -Wswitch names a forgotten enumerator
}

}  // namespace tidewaiter
