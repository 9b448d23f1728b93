#ifndef TIDEWAITER_BASE_PATH_H_
#define TIDEWAITER_BASE_PATH_H_

#include <optional>
#include <string>
#include <string_view>

namespace tidewaiter {

/// Paths as text, `/` between the parts; nothing here looks at the disk.

/// `folder` and `name` with one `/` between them; one of them alone when the other is empty or
/// `name` is absolute.
std::string join_path(std::string_view folder, std::string_view name);

/// `path` made absolute from `folder` (itself absolute), with `.`, `..`, doubled and trailing
/// slashes resolved as text; `..` at the top stays at the top.
std::string absolute_path(std::string_view folder, std::string_view path);

/// The part of the absolute, normal `path` below the absolute, normal `folder`; empty when both
/// are the same; nothing when it does not lie there.
std::optional<std::string_view> path_below(std::string_view folder, std::string_view path);

/// The folder that holds the absolute, normal `path`; "/" for "/".
std::string_view parent_of(std::string_view path);

/// The last part of `path`, without a trailing slash.
std::string_view base_name(std::string_view path);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_PATH_H_
