#include <cstdio>
#include <fstream>
#include <memory>
#include <ostream>
#include <streambuf>

#include "report/sample.h"
#include "support/catch.h"

using namespace tidewaiter;
using namespace tidewaiter::testing;

namespace {

/// Counts what is written and keeps nothing.
class CountingBuffer final : public std::streambuf {
 public:
  std::uint64_t count = 0;

 private:
  int_type overflow(int_type c) override {
    ++count;
    return c == traits_type::eof() ? 0 : c;
  }
  std::streamsize xsputn(const char*, std::streamsize size) override {
    count += static_cast<std::uint64_t>(size);
    return size;
  }
};

/// The resident memory of this process in bytes.
std::uint64_t resident() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t pages = 0;
  statm >> pages >> pages;
  return pages * 4096;
}

}  // namespace

TEST_CASE("a hundred thousand findings need no more memory than one", "[streaming]") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr bool kMeasurable = false;  // the sanitizer keeps freed memory, and is slow
  constexpr int kMore = 9'000;
#else
  constexpr bool kMeasurable = true;
  constexpr int kMore = 99'000;
#endif
  const SampleRun run = sample_run();
  const Finding& finding = run.findings[2];
  for (const Format& format : formats()) {
    const int more = format.name == "sarif" ? kMore : kMore / 9;  // the others hold less
    CountingBuffer buffer;
    std::ostream out(&buffer);
    const std::unique_ptr<Reporter> reporter = format.make(out, {});
    reporter->begin(run.info);
    for (int i = 0; i < 1'000; ++i) reporter->add(finding);
    const std::uint64_t written = buffer.count;
    const std::uint64_t before = resident();
    for (int i = 0; i < more; ++i) reporter->add(finding);
    const std::uint64_t after = resident();
    CHECK(reporter->end(run.summary));
    CHECK(buffer.count > written + written / 2'000 * static_cast<std::uint64_t>(more));
    if (kMeasurable && before > 0) CHECK(after < before + 2'000'000);
  }
}

TEST_CASE("the same calls give the same bytes", "[streaming]") {
  for (const Format& format : formats()) {
    CHECK(report(format.name, sample_run()) == report(format.name, sample_run()));
  }
}
