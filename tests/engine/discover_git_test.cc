// Compares the walk with git itself: both must agree which files are ignored.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "engine/discover.h"
#include "support/catch.h"

namespace {

namespace fs = std::filesystem;
using Random = std::mt19937;

std::string pick(Random& random, const std::vector<std::string>& from) {
  return from[random() % from.size()];
}

/// A line of a .gitignore made of parts that meet in odd ways.
std::string random_line(Random& random) {
  static const std::vector<std::string> kParts = {
      "a", "b",   "ab", "c",    "/",     "/",      "*",   "*",           "**",     "**/",
      "?", "[a",  "]",  "[ab]", "[!a]",  "[a-c]",  "\\",  "\\a",         "!",      "#",
      " ", "/**", ".",  "d ",   ".yaml", "*.yaml", "a/b", "[[:alpha:]]", "a.yaml", "b.yaml"};
  std::string line;
  if (random() % 5 == 0) line += "!";
  if (random() % 6 == 0) line += "/";
  for (auto parts = 1 + random() % 4; parts > 0; --parts) line += pick(random, kParts);
  if (random() % 5 == 0) line += "/";
  return line;
}

std::string random_rules(Random& random) {
  std::string text;
  for (auto lines = random() % 5; lines > 0; --lines) {
    text += random_line(random) + (random() % 8 == 0 ? "\r\n" : "\n");
  }
  return text;
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

/// One small tree in which names repeat on every level.
void make_tree(Random& random, const fs::path& folder) {
  static const std::vector<std::string> kFolders = {"",      "a/",     "b/",    "a/b/",
                                                    "ab/c/", "a/a/b/", "c/d /", "b/ab/a/"};
  static const std::vector<std::string> kFiles = {"a.yaml", "b.yaml",  "ab.yaml",
                                                  "#.yaml", "!a.yaml", "c .yaml"};
  for (const std::string& below : kFolders) {
    for (const std::string& name : kFiles) write(folder / (below + name), "");
  }
  write(folder / ".gitignore", random_rules(random));
  for (const char* const below : {"a", "a/b", "b"}) {
    if (random() % 3 == 0) write(folder / below / ".gitignore", random_rules(random));
  }
}

/// Runs a command and returns its output; nothing of the user's git configuration counts.
std::string run(const std::string& command) {
  const std::string whole =
      "HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 "
      "GIT_CONFIG_GLOBAL=/dev/null " +
      command + " 2>/dev/null";
  std::string output;
  FILE* const pipe = ::popen(whole.c_str(), "r");
  if (pipe == nullptr) return output;
  std::array<char, 65536> buffer = {};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    output.append(buffer.data(), got);
  }
  ::pclose(pipe);
  return output;
}

std::vector<std::string> split_at_nul(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\0', begin);
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

TEST_CASE("the walk ignores exactly the files that git ignores", "[discover][git]") {
  if (run("git --version").empty()) {
    std::cout << "skipped: git is not installed\n";
    return;
  }
  std::string name = (fs::temp_directory_path() / "tidewaiter-git-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  const fs::path root = fs::canonical(name);
  const std::string git = "git -C '" + root.string() + "' ";
  run(git + "init -q");

  Random random(20260801);
  static constexpr int kTrees = 60;
  write(root / ".git/info/exclude", "/t3/\n" + random_rules(random));
  for (int i = 0; i < kTrees; ++i) make_tree(random, root / ("t" + std::to_string(i)));

  auto expected = split_at_nul(run(git + "ls-files -z --others --exclude-standard"));
  std::erase_if(expected, [](const std::string& path) { return !path.ends_with(".yaml"); });
  std::ranges::sort(expected);

  const tidewaiter::DiskFileSystem files;
  const std::vector<std::string> arguments = {root.string()};
  const auto found = tidewaiter::engine::discover(
      files, arguments, {.working_folder = root.string(), .root = root.string()});
  std::vector<std::string> got;
  for (const auto& file : found.files) {
    got.push_back(fs::path(file.path).lexically_relative(root).string());
  }
  CHECK(found.notifications.empty());
  CHECK(std::ranges::is_sorted(got));

  std::vector<std::string> differences;
  std::ranges::set_symmetric_difference(expected, got, std::back_inserter(differences));
  for (const std::string& path : differences) {
    const bool ours = std::ranges::binary_search(got, path);
    UNSCOPED_INFO((ours ? "only git ignores " : "only we ignore ") + path);
  }
  CHECK(differences.empty());
  CHECK(expected.size() > 400);
  CHECK(expected.size() < std::size_t{kTrees} * 48);
  if (differences.empty()) fs::remove_all(root);
}
