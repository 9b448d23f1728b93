#include "k8s/pod_template_paths.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "k8s/group_kind.h"

namespace tidewaiter::k8s {
namespace {

Error invalid(std::string message, std::string_view text) {
  return {.code = ErrorCode::kInvalidInput,
          .message = std::move(message),
          .where = ByteSpan{.begin = 0, .end = static_cast<std::uint32_t>(text.size())}};
}

bool is_kind_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         c == '-' || c == '.' || c == '/';
}

}  // namespace

Result<void> PodTemplatePaths::add(std::string_view kind, std::string_view path) {
  const KindPattern pattern = parse_kind_pattern(kind);
  bool valid = !pattern.kind.empty() && !kind.starts_with('/');
  for (const char c : kind) valid = valid && is_kind_character(c);
  if (!valid || pattern.group.find('/') != std::string_view::npos) {
    return invalid(fmt::format("'{}' does not name a kind: write the API group without its "
                               "version, a slash and the kind, as in 'argoproj.io/Rollout'.",
                               kind),
                   kind);
  }
  std::vector<std::string> fields;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    if (begin == end) {
      return invalid(fmt::format("'{}' is no path to a pod template: write field names joined "
                                 "by dots, as in 'spec.template'.",
                                 path),
                     path);
    }
    fields.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  paths_[std::string(pattern.group)].insert_or_assign(std::string(pattern.kind),
                                                      std::move(fields));
  return {};
}

const std::vector<std::string>* PodTemplatePaths::find(std::string_view group,
                                                       std::string_view kind) const {
  const auto kinds = paths_.find(group);
  if (kinds == paths_.end()) return nullptr;
  const auto found = kinds->second.find(kind);
  return found == kinds->second.end() ? nullptr : &found->second;
}

}  // namespace tidewaiter::k8s
