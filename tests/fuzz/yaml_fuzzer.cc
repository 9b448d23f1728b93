// Any bytes as a manifest: reading must neither crash nor hang, and spans lie in the text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/source.h"
#include "yaml/file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const tidewaiter::Source source(std::make_shared<const tidewaiter::FileName>(),
                                  std::string(reinterpret_cast<const char*>(data), size));
  const tidewaiter::yaml::File file = tidewaiter::yaml::read(source);
  const tidewaiter::ByteSpan all{.begin = 0, .end = static_cast<std::uint32_t>(size)};
  for (const auto& problem : file.problems) {
    if (!all.contains(problem.at)) std::abort();
  }
  return 0;
}
