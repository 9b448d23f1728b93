#ifndef TIDEWAITER_CEL_ADAPTER_H_
#define TIDEWAITER_CEL_ADAPTER_H_

#include <cstdint>
#include <string_view>

#include "cel/value.h"

namespace tidewaiter::cel {

/// How expressions read lists and maps that live outside CEL. Implemented by the owner of the
/// documents; stateless or immutable, so usable from any thread. Every value of a document that
/// it returns carries the node as origin, scalars too; keys carry their entry's place as
/// origin.
class Adapter {
 public:
  virtual ~Adapter() = default;

  /// The number of items of a list or of visible entries of a map.
  virtual std::uint32_t size(const void* node) const = 0;
  /// Item `index` of a list (index < size).
  virtual Value at(const void* list, std::uint32_t index) const = 0;
  /// The value of entry `key`, of kind kAbsent when the map has none (or hides it).
  virtual Value get(const void* map, std::string_view key) const = 0;
  /// Walks the visible entries: `cursor` starts at 0 and is the adapter's own; false at the
  /// end.
  virtual bool next(const void* map, std::uint32_t& cursor, Value& key, Value& value) const = 0;
  /// Where to point when `get` found nothing: the hidden null entry, else null.
  virtual Origin hidden(const void* map, std::string_view key) const = 0;
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_ADAPTER_H_
