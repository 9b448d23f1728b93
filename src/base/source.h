#ifndef TIDEWAITER_BASE_SOURCE_H_
#define TIDEWAITER_BASE_SOURCE_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "tidewaiter/finding.h"

namespace tidewaiter {

/// One input file: its names and its bytes. Everything else borrows from it, so it is neither
/// copied nor moved. At most kMaxSourceSize bytes: offsets are 32 bits.
class Source {
 public:
  static constexpr std::size_t kMaxSize = 0xFFFF'FFF0U;

  Source(std::shared_ptr<const FileName> name, std::string text)
      : name_(std::move(name)), text_(std::move(text)) {}
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  const std::shared_ptr<const FileName>& name() const { return name_; }
  std::string_view text() const { return text_; }
  std::string_view text(ByteSpan span) const {
    return std::string_view(text_).substr(span.begin, span.size());
  }

 private:
  std::shared_ptr<const FileName> name_;
  std::string text_;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_SOURCE_H_
