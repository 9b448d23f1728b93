#include "cli/value_walk.h"

#include <cstddef>

namespace tidewaiter::cli {
namespace {

constexpr std::size_t kMostParts = 4'000'000;
constexpr std::size_t kMostBytes = std::size_t{64} << 20;

class Measure {
 public:
  bool scalar(const cel::Value& value) {
    if (value.is(cel::ValueKind::kString) || value.is(cel::ValueKind::kBytes)) {
      bytes_ += value.as_string().size();
    }
    return ++parts_ <= kMostParts && bytes_ <= kMostBytes;
  }
  bool open(const cel::Value&) { return ++parts_ <= kMostParts; }
  bool key(const cel::Value& key) { return scalar(key); }
  bool close(const cel::Value&) { return true; }

 private:
  std::size_t parts_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

bool is_printable(const cel::Value& value) {
  Measure measure;
  return walk_value(value, measure);
}

}  // namespace tidewaiter::cli
