#include "engine/discover.h"

#include <map>
#include <string>
#include <vector>

#include "support/catch.h"

using tidewaiter::MemoryFileSystem;
using tidewaiter::engine::default_root;
using tidewaiter::engine::discover;
using tidewaiter::engine::DiscoverOptions;
using tidewaiter::engine::Discovery;

namespace {

using Texts = std::vector<std::string>;

DiscoverOptions options_in_work() {
  return {.working_folder = "/repo", .root = "/repo"};
}

Discovery run(const MemoryFileSystem& files, const Texts& arguments,
              const DiscoverOptions& options = options_in_work()) {
  return discover(files, arguments, options);
}

Texts shown(const Discovery& found) {
  Texts names;
  for (const auto& file : found.files) names.push_back(file.name->shown);
  return names;
}

Texts shown(const MemoryFileSystem& files, const Texts& arguments,
            const DiscoverOptions& options = options_in_work()) {
  return shown(run(files, arguments, options));
}

}  // namespace

TEST_CASE("a folder gives its YAML and JSON files in byte order of their paths", "[discover]") {
  const MemoryFileSystem files({{"b/x.yaml", ""},
                                {"b-c/x.yml", ""},
                                {"B/x.json", ""},
                                {"b/readme.md", ""},
                                {"b/x.yaml.bak", ""},
                                {".github/x.yaml", ""},
                                {".git/x.yaml", ""}});
  CHECK(shown(files, {"."}) == Texts{".github/x.yaml", "B/x.json", "b-c/x.yml", "b/x.yaml"});
  CHECK(run(files, {"."}).files[1].if_manifest);
}

TEST_CASE("names are shown as typed and their uris are relative to the root", "[discover]") {
  const MemoryFileSystem files({{"k8s/a b.yaml", ""}});
  CHECK(shown(files, {"./k8s//"}) == Texts{"./k8s/a b.yaml"});
  CHECK(shown(files, {"/repo/k8s"}) == Texts{"/repo/k8s/a b.yaml"});
  CHECK(shown(files, {"k8s/../k8s/a b.yaml"}) == Texts{"k8s/../k8s/a b.yaml"});
  for (const char* const argument : {".", "./k8s//", "/repo/k8s", "k8s/../k8s/a b.yaml"}) {
    const auto found = run(files, {argument});
    REQUIRE(found.files.size() == 1);
    CHECK(found.files[0].name->uri == "k8s/a%20b.yaml");
    CHECK(found.files[0].path.ends_with("a b.yaml"));
    CHECK_FALSE(found.files[0].name->outside_root);
  }
}

TEST_CASE("a file outside the root is relative to its own argument, with a notification",
          "[discover]") {
  const MemoryFileSystem files({{"/else/k8s/a.yaml", ""}, {"/else/b.yaml", ""}});
  auto found = run(files, {"../else/k8s", "/else/b.yaml"});
  CHECK(found.errors.empty());
  REQUIRE(shown(found) == Texts{"../else/k8s/a.yaml", "/else/b.yaml"});
  CHECK(found.files[0].name->uri == "a.yaml");
  CHECK(found.files[1].name->uri == "b.yaml");
  CHECK(found.files[0].name->outside_root);
  REQUIRE(found.notifications.size() == 2);
  CHECK(found.notifications[0].message ==
        "The input '../else/k8s' lies outside the root '/repo', so reports name its files "
        "relative to the input itself.");
}

TEST_CASE("a file named on the command line is always read", "[discover]") {
  MemoryFileSystem files(
      {{"a.txt", ""}, {"b.json", ""}, {".gitignore", "*"}, {".git/HEAD", ""}});
  files.add_symlink("c", "a.txt");
  auto options = options_in_work();
  options.excludes = {{.folder = "/repo", .patterns = {"*"}}};
  const auto found = run(files, {"c", "b.json"}, options);
  CHECK(shown(found) == Texts{"b.json", "c"});
  CHECK(found.files[0].named);
  CHECK_FALSE(found.files[0].if_manifest);
}

TEST_CASE("an argument that cannot be read is an error and the others are still read",
          "[discover]") {
  MemoryFileSystem files({{"a.yaml", ""}, {"shut/b.yaml", ""}, {"x/shut/b.yaml", ""}});
  files.deny("shut");
  files.deny("x/shut");
  const auto found = run(files, {"none", "a.yaml", "shut", "x"});
  CHECK(shown(found) == Texts{"a.yaml"});
  REQUIRE(found.errors.size() == 2);
  CHECK(found.errors[0].message == "Cannot find 'none': No such file or directory.");
  CHECK(found.errors[1].message == "Cannot list 'shut': Permission denied.");
  REQUIRE(found.notifications.size() == 1);
  CHECK(found.notifications[0].message ==
        "Cannot list 'x/shut': Permission denied. Nothing in it is linted.");
  CHECK(found.notifications[0].file->uri == "x/shut");
}

TEST_CASE("nested ignore files are honored up to the repository and no further", "[discover]") {
  const MemoryFileSystem files({{"/.gitignore", "*.yaml"},
                                {".git/info/exclude", "e.yaml\n!a.yaml"},
                                {".gitignore", "build/\n/top.yaml\na.yaml\n"},
                                {"top.yaml", ""},
                                {"e.yaml", ""},
                                {"k8s/top.yaml", ""},
                                {"k8s/a.yaml", ""},
                                {"k8s/in/a.yaml", ""},
                                {"k8s/in/.gitignore", "!a.yaml"},
                                {"k8s/build/x.yaml", ""}});
  CHECK(shown(files, {"."}) == Texts{"k8s/in/a.yaml", "k8s/top.yaml"});
  CHECK(shown(files, {"k8s"}) == Texts{"k8s/in/a.yaml", "k8s/top.yaml"});
  CHECK(shown(files, {"k8s/build"}) == Texts{"k8s/build/x.yaml"});
  auto all = options_in_work();
  all.honor_ignore_files = false;
  CHECK(shown(files, {"."}, all).size() == 6);
}

TEST_CASE("a repository inside another has only its own ignore rules", "[discover]") {
  const MemoryFileSystem files({{".git/HEAD", ""},
                                {".gitignore", "*.yaml"},
                                {"sub/.git", "gitdir: ../.git/modules/sub\n"},
                                {".git/modules/sub/info/exclude", "b.yaml"},
                                {"sub/a.yaml", ""},
                                {"sub/b.yaml", ""},
                                {"tree/.git", "gitdir: /repo/.git/worktrees/tree\n"},
                                {".git/worktrees/tree/commondir", "../..\n"},
                                {".git/info/exclude", "c.yaml"},
                                {"tree/c.yaml", ""},
                                {"tree/d.yaml", ""}});
  CHECK(shown(files, {"."}) == Texts{"sub/a.yaml", "tree/d.yaml"});
}

TEST_CASE("without a repository ignore files hold from the root", "[discover]") {
  const MemoryFileSystem files(
      {{".gitignore", "a.yaml"}, {"k8s/a.yaml", ""}, {"k8s/b.yaml", ""}});
  CHECK(shown(files, {"k8s"}) == Texts{"k8s/b.yaml"});
}

TEST_CASE("excludes are relative to their folder", "[discover]") {
  const MemoryFileSystem files({{"vendor/a.yaml", ""},
                                {"k8s/vendor/a.yaml", ""},
                                {"k8s/gen/x/a.yaml", ""},
                                {"k8s/b.gen.yaml", ""}});
  auto options = options_in_work();
  options.excludes = {{.folder = "/repo", .patterns = {"vendor/**", "*.gen.yaml"}},
                      {.folder = "/repo/k8s", .patterns = {"gen/"}}};
  CHECK(shown(files, {"."}, options) == Texts{"k8s/vendor/a.yaml"});
}

TEST_CASE("links that loop or lead to what is walked anyway add nothing", "[discover]") {
  MemoryFileSystem files({{"z/a.yaml", ""}, {"base/b.yaml", ""}});
  files.add_symlink("z/again", "..");
  files.add_symlink("a", "z");
  files.add_symlink("a.yaml", "z/a.yaml");
  files.add_symlink("loop", "loop");
  CHECK(shown(files, {"."}) == Texts{"base/b.yaml", "z/a.yaml"});
  CHECK(run(files, {"."}).notifications.empty());
}

TEST_CASE("a link into the root is followed, one that leads out of it is told", "[discover]") {
  MemoryFileSystem files({{"base/b.yaml", ""}, {"/etc/secret.yaml", ""}});
  files.add_symlink("prod/base", "../base");
  files.add_symlink("prod/c.yaml", "../base/b.yaml");
  files.add_symlink("prod/etc", "/etc");
  files.add_symlink("prod/gone.yaml", "nowhere");
  files.add_symlink("prod/gone", "nowhere");
  const auto found = run(files, {"prod"});
  CHECK(shown(found).size() == 1);  // both links lead to one file
  REQUIRE(found.notifications.size() == 2);
  CHECK(found.notifications[0].message ==
        "The symbolic link 'prod/etc' leads out of the root and is not followed; name its "
        "target as an argument of its own to lint it.");
  CHECK(found.notifications[1].id == "broken-link");
}

TEST_CASE("a folder with a kustomization or a chart is a scope", "[discover]") {
  const MemoryFileSystem files({{"k8s/all.yaml", ""},
                                {"k8s/base/kustomization.yaml", ""},
                                {"k8s/base/web.yaml", ""},
                                {"k8s/base/more/job.yaml", ""},
                                {"k8s/prod/Kustomization", ""},
                                {"k8s/prod/web.yaml", ""},
                                {"k8s/shop/Chart.yaml", ""},
                                {"k8s/shop/crds/a.yaml", ""}});
  const auto found = run(files, {"k8s"});
  std::map<std::string, std::string> scopes;
  for (const auto& file : found.files) scopes[file.path] = file.scope;
  CHECK(scopes["k8s/all.yaml"] == "k8s");
  CHECK(scopes["k8s/base/web.yaml"] == "k8s/base");
  CHECK(scopes["k8s/base/more/job.yaml"] == "k8s/base");
  CHECK(scopes["k8s/prod/Kustomization"] == "k8s/prod");
  CHECK(scopes["k8s/prod/web.yaml"] == "k8s/prod");
  CHECK(scopes["k8s/shop/crds/a.yaml"] == "k8s/shop");
}

TEST_CASE("a file knows its path below the folder that led to it", "[discover]") {
  const MemoryFileSystem files({{"k8s/jobs/restore/job.yaml", ""}, {"k8s/web.yaml", ""}});
  const auto below = [&](std::vector<std::string> arguments) {
    Texts paths;
    for (const auto& file : run(files, std::move(arguments)).files) paths.push_back(file.below);
    return paths;
  };
  CHECK(below({"."}) == Texts{"k8s/jobs/restore/job.yaml", "k8s/web.yaml"});
  CHECK(below({"k8s/"}) == Texts{"jobs/restore/job.yaml", "web.yaml"});
  CHECK(below({"k8s/jobs/restore/job.yaml", "k8s"}) ==
        Texts{"jobs/restore/job.yaml", "web.yaml"});
  CHECK(below({"k8s/jobs/restore/job.yaml"}) == Texts{""});
}

TEST_CASE("a folder that the scopes of the config match is a scope", "[discover]") {
  const MemoryFileSystem files({{"k8s/apps/all.yaml", ""},
                                {"k8s/apps/web/a.yaml", ""},
                                {"k8s/apps/web/more/b.yaml", ""},
                                {"k8s/apps/web/base/kustomization.yaml", ""},
                                {"k8s/shop/c.yaml", ""}});
  auto options = options_in_work();
  options.scopes = {{.folder = "/repo/k8s", .patterns = {"apps/*"}}};
  const auto found = run(files, {"k8s"}, options);
  Texts scopes;
  for (const auto& file : found.files) scopes.push_back(file.path + " in " + file.scope);
  CHECK(scopes == Texts{"k8s/apps/all.yaml in k8s", "k8s/apps/web/a.yaml in k8s/apps/web",
                        "k8s/apps/web/base/kustomization.yaml in k8s/apps/web/base",
                        "k8s/apps/web/more/b.yaml in k8s/apps/web", "k8s/shop/c.yaml in k8s"});
}

TEST_CASE("a file reached twice is read once, in the scope of its folder", "[discover]") {
  const MemoryFileSystem files({{"k8s/a.yaml", ""}, {"k8s/b.json", ""}, {"c.yaml", ""}});
  const auto found = run(files, {"k8s/b.json", "c.yaml", "k8s", "./k8s/a.yaml", "k8s"});
  CHECK(shown(found) == Texts{"c.yaml", "k8s/a.yaml", "k8s/b.json"});
  CHECK(found.files[0].scope.empty());
  CHECK(found.files[1].scope == found.files[2].scope);
  CHECK(found.files[1].scope == "k8s");
  CHECK(found.files[2].named);
  CHECK_FALSE(found.files[2].if_manifest);
}

TEST_CASE("templates of a Helm chart carry the folder of their chart", "[discover]") {
  const MemoryFileSystem files({{"shop/Chart.yaml", ""},
                                {"shop/values.yaml", ""},
                                {"shop/templates/a.yaml", ""},
                                {"shop/templates/sub/b.yaml", ""},
                                {"shop/charts/db/Chart.yaml", ""},
                                {"shop/charts/db/templates/c.yaml", ""},
                                {"other/templates/d.yaml", ""}});
  Texts charts;
  for (const auto& file : run(files, {"."}).files) charts.push_back(file.chart);
  CHECK(charts == Texts{"", "", "", "shop/charts/db", "shop", "shop", ""});
  CHECK(run(files, {"shop/templates/sub"}).files[0].chart == "shop");
  CHECK(run(files, {"shop/templates/a.yaml"}).files[0].chart == "shop");
  CHECK(run(files, {"other/templates/d.yaml"}).files[0].chart.empty());
  auto inside = options_in_work();
  inside.root = "/repo/shop";
  CHECK(run(files, {"shop"}, inside).files[4].chart == "shop");
}

TEST_CASE("a link whose name decides how it is ignored stands where it is", "[discover]") {
  MemoryFileSystem files({{"base/b.yaml", ""}, {".git/HEAD", ""}, {"k/.gitignore", "skip"}});
  files.add_symlink("k/skip", "../base");
  CHECK(shown(files, {"k"}).empty());
}

TEST_CASE("folders nested deep are walked without recursion", "[discover]") {
  std::string path;
  for (int i = 0; i < 400; ++i) path += "d/";
  MemoryFileSystem files;
  files.add_file("/repo/a.yaml", "");
  files.add_file(std::string("/repo/") + path + "b.yaml", "");
  CHECK(shown(files, {"."}).size() == 2);
}

TEST_CASE("the root is the nearest repository, else the working folder", "[discover]") {
  const MemoryFileSystem files({{"/r/.git", "gitdir: x"}, {"/r/a/b/x", ""}, {"/q/x", ""}});
  CHECK(default_root(files, "/r/a/b") == "/r");
  CHECK(default_root(files, "/r") == "/r");
  CHECK(default_root(files, "/q") == "/q");
}

TEST_CASE("standard input has the names of the file it stands for", "[discover]") {
  const auto options = options_in_work();
  using tidewaiter::engine::name_of_input;
  CHECK(name_of_input("k8s/x y.yaml", options)->uri == "k8s/x%20y.yaml");
  CHECK(name_of_input("/else/x.yaml", options)->outside_root);
  CHECK(name_of_input("/else/x.yaml", options)->uri == "x.yaml");
  CHECK(name_of_input("<stdin>", options)->shown == "<stdin>");
}

TEST_CASE("JSON is a manifest when it names apiVersion and kind or a container app",
          "[discover]") {
  using tidewaiter::engine::looks_like_manifest;
  CHECK(looks_like_manifest(R"({"apiVersion": "v1", "kind": "Pod"})"));
  CHECK(looks_like_manifest(R"({"type": "Microsoft.App/containerApps"})"));
  CHECK_FALSE(looks_like_manifest(R"({"kind": "x"})"));
  CHECK_FALSE(looks_like_manifest("apiVersion kind"));
}

TEST_CASE("files read for policies only are told apart, and linted where both lead to them",
          "[discover]") {
  const MemoryFileSystem files(
      {{"k8s/a.yaml", ""}, {"k8s/vap/p.yaml", ""}, {"other/q.yaml", ""}, {"z.yaml", ""}});
  DiscoverOptions options = options_in_work();
  options.supporting = {"other", "k8s/vap", "z.yaml"};
  options.excludes = {{.folder = "/repo", .patterns = {"vap/"}}};
  const Discovery found = run(files, {"k8s", "z.yaml"}, options);
  CHECK(shown(found) == Texts{"k8s/a.yaml", "k8s/vap/p.yaml", "other/q.yaml", "z.yaml"});
  std::vector<bool> linted;
  for (const auto& file : found.files) linted.push_back(file.linted);
  CHECK(linted == std::vector<bool>{true, false, false, true});
}
