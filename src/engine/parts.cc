#include "engine/parts.h"

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/path.h"
#include "base/source.h"
#include "engine/normal_path.h"
#include "engine/parallel.h"
#include "k8s/kustomization.h"
#include "yaml/file.h"
#include "yaml/node.h"

namespace tidewaiter::engine {
namespace {

/// Longer text in a kustomization is no path.
constexpr std::size_t kLongestPath = 4096;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether what follows a backslash makes it an escape of a letter.
bool escapes_letter(std::string_view text) {
  return std::ranges::any_of(std::array<std::string_view, 3>{"x", "u00", "U000000"},
                             [&](std::string_view mark) {
                               return text.starts_with(mark) && text.size() > mark.size() &&
                                      text[mark.size()] >= '4' && text[mark.size()] <= '7';
                             });
}

/// Whether a kind may be written otherwise than letter by letter, as nobody would: in base64,
/// by escapes, or over two lines within a word.
bool has_hidden_letters(std::string_view text) {
  if (text.find("!!binary") != text.npos || text.find("2002:binary") != text.npos) return true;
  for (std::size_t at = text.find('\\'); at != text.npos; at = text.find('\\', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    const bool ends_line = rest.starts_with('\n') || rest.starts_with('\r');
    if (ends_line ? at > 0 && is_letter(text[at - 1]) : escapes_letter(rest)) return true;
  }
  return false;
}

/// What can be told of an input without reading it as a manifest.
struct Peek {
  std::uint64_t size = 0;
  bool may_hold_policies = false;
  std::vector<std::string> names;  ///< Of a kustomization: the paths that its texts would be.
  std::optional<Error> error;
};

/// Every text of a kustomization, whatever its field: what is no path leads nowhere.
std::vector<std::string> texts_as_paths(const std::string& path, std::string text,
                                        const yaml::Limits& limits) {
  std::vector<std::string> paths;
  const Source source(std::make_shared<FileName>(), std::move(text));
  const yaml::File file = yaml::read(source, limits);
  std::vector<const yaml::Node*> open;
  for (const yaml::Document& document : file.documents) {
    if (document.root != nullptr) open.push_back(document.root);
  }
  while (!open.empty()) {
    const yaml::Node* const node = open.back();
    open.pop_back();
    if (node->is_alias() && !node->is_string()) continue;  // it is written elsewhere
    if (node->is_string() && node->as_string().size() <= kLongestPath) {
      paths.push_back(path_written_in(path, node->as_string()));
    }
    for (std::uint32_t i = 0; node->is_sequence() && i < node->size(); ++i) {
      open.push_back(&node->item(i));
    }
    for (std::uint32_t i = 0; i < node->written_size(); ++i) {
      open.push_back(node->written(i).value);
    }
  }
  return paths;
}

Peek peek(const Input& input, const Settings& settings, const FileSystem& files) {
  Peek peek;
  std::string read;
  if (!input.text) {
    auto result = files.read(input.path, Source::kMaxSize);
    if (!result) {
      if (input.named) peek.error = result.error();
      return peek;
    }
    read = *std::move(result);
  }
  const std::string& text = input.text ? *input.text : read;
  peek.size = text.size();
  peek.may_hold_policies =
      text.find("ValidatingAdmissionPolicy") != std::string::npos || has_hidden_letters(text);
  if (k8s::is_kustomization_name(base_name(input.path))) {
    peek.names = texts_as_paths(input.path, text, settings.limits);
  }
  return peek;
}

/// Sets of numbers that are joined bit by bit.
class Sets {
 public:
  explicit Sets(std::size_t count) : parents_(count) {
    std::iota(parents_.begin(), parents_.end(), 0U);
  }

  /// The smallest number of the set.
  std::uint32_t first_of(std::uint32_t number) {
    while (parents_[number] != number) {
      parents_[number] = parents_[parents_[number]];
      number = parents_[number];
    }
    return number;
  }

  void join(std::uint32_t a, std::uint32_t b) {
    a = first_of(a);
    b = first_of(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parents_;
};

/// Joins the inputs that see each other.
Sets sets_of(std::span<const Input> inputs, std::span<const Peek> peeks) {
  Sets sets(inputs.size());
  std::unordered_map<std::string_view, std::uint32_t> by_scope;
  std::unordered_map<std::string, std::uint32_t>
      by_path;  // of kustomizations their folders too
  for (std::uint32_t i = 0; i < inputs.size(); ++i) {
    const auto scope = by_scope.emplace(inputs[i].scope, i).first;
    sets.join(i, scope->second);
    if (!inputs[i].chart.empty())
      sets.join(i, by_scope.emplace(inputs[i].chart, i).first->second);
    by_path.emplace(normal_path(inputs[i].path), i);
    if (k8s::is_kustomization_name(base_name(inputs[i].path))) {
      by_path.emplace(folder_of(normal_path(inputs[i].path)), i);
    }
  }
  for (std::uint32_t i = 0; i < inputs.size(); ++i) {
    for (const std::string& name : peeks[i].names) {
      if (const auto named = by_path.find(name); named != by_path.end()) {
        sets.join(i, named->second);
      }
    }
  }
  return sets;
}

/// Of all inputs; no value when one of them is no regular file: it could not be read again.
std::optional<std::uint64_t> text_size(std::span<const Input> inputs, const FileSystem& files) {
  std::uint64_t total = 0;
  for (const Input& input : inputs) {
    const auto size = input.text ? input.text->size() : files.size_of(input.path);
    if (!size) return std::nullopt;
    total += *size;
  }
  return total;
}

Parts one_part(std::size_t inputs) {
  Parts parts;
  parts.inputs.resize(1);
  parts.inputs.front().resize(inputs);
  std::iota(parts.inputs.front().begin(), parts.inputs.front().end(), 0U);
  return parts;
}

/// Fills part after part with whole sets, in the order of their first inputs.
Parts filled(std::span<const Input> inputs, std::span<const Peek> peeks, Sets sets,
             std::uint64_t part_bytes) {
  const auto count = static_cast<std::uint32_t>(peeks.size());
  std::vector<std::uint64_t> sizes(count, 0);   // of the set, at its first
  std::vector<bool> is_reported(count, false);  // likewise
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t first = sets.first_of(i);
    sizes[first] += peeks[i].size;
    is_reported[first] = is_reported[first] || inputs[i].reported;
  }
  Parts parts{.inputs = {}, .may_hold_policies = false};
  std::vector<std::size_t> part_of(count, 0);
  std::uint64_t filled = part_bytes;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t first = sets.first_of(i);
    if (!is_reported[first]) continue;
    if (first == i) {
      if (parts.inputs.empty() || filled + sizes[i] > part_bytes) {
        parts.inputs.emplace_back();
        filled = 0;
      }
      filled += sizes[i];
      part_of[i] = parts.inputs.size() - 1;
    }
    parts.inputs[part_of[first]].push_back(i);
  }
  return parts;
}

}  // namespace

Result<Parts> divide(std::span<const Input> inputs, const Settings& settings,
                     const FileSystem& files) {
  const auto total = text_size(inputs, files);
  const bool is_small = total && *total <= settings.part_bytes;
  const bool reports_all = std::ranges::all_of(inputs, &Input::reported);
  if (!total || (is_small && reports_all)) return one_part(inputs.size());

  std::vector<Peek> peeks(inputs.size());
  parallel_for(inputs.size(), settings.threads,
               [&](std::size_t i) { peeks[i] = peek(inputs[i], settings, files); });
  bool may_hold_policies = false;
  for (const Peek& peek : peeks) {
    if (peek.error) return *peek.error;
    may_hold_policies = may_hold_policies || peek.may_hold_policies;
  }
  if (may_hold_policies) return one_part(inputs.size());
  return filled(inputs, peeks, sets_of(inputs, peeks), settings.part_bytes);
}

}  // namespace tidewaiter::engine
