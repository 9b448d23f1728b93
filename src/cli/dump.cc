#include "cli/dump.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <istream>
#include <iterator>
#include <ostream>
#include <string>
#include <vector>

#include "base/check.h"
#include "cli/print_error.h"
#include "report/json_writer.h"
#include "yaml/file.h"
#include "yaml/node.h"

namespace tidewaiter::cli {
namespace {

/// A collection whose items are being written.
struct Open {
  const yaml::Node* node = nullptr;
  std::uint32_t next = 0;
  std::vector<yaml::Entry> entries = {};  ///< Of a mapping, by key.
};

/// As Go writes a float64: the shortest digits, filled up with zeros, with an exponent below
/// 1e-6 and from 1e21 on.
void write_double(double value, report::JsonWriter& json) {
  const double size = std::abs(value);
  std::array<char, 64> buffer;
  const auto write = [&](std::chars_format format) {
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format);
    return std::string_view(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  };
  if (size != 0 && (size < 1e-6 || size >= 1e21)) {
    return json.raw_number(write(std::chars_format::scientific));
  }
  constexpr double kExact = 9007199254740992.0;  // 2^53: above, to_chars has more digits
  if (size < kExact) return json.raw_number(write(std::chars_format::fixed));
  const std::string_view digits = write(std::chars_format::scientific);
  const auto e = digits.find('e');
  std::size_t length = value < 0 ? 2 : 1;  // of the sign and what stands before the point
  std::size_t exponent = 0;
  std::from_chars(digits.data() + e + 2, digits.data() + digits.size(), exponent);
  length += exponent;
  std::string whole;
  for (const char c : digits.substr(0, e)) {
    if (c != '.') whole += c;
  }
  whole.resize(std::max(length, whole.size()), '0');
  json.raw_number(whole);
}

void write_scalar(const yaml::Node& node, report::JsonWriter& json) {
  switch (node.kind()) {
    case yaml::Kind::kNull: return json.null();
    case yaml::Kind::kBool: return json.boolean(node.as_bool());
    case yaml::Kind::kInt: return json.integer(node.as_int());
    case yaml::Kind::kUint: return json.unsigned_integer(node.as_uint());
    case yaml::Kind::kDouble: return write_double(node.as_double(), json);
    case yaml::Kind::kString: return json.string(node.as_string());
    case yaml::Kind::kSequence:
    case yaml::Kind::kMapping: break;
  }
  TIDEWAITER_CHECK(false);
}

/// Writes a scalar, or opens a collection and puts it on the stack.
void begin(const yaml::Node& node, report::JsonWriter& json, std::vector<Open>& open) {
  if (node.is_scalar()) return write_scalar(node, json);
  Open collection{.node = &node};
  if (node.is_sequence()) {
    json.begin_array();
  } else {
    json.begin_object();
    for (std::uint32_t i = 0; i < node.size(); ++i) collection.entries.push_back(node.entry(i));
    std::ranges::sort(collection.entries, {},
                      [](const yaml::Entry& entry) { return entry.key->as_string(); });
  }
  open.push_back(std::move(collection));
}

void write_node(const yaml::Node& root, report::JsonWriter& json) {
  std::vector<Open> open;
  begin(root, json, open);
  while (!open.empty()) {
    Open& top = open.back();
    const bool mapping = top.node->is_mapping();
    if (top.next == top.node->size()) {
      mapping ? json.end_object() : json.end_array();
      open.pop_back();
    } else if (mapping) {
      const yaml::Entry entry = top.entries[top.next++];
      json.key(entry.key->as_string());
      begin(*entry.value, json, open);  // `top` dangles from here on
    } else {
      begin(top.node->item(top.next++), json, open);
    }
  }
}

}  // namespace

void dump_source(const Source& source, std::string_view file, const yaml::Limits& limits,
                 std::ostream& out) {
  const yaml::File read = yaml::read(source, limits, yaml::Templates::kRead);
  report::JsonWriter json(out);
  for (const yaml::Document& document : read.documents) {
    json.begin_object();
    json.member("file", file);
    json.member_unsigned("index", document.index);
    if (document.state == yaml::DocumentState::kRejected) {
      json.member("error", document.error);
    } else {
      json.key("json");
      document.root == nullptr ? json.null() : write_node(*document.root, json);
    }
    json.end_object();
  }
}

ExitCode run_dump(const DumpOptions& options, const World& world) {
  ExitCode code = ExitCode::kSuccess;
  const auto name = std::make_shared<const FileName>();
  for (const std::string& path : options.paths) {
    auto text =
        path == "-"
            ? Result<std::string>(std::string(std::istreambuf_iterator<char>(world.in), {}))
            : world.files.read(path, Source::kMaxSize);
    if (!text) {
      print_error(world.err, text.error());
      code = ExitCode::kUsage;
      continue;
    }
    dump_source(Source(name, *std::move(text)), path, options.limits, world.out);
  }
  return code;
}

}  // namespace tidewaiter::cli
