#include <string_view>

#include <fmt/core.h>

#include "base/utf8.h"
#include "cel/functions/ip_address.h"
#include "cel/functions/libraries.h"
#include "cel/value_build.h"
#include "cel/value_data.h"

// IP addresses and networks (Kubernetes' ip and cidr libraries, since 1.30).

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

template <class T>
Equality equal(const void* a, const void* b) {
  return *static_cast<const T*>(a) == *static_cast<const T*>(b) ? Equality::kEqual
                                                                : Equality::kUnequal;
}

template <class T>
std::string_view text_of(const void* payload, Arena& arena) {
  return arena.copy(to_string(*static_cast<const T*>(payload)));
}

constexpr OpaqueType kIpType{
    .as_type = {"net.IP"}, .equal = equal<IpAddress>, .to_string = text_of<IpAddress>};
constexpr OpaqueType kCidrType{
    .as_type = {"net.CIDR"}, .equal = equal<IpPrefix>, .to_string = text_of<IpPrefix>};

const IpAddress& ip_of(const Value& value) {
  return *static_cast<const IpAddress*>(value.as_opaque()->payload);
}
const IpPrefix& prefix_of(const Value& value) {
  return *static_cast<const IpPrefix*>(value.as_opaque()->payload);
}

Value make_ip(CallContext& call, const IpAddress& address) {
  return make_opaque(call.arena, kIpType, call.arena.make<IpAddress>(address));
}
Value make_cidr(CallContext& call, const IpPrefix& prefix) {
  return make_opaque(call.arena, kCidrType, call.arena.make<IpPrefix>(prefix));
}

Value refuse_ip(CallContext& call, const Value& text) {
  return make_error(call.arena,
                    fmt::format("'{}' is no IP address; write '10.0.0.1', 'fd00::1' or the "
                                "like, without a zone and not IPv4-mapped.",
                                utf8_prefix(text.as_string(), 100)));
}

Value refuse_cidr(CallContext& call, const Value& text) {
  return make_error(
      call.arena, fmt::format("'{}' is no network; write '10.0.0.0/8', 'fd00::/8' or the like.",
                              utf8_prefix(text.as_string(), 100)));
}

Value ip(CallContext& call, Args args) {
  const auto address = parse_ip(args[0].as_string());
  if (!address) return refuse_ip(call, args[0]);
  return make_ip(call, *address).with_origin(args[0].origin());
}

Value is_ip(CallContext&, Args args) {
  return Value::boolean(parse_ip(args[0].as_string()).has_value());
}

Value is_canonical(CallContext& call, Args args) {
  const auto address = parse_ip(args[0].as_string());
  if (!address) return refuse_ip(call, args[0]);
  return Value::boolean(to_string(*address) == args[0].as_string());
}

Value ip_text(CallContext& call, Args args) {
  return make_string(call.arena, to_string(ip_of(args[0]))).with_origin(args[0].origin());
}

Value family(CallContext&, Args args) {
  return Value::integer(ip_of(args[0]).is_v6 ? 6 : 4);
}

bool all_zero(const IpAddress& a) {
  return a.bytes == IpAddress{}.bytes;
}

bool loopback(const IpAddress& a) {
  if (!a.is_v6) return a.bytes[0] == 127;
  IpAddress one{.bytes = {}, .is_v6 = true};
  one.bytes[15] = 1;
  return a == one;
}

bool link_local_multicast(const IpAddress& a) {
  if (!a.is_v6) return a.bytes[0] == 224 && a.bytes[1] == 0 && a.bytes[2] == 0;
  return a.bytes[0] == 0xFF && (a.bytes[1] & 0x0F) == 0x02;
}

bool link_local_unicast(const IpAddress& a) {
  if (!a.is_v6) return a.bytes[0] == 169 && a.bytes[1] == 254;
  return a.bytes[0] == 0xFE && (a.bytes[1] & 0xC0) == 0x80;
}

bool multicast(const IpAddress& a) {
  return a.is_v6 ? a.bytes[0] == 0xFF : (a.bytes[0] & 0xF0) == 0xE0;
}

bool broadcast(const IpAddress& a) {
  return !a.is_v6 && a.bytes[0] == 255 && a.bytes[1] == 255 && a.bytes[2] == 255 &&
         a.bytes[3] == 255;
}

bool global_unicast(const IpAddress& a) {
  return !all_zero(a) && !broadcast(a) && !loopback(a) && !multicast(a) &&
         !link_local_unicast(a);
}

template <bool (*test)(const IpAddress&)>
Value ip_is(CallContext&, Args args) {
  return Value::boolean(test(ip_of(args[0])));
}

Value cidr(CallContext& call, Args args) {
  const auto prefix = parse_prefix(args[0].as_string());
  if (!prefix) return refuse_cidr(call, args[0]);
  return make_cidr(call, *prefix).with_origin(args[0].origin());
}

Value is_cidr(CallContext&, Args args) {
  return Value::boolean(parse_prefix(args[0].as_string()).has_value());
}

Value cidr_text(CallContext& call, Args args) {
  return make_string(call.arena, to_string(prefix_of(args[0]))).with_origin(args[0].origin());
}

Value contains_ip(CallContext&, Args args) {
  return Value::boolean(contains(prefix_of(args[0]), ip_of(args[1])));
}

Value contains_ip_text(CallContext& call, Args args) {
  const auto address = parse_ip(args[1].as_string());
  if (!address) return refuse_ip(call, args[1]);
  return Value::boolean(contains(prefix_of(args[0]), *address));
}

bool contains_prefix(const IpPrefix& outer, const IpPrefix& inner) {
  return outer.length <= inner.length && contains(outer, inner.address);
}

Value contains_cidr(CallContext&, Args args) {
  return Value::boolean(contains_prefix(prefix_of(args[0]), prefix_of(args[1])));
}

Value contains_cidr_text(CallContext& call, Args args) {
  const auto prefix = parse_prefix(args[1].as_string());
  if (!prefix) return refuse_cidr(call, args[1]);
  return Value::boolean(contains_prefix(prefix_of(args[0]), *prefix));
}

Value cidr_ip(CallContext& call, Args args) {
  return make_ip(call, prefix_of(args[0]).address).with_origin(args[0].origin());
}

Value cidr_masked(CallContext& call, Args args) {
  return make_cidr(call, masked(prefix_of(args[0]))).with_origin(args[0].origin());
}

Value prefix_length(CallContext&, Args args) {
  return Value::integer(prefix_of(args[0]).length);
}

constexpr LibraryRow kRows[] = {
    {"ip(string) -> net.IP", ip, "The IP address that the text is; an error if it is none.",
     30},
    {"isIP(string) -> bool", is_ip, "Whether the text is an IP address.", 30},
    {"ip.isCanonical(string) -> bool", is_canonical,
     "Whether the IP address is written in its canonical form.", 30},
    {"string(net.IP) -> string", ip_text, "The address in its canonical form.", 30},
    {"net.IP.family() -> int", family, "4 or 6: the version of IP.", 30},
    {"net.IP.isUnspecified() -> bool", ip_is<all_zero>, "Whether the address is 0.0.0.0 or ::.",
     30},
    {"net.IP.isLoopback() -> bool", ip_is<loopback>,
     "Whether the address is in 127.0.0.0/8 or ::1.", 30},
    {"net.IP.isLinkLocalMulticast() -> bool", ip_is<link_local_multicast>,
     "Whether the address is in 224.0.0.0/24 or ff02::/16.", 30},
    {"net.IP.isLinkLocalUnicast() -> bool", ip_is<link_local_unicast>,
     "Whether the address is in 169.254.0.0/16 or fe80::/10.", 30},
    {"net.IP.isGlobalUnicast() -> bool", ip_is<global_unicast>,
     "Whether the address is neither unspecified, loopback, multicast, link-local nor "
     "broadcast.",
     30},
    {"cidr(string) -> net.CIDR", cidr,
     "The network that the text ('10.0.0.0/8') is; an error if it is none.", 30},
    {"isCIDR(string) -> bool", is_cidr, "Whether the text is a network, such as '10.0.0.0/8'.",
     30},
    {"string(net.CIDR) -> string", cidr_text, "The network as address/length.", 30},
    {"net.CIDR.containsIP(net.IP) -> bool", contains_ip,
     "Whether the address lies in the network.", 30},
    {"net.CIDR.containsIP(string) -> bool", contains_ip_text,
     "Whether the address lies in the network.", 30},
    {"net.CIDR.containsCIDR(net.CIDR) -> bool", contains_cidr,
     "Whether the whole of the argument lies in the network.", 30},
    {"net.CIDR.containsCIDR(string) -> bool", contains_cidr_text,
     "Whether the whole of the argument lies in the network.", 30},
    {"net.CIDR.ip() -> net.IP", cidr_ip, "The address before the slash.", 30},
    {"net.CIDR.masked() -> net.CIDR", cidr_masked,
     "The network with the bits behind its length cleared.", 30},
    {"net.CIDR.prefixLength() -> int", prefix_length, "How many bits name the network.", 30},
};

}  // namespace

void add_network_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
