#include "cel/functions/ip_address.h"

#include <string>
#include <utility>
#include <vector>

#include "support/catch.h"

namespace tidewaiter::cel {
namespace {

std::string canonical(std::string_view text) {
  const auto address = parse_ip(text);
  return address ? to_string(*address) : "none";
}

TEST_CASE("addresses are written in their canonical form", "[cel][ip]") {
  for (const auto& [text, expected] : std::vector<std::pair<std::string, std::string>>{
           {"10.0.0.255", "10.0.0.255"},
           {"::", "::"},
           {"::1", "::1"},
           {"1::", "1::"},
           {"2001:DB8::ABCD", "2001:db8::abcd"},
           {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
           {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
           {"0:0:0:1:0:0:0:0", "0:0:0:1::"},
           {"::1.2.3.4", "::102:304"},
           {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
           {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
           {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"}}) {
    INFO(text);
    CHECK(canonical(text) == expected);
  }
}

TEST_CASE("what is no address is refused", "[cel][ip]") {
  for (const std::string text : {"",
                                 "1",
                                 ".",
                                 ":",
                                 "1.2.3",
                                 "1.2.3.4.5",
                                 "1.2.3.256",
                                 "01.2.3.4",
                                 "1.2.3.04",
                                 "1.2.3.",
                                 "1..2.3",
                                 " 1.2.3.4",
                                 "1.2.3.4 ",
                                 "1.2.3.-4",
                                 ":::",
                                 ":::1",
                                 "1::2::3",
                                 "12345::",
                                 "::g",
                                 "1:2:3:4:5:6:7",
                                 "1:2:3:4:5:6:7:8:9",
                                 "1:2:3:4:5:6:7::8",
                                 "1:",
                                 ":1",
                                 "1::2:",
                                 "::1.2.3",
                                 "1:2:3:4:5:6:7:1.2.3.4",
                                 "1.2.3.4::",
                                 "fe80::1%eth0",
                                 "::ffff:1.2.3.4",
                                 "::ffff:102:304"}) {
    INFO(text);
    CHECK(canonical(text) == "none");
  }
}

TEST_CASE("networks need a plain length that fits", "[cel][ip]") {
  CHECK(to_string(*parse_prefix("192.168.0.1/16")) == "192.168.0.1/16");
  CHECK(to_string(*parse_prefix("::1/128")) == "::1/128");
  CHECK(to_string(*parse_prefix("0.0.0.0/0")) == "0.0.0.0/0");
  for (const std::string text : {"10.0.0.0", "10.0.0.0/", "10.0.0.0/08", "10.0.0.0/+8",
                                 "10.0.0.0/33", "::/129", "/8", "10.0.0.0/8/8", "10.0.0.0/1x",
                                 "::ffff:1.2.3.4/24", "fe80::1%en0/24", "10.0.0.0/9999"}) {
    INFO(text);
    CHECK_FALSE(parse_prefix(text));
  }
}

TEST_CASE("a network contains the addresses with its first bits", "[cel][ip]") {
  const auto inside = [](std::string_view network, std::string_view address) {
    return contains(*parse_prefix(network), *parse_ip(address));
  };
  CHECK(inside("192.168.0.77/24", "192.168.0.1"));
  CHECK_FALSE(inside("192.168.0.0/24", "192.168.1.1"));
  CHECK(inside("10.128.0.0/9", "10.255.0.1"));
  CHECK_FALSE(inside("10.128.0.0/9", "10.127.0.1"));
  CHECK(inside("0.0.0.0/0", "1.2.3.4"));
  CHECK(inside("2001:db8::/33", "2001:db8:7fff::1"));
  CHECK_FALSE(inside("2001:db8::/33", "2001:db8:8000::1"));
  CHECK_FALSE(inside("0.0.0.0/0", "::1"));
  CHECK(to_string(masked(*parse_prefix("192.168.99.7/18"))) == "192.168.64.0/18");
}

}  // namespace
}  // namespace tidewaiter::cel
