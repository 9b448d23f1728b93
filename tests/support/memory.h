#ifndef TIDEWAITER_TESTS_SUPPORT_MEMORY_H_
#define TIDEWAITER_TESTS_SUPPORT_MEMORY_H_

#include <cstddef>
#include <fstream>
#include <string>

namespace tidewaiter::testing {

/// Measures the memory that something takes at most: from construction to peak().
class PeakMemory {
 public:
  PeakMemory() {
    std::ofstream("/proc/self/clear_refs") << "5";  // Linux: the peak starts anew
    before_ = high_water();
  }
  /// Bytes above what there was at first. 0 under a sanitizer, which surrounds and keeps what
  /// is freed: there is nothing to measure there.
  std::size_t peak() const {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 0;
#else
    return high_water() - before_;
#endif
  }

 private:
  static std::size_t high_water() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
      std::size_t kilobytes = 0;
      if (word == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
    }
    return 0;
  }

  std::size_t before_ = 0;
};

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_SUPPORT_MEMORY_H_
