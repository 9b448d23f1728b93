// .pre-commit-hooks.yaml: what pre-commit would run, without pre-commit.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "e2e/program.h"
#include "e2e/yaml_document.h"
#include "support/catch.h"

namespace tidewaiter::testing {
namespace {

constexpr char kFine[] = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
constexpr char kFaulty[] =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\ndata:\n  a: b\n  a: c\n";

constexpr char kNeedsSecret[] = R"(id: ACME001
name: needs-secret
summary: A ConfigMap has a Secret beside it
severity: error
match: {kinds: [ConfigMap]}
checks:
  - expr: scope.has('Secret')
    at: object.metadata.name
    message: There is no Secret.
)";

/// The hooks that the repository offers.
class Hooks {
 public:
  Hooks()
      : document_(read_file(std::filesystem::path(TIDEWAITER_SOURCE_DIR) /
                            ".pre-commit-hooks.yaml")) {
    REQUIRE(document_.root() != nullptr);
    REQUIRE(document_.root()->is_sequence());
  }

  std::vector<const yaml::Node*> all() const {
    std::vector<const yaml::Node*> hooks;
    for (std::uint32_t i = 0; i < document_.root()->size(); ++i) {
      hooks.push_back(&document_.root()->item(i));
    }
    return hooks;
  }

  const yaml::Node& named(std::string_view id) const {
    const auto hooks = all();
    const auto hook = std::ranges::find_if(
        hooks, [&](const yaml::Node* h) { return h->find("id")->as_string() == id; });
    REQUIRE(hook != hooks.end());
    return **hook;
  }

  /// What pre-commit runs when `changed` are staged.
  ProgramRun run(std::string_view id, const ScratchFolder& folder,
                 const std::vector<std::string>& changed) const {
    const yaml::Node& hook = named(id);
    std::istringstream entry{std::string(hook.find("entry")->as_string())};
    std::vector<std::string> words;
    for (std::string word; entry >> word;) words.push_back(word);
    REQUIRE(words.front() == "tidewaiter");
    words.erase(words.begin());
    const yaml::Node* const pass = hook.find("pass_filenames");
    if (pass == nullptr || pass->as_bool()) {
      words.insert(words.end(), changed.begin(), changed.end());
    }
    return run_program({.arguments = words, .folder = folder.path()});
  }

 private:
  YamlDocument document_;
};

TEST_CASE("every hook is of a form that pre-commit knows", "[e2e]") {
  const Hooks hooks;
  CHECK(hooks.all().size() == 2);
  for (const yaml::Node* hook : hooks.all()) {
    for (std::uint32_t i = 0; i < hook->size(); ++i) {
      const std::string key(hook->entry(i).key->as_string());
      INFO(key);
      const std::vector<std::string> known = {"id",
                                              "name",
                                              "description",
                                              "language",
                                              "entry",
                                              "types_or",
                                              "require_serial",
                                              "pass_filenames",
                                              "stages",
                                              "minimum_pre_commit_version"};
      CHECK(std::ranges::find(known, key) != known.end());
    }
    CHECK(hook->find("language")->as_string() == "system");
    CHECK(values_of(*hook, "types_or") == std::vector<std::string>{"yaml", "json"});
  }
}

TEST_CASE("the page about pipelines names a hook that there is", "[e2e]") {
  const std::string page =
      read_file(std::filesystem::path(TIDEWAITER_SOURCE_DIR) / "docs/pipelines.md");
  const Hooks hooks;
  CHECK(page.find("      - id: tidewaiter-system\n") != std::string::npos);
  for (const yaml::Node* hook : hooks.all()) {
    const std::string id(hook->find("id")->as_string());
    CHECK(page.find("| `" + id + "` |") != std::string::npos);
  }
}

TEST_CASE("the hook reports on the files of the commit and no other", "[e2e]") {
  const Hooks hooks;
  const ScratchFolder folder;
  folder.write("k8s/a.yaml", kFine);
  folder.write("k8s/b.yaml", kFaulty);
  const ProgramRun fine = hooks.run("tidewaiter-system", folder, {"k8s/a.yaml"});
  CHECK(fine.exit == 0);
  CHECK(fine.out == "No findings.\nLinted 1 document in 1 file.\n");
  const ProgramRun faulty =
      hooks.run("tidewaiter-system", folder, {"k8s/a.yaml", "k8s/b.yaml"});
  CHECK(faulty.exit == 1);
  CHECK(faulty.out.starts_with("k8s/b.yaml:7:3: error: "));
  CHECK(hooks.run("tidewaiter-system-all", folder, {"k8s/a.yaml"}).exit == 1);
}

TEST_CASE("files of a commit see those that are not part of it", "[e2e]") {
  const Hooks hooks;
  const ScratchFolder folder;
  folder.write(".tidewaiter.yaml", "ruleDirs: [lint]\n");
  folder.write("lint/needs-secret.yaml", kNeedsSecret);
  folder.write("k8s/a.yaml", kFine);
  const ProgramRun alone = hooks.run("tidewaiter-system", folder, {"k8s/a.yaml"});
  CHECK(alone.exit == 1);
  CHECK(alone.out.starts_with("k8s/a.yaml:4:3: error: There is no Secret. "));
  folder.write("k8s/b.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: b\n");
  CHECK(hooks.run("tidewaiter-system", folder, {"k8s/a.yaml"}).exit == 0);
}

TEST_CASE("the hook judges no file that a check of the whole would leave out", "[e2e]") {
  const Hooks hooks;
  const ScratchFolder folder;
  folder.write(".tidewaiter.yaml", "exclude: [vendor/**]\n");
  folder.write(".gitignore", "ignored.yaml\n");
  folder.write("k8s/a.yaml", kFine);
  for (const char* left_out : {"vendor/b.yaml", "ignored.yaml"})
    folder.write(left_out, kFaulty);
  folder.write("tsconfig.json", "{ // a comment\n  \"a\": 1,\n}\n");
  const ProgramRun run =
      hooks.run("tidewaiter-system", folder,
                {"k8s/a.yaml", "vendor/b.yaml", "ignored.yaml", "tsconfig.json", "gone.yaml"});
  CHECK(run.exit == 0);
  CHECK(run.out == "No findings.\nLinted 1 document in 1 file.\n");
}

TEST_CASE("a folder given to --changed-only stands for all that is in it", "[e2e]") {
  const ScratchFolder folder;
  folder.write("k8s/a.yaml", kFaulty);
  folder.write("k8sx/b.yaml", kFaulty);
  const ProgramRun run = run_program(
      {.arguments = {"check", "--quiet", "--changed-only", "./k8s/"}, .folder = folder.path()});
  CHECK(run.exit == 1);
  CHECK(run.out.starts_with("k8s/a.yaml:7:3: error: "));
  CHECK(run.out.find("k8sx") == std::string::npos);
}

TEST_CASE("a link given to --changed-only stands for what it leads to", "[e2e]") {
  const ScratchFolder folder;
  folder.write("k8s/a.yaml", kFaulty);
  std::filesystem::create_symlink("k8s", folder.path() / "linked");
  const ProgramRun run =
      run_program({.arguments = {"check", "--quiet", "--changed-only", "linked/a.yaml"},
                   .folder = folder.path()});
  CHECK(run.exit == 1);
  CHECK(run.out.starts_with("k8s/a.yaml:7:3: error: "));
}

}  // namespace
}  // namespace tidewaiter::testing
