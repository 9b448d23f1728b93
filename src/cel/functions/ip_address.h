#ifndef TIDEWAITER_CEL_FUNCTIONS_IP_ADDRESS_H_
#define TIDEWAITER_CEL_FUNCTIONS_IP_ADDRESS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tidewaiter::cel {

/// An IPv4 or IPv6 address.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};  ///< The first 4 of an IPv4 address.
  bool is_v6 = false;

  int bits() const { return is_v6 ? 128 : 32; }
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// An address and how many of its first bits name the network.
struct IpPrefix {
  IpAddress address;
  int length = 0;

  friend bool operator==(const IpPrefix&, const IpPrefix&) = default;
};

/// Reads an address as Go's netip.ParseAddr does, but without zones and without IPv4-mapped
/// IPv6 addresses, as Kubernetes' ip().
std::optional<IpAddress> parse_ip(std::string_view text);
/// Reads "address/bits" as Go's netip.ParsePrefix does, with the same exceptions; bits behind
/// the prefix may be set.
std::optional<IpPrefix> parse_prefix(std::string_view text);

/// The canonical text (RFC 5952).
std::string to_string(const IpAddress& address);
std::string to_string(const IpPrefix& prefix);

/// The prefix with all bits behind it cleared.
IpPrefix masked(const IpPrefix& prefix);
/// Whether the address lies in the network; false between families.
bool contains(const IpPrefix& prefix, const IpAddress& address);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_FUNCTIONS_IP_ADDRESS_H_
