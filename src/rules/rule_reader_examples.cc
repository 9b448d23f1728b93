#include <fmt/core.h>

#include <algorithm>

#include "base/path.h"
#include "base/suggest.h"
#include "rules/example_wants.h"
#include "rules/rule_reader.h"

// The part of RuleReader that reads `examples:`.
namespace tidewaiter::rules {
namespace {

constexpr std::size_t kMaxPath = 250;

/// Whether an example's file lies in the example's folder: relative, and without '..'.
bool stays_inside(std::string_view path) {
  return !path.empty() && path.size() <= kMaxPath && absolute_path("/", path).substr(1) == path;
}

}  // namespace

std::span<const RuleReader::Key<Example>> RuleReader::example_keys() {
  using R = RuleReader;
  using N = yaml::Node;
  static constexpr auto kConstant = [](R& r, const N& n, Constant& into) {
    if (!n.is_mapping()) return r.fail(n, "This value must be a mapping.");
    if (const auto value = constant_of(n, r.source_, r.pack_)) {
      into = *value;
    } else {
      r.fail(n, "This value is too large.");
    }
  };
  static constexpr Key<Example> kKeys[] = {
      {"profile",
       [](R& r, const N& n, Example& x) {
         x.profile = r.read_string(n);
         if (std::ranges::find(kProfiles, x.profile) != std::end(kProfiles)) return;
         r.fail(n, fmt::format("There is no profile '{}'.{}", x.profile,
                               did_you_mean(x.profile, kProfiles)));
       }},
      {"params", [](R& r, const N& n, Example& x) { kConstant(r, n, x.params); }},
      {"config", [](R& r, const N& n, Example& x) { kConstant(r, n, x.config); }},
      {"base64", [](R& r, const N& n, Example& x) { x.base64 = r.read_bool(n); }},
      {"want",
       [](R& r, const N& n, Example& x) {
         x.want = r.read_strings(n);
         for (const std::string_view line : x.want) {
           if (parse_wanted_line(line)) continue;
           r.fail(n,
                  fmt::format("'{}' is no line of a file; write 'path:LINE' or 'path:LINE x2'.",
                              line));
         }
       }},
      {"files",
       [](R& r, const N& n, Example& x) {
         std::vector<Example::File> files;
         if (!n.is_mapping()) return r.fail(n, "'files' must map paths to texts.");
         for (std::uint32_t i = 0; i < n.size(); ++i) {
           const yaml::Entry entry = n.entry(i);
           const std::string_view path = written_key(*entry.key, r.source_);
           if (!stays_inside(path)) {
             r.fail(*entry.key, fmt::format("'{}' is no path inside the example; write for "
                                            "example 'base/deployment.yaml'.",
                                            path));
           }
           files.push_back({.path = path,
                            .text = r.read_string(*entry.value),
                            .where = entry.value->resolved().span()});
         }
         x.files = r.pack_.keep(files);
       },
       true},
  };
  return kKeys;
}

Example RuleReader::read_example(const yaml::Node& node) {
  Example example;
  const yaml::Node* good = node.find("good");
  const yaml::Node* bad = node.find("bad");
  if (!node.is_mapping() || node.size() != 1 || (good == nullptr) == (bad == nullptr)) {
    fail(node, "An example is 'good: …' or 'bad: …'.");
    return example;
  }
  example.bad = bad != nullptr;
  example.where = node.entry(0).key->span();
  read_example_body(example.bad ? *bad : *good, example);
  return example;
}

void RuleReader::read_example_body(const yaml::Node& node, Example& example) {
  if (!node.is_string()) return read_mapping(node, example_keys(), "An example", example);
  example.files = pack_.keep(std::vector{Example::File{
      .path = "manifest.yaml", .text = node.as_string(), .where = node.resolved().span()}});
}

}  // namespace tidewaiter::rules
