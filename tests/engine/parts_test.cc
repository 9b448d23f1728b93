#include "engine/parts.h"

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "engine/run.h"
#include "engine/selection.h"
#include "rules/domain_functions.h"
#include "rules/rule_pack.h"
#include "support/catch.h"

namespace tidewaiter::engine {
namespace {

using Groups = std::vector<std::vector<std::uint32_t>>;

constexpr std::string_view kPod =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: "
    "b}]}\n";

/// Files in memory, in the order in which they are added.
class Tree {
 public:
  Tree& add(const std::string& path, std::string_view text, std::string scope) {
    disk_.add_file(path, std::string(text));
    inputs_.push_back(
        {.name = std::make_shared<const FileName>(FileName{.shown = path, .uri = path}),
         .path = path,
         .scope = std::move(scope)});
    return *this;
  }

  Tree& add_pipe(const std::string& path) {
    disk_.add_other(path);
    inputs_.push_back(
        {.name = std::make_shared<const FileName>(FileName{.shown = path, .uri = path}),
         .path = path});
    return *this;
  }

  void report_only(const std::set<std::size_t>& positions) {
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      inputs_[i].reported = positions.contains(i);
    }
  }

  Result<Parts> divided(std::uint64_t part_bytes) const {
    Settings settings;
    settings.part_bytes = part_bytes;
    return divide(inputs_, settings, disk_);
  }
  Groups parts(std::uint64_t part_bytes = 0) const { return divided(part_bytes)->inputs; }

  /// All that a run says, with the built-in rules of the profile `strict`.
  std::vector<std::string> said(std::uint64_t part_bytes) const {
    std::vector<const rules::Rule*> all;
    for (const rules::Rule& rule : rules::builtin_rules()) all.push_back(&rule);
    const Choice choice{.profiles = {"strict"}};
    const auto selected = select_rules(all, choice);
    Settings settings;
    settings.all_rules = all;
    settings.rules = *selected;
    settings.profiles = choice.profiles;
    settings.functions = &rules::domain_functions();
    settings.part_bytes = part_bytes;
    const auto result = run(inputs_, settings, disk_);
    REQUIRE(result);
    std::vector<std::string> said;
    for (const Finding& finding : result->findings) {
      said.push_back(finding.place.file->shown + ":" +
                     std::to_string(finding.place.start.line) + " " +
                     result->rule_ids[finding.rule] + " " + finding.message);
    }
    for (const Notification& notification : result->summary.notifications) {
      said.push_back(notification.file->shown + ": " + notification.message);
    }
    for (const FileRecord& file : result->summary.inputs) said.push_back(file.file->shown);
    const DocumentCounts& counts = result->summary.documents;
    said.push_back(std::to_string(counts.linted) + " " + std::to_string(counts.rejected) + " " +
                   std::to_string(counts.partial) + " " +
                   std::to_string(counts.not_kubernetes));
    return said;
  }

 private:
  MemoryFileSystem disk_;
  std::vector<Input> inputs_;
};

TEST_CASE("what is not larger than a part is one and is not looked into", "[parts]") {
  Tree tree;
  tree.add("a.yaml", kPod, "a").add("b.yaml", kPod, "b");
  const auto parts = tree.divided(2 * kPod.size());
  REQUIRE(parts);
  CHECK(parts->inputs == Groups{{0, 1}});
  CHECK(parts->may_hold_policies);
  CHECK(tree.parts(2 * kPod.size() - 1) == Groups{{0}, {1}});
}

TEST_CASE("the files of a scope stay together", "[parts]") {
  Tree tree;
  tree.add("0", kPod, ".").add("1", kPod, "a").add("2", kPod, "b").add("3", kPod, ".");
  tree.add("4", kPod, "b");
  CHECK(tree.parts() == Groups{{0, 3}, {1}, {2, 4}});
  CHECK(tree.parts(3 * kPod.size()) == Groups{{0, 1, 3}, {2, 4}});
}

TEST_CASE("a kustomization is with all that it names", "[parts]") {
  Tree tree;
  tree.add("app/base/kustomization.yaml", "resources: [pod.yaml]\n", "app/base")
      .add("app/base/pod.yaml", kPod, "app/base")
      .add("app/prod/kustomization.yaml", "resources: [../base]\n", "app/prod")
      .add("other/kustomization.yaml", "patches: [{path: '../patches/./p.yaml'}]\n", "other")
      .add("patches/p.yaml", kPod, "patches")
      .add("patches/q.yaml", kPod, "patches/q");
  CHECK(tree.parts() == Groups{{0, 1, 2}, {3, 4}, {5}});
}

TEST_CASE("what nothing is reported of is left out, unless others see it", "[parts]") {
  Tree tree;
  tree.add("0", kPod, "a").add("1", kPod, "b").add("2", kPod, "b").add("3", kPod, "c");
  tree.report_only({2});
  CHECK(tree.parts() == Groups{{1, 2}});
  CHECK(tree.parts(1'000'000) == Groups{{1, 2}});
  tree.report_only({});
  CHECK(tree.parts().empty());
  CHECK(tree.said(1'000'000) == std::vector<std::string>{"0 0 0 0"});
}

TEST_CASE("policies are about all files", "[parts]") {
  const auto text =
      GENERATE(as<std::string>{}, "kind: ValidatingAdmissionPolicy\n",
               "kind: ValidatingAdmissionPolicyBinding\n",
               "{\"kind\" : \"Validating\\u0041dmissionPolicy\"}\n",
               "kind: !!binary VmFsaWQ=\n", "kind: \"Validating\\x41dmissionPolicy\"\n",
               "kind:\n  \"ValidatingAdmission\\\n  Policy\"\n");
  Tree tree;
  tree.add("a", kPod, "a").add("b", text, "b");
  const auto parts = tree.divided(0);
  REQUIRE(parts);
  CHECK(parts->inputs == Groups{{0, 1}});
  CHECK(parts->may_hold_policies);
}

TEST_CASE("escapes of other characters hide no kind", "[parts]") {
  const auto text = GENERATE(as<std::string>{}, "{\"a\": \"\\u003cb\\u003e \\\\ \\n\"}\n",
                             "run: |\n  make \\\n    install\n", "re: '\\d+\\.x'\n");
  Tree tree;
  tree.add("a", kPod, "a").add("b", text, "b");
  CHECK(tree.parts() == Groups{{0}, {1}});
}

TEST_CASE("a pipe is read once", "[parts]") {
  Tree tree;
  tree.add("a", kPod, "a").add_pipe("b").add("c", kPod, "c");
  CHECK(tree.parts() == Groups{{0, 1, 2}});
}

TEST_CASE("a run says the same in one part and in many", "[parts]") {
  Tree tree;
  tree.add("a.yaml", kPod, ".")
      .add("app/base/kustomization.yaml", "resources: [pod.yaml]\n", "app/base")
      .add("app/base/pod.yaml", kPod, "app/base")
      .add("app/broken.yaml", "kind: [\n", ".")
      .add("app/prod/kustomization.yaml",
           "namespace: p\nresources: [../base]\npatches: [{path: patch.yaml}]\n", "app/prod")
      .add("app/prod/patch.yaml", kPod, "app/prod")
      .add("app/prod/x.yaml", std::string(kPod) + "---\n- 'a\n", "app/prod")
      .add("b/pod.yaml", std::string(kPod) + "# tidewaiter: ignore image-tag\n", "b")
      .add("z.yaml", kPod, ".");
  const std::vector<std::string> whole = tree.said(1'000'000);
  CHECK(whole.size() > 40);
  CHECK(tree.parts(0).size() == 3);
  CHECK(tree.said(0) == whole);
  CHECK(tree.said(300) == whole);
}

}  // namespace
}  // namespace tidewaiter::engine
