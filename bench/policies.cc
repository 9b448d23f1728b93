// Measures policies: compiling all, and evaluating each on each of 1,000 manifests.
// usage: policy_bench POLICIES MANIFESTS   (two folders; skips when one is not there)
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "base/source.h"
#include "k8s/extract.h"
#include "policy/admission_request.h"
#include "policy/cluster.h"
#include "policy/compiled_policy.h"
#include "policy/evaluation.h"
#include "policy/match.h"
#include "policy/policy_set.h"
#include "yaml/file.h"

namespace {

namespace fs = std::filesystem;
namespace k8s = tidewaiter::k8s;
namespace policy = tidewaiter::policy;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kManifests = 1'000;
constexpr int kPasses = 5;

struct File {
  explicit File(const fs::path& path)
      : source(std::make_shared<tidewaiter::FileName>(), read(path)),
        file(tidewaiter::yaml::read(source)),
        extraction(k8s::extract_resources(source, file, {})) {}

  static std::string read(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  tidewaiter::Source source;
  tidewaiter::yaml::File file;
  k8s::Extraction extraction;
};

/// The manifests below a folder, in the order of their paths.
std::vector<std::unique_ptr<File>> files_below(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (entry.is_regular_file() && (extension == ".yaml" || extension == ".yml")) {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::unique_ptr<File>> files;
  for (const fs::path& path : paths) files.push_back(std::make_unique<File>(path));
  return files;
}

/// The median of the time that `work` takes, in seconds.
template <class Work>
double measure(Work&& work) {
  std::vector<double> times;
  for (int i = 0; i < kPasses; ++i) {
    const auto start = Clock::now();
    work();
    times.push_back(std::chrono::duration<double>(Clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

struct Counts {
  std::size_t evaluations = 0;
  std::size_t expressions = 0;  // validations that came to a verdict
  std::size_t denials = 0;
};

class Bench {
 public:
  Bench(const fs::path& policies, const fs::path& manifests) {
    for (auto& file : files_below(policies)) {
      for (const k8s::Resource& each : file->extraction.resources) {
        if (policy::is_policy(each)) policies_.push_back(policy::read_policy(each));
      }
      files_.push_back(std::move(file));
    }
    for (auto& file : files_below(manifests)) {
      for (const k8s::Resource& each : file->extraction.resources) {
        if (manifests_.size() < kManifests) manifests_.push_back(&each);
      }
      files_.push_back(std::move(file));
    }
  }

  void run() {
    const double compiling = measure([&] {
      compiled_.clear();
      for (const policy::Policy& each : policies_) {
        compiled_.push_back(policy::compile_policy(each, 0));
      }
    });
    fmt::print("{} policies, {} manifests\n", policies_.size(), manifests_.size());
    fmt::print("compile all          {:8.1f} ms  ({:.0f} us a policy)\n", compiling * 1e3,
               compiling * 1e6 / static_cast<double>(policies_.size()));
    print("those that match", measure([&] { evaluate(/*matching=*/true); }));
    print("each on each", measure([&] { evaluate(/*matching=*/false); }));
  }

 private:
  void evaluate(bool matching) {
    counts_ = {};
    const policy::Cluster cluster(manifests_);
    for (const k8s::Resource* manifest : manifests_) {
      const auto request = policy::admission_request(*manifest, cluster);
      const auto labels = policy::namespace_labels(request, cluster);
      for (std::size_t i = 0; i < policies_.size(); ++i) {
        if (matching &&
            !policy::matches(policies_[i].match_constraints, request, labels, false)) {
          continue;
        }
        const policy::Evaluation evaluation = policy::evaluate(
            compiled_[i], {.request = &request, .namespace_name = request.namespace_}, arena_);
        ++counts_.evaluations;
        counts_.expressions += evaluation.decisions.size();
        for (const policy::Decision& decision : evaluation.decisions) {
          counts_.denials += decision.admitted ? 0U : 1U;
        }
      }
    }
  }

  void print(const char* what, double seconds) const {
    fmt::print("{:<20} {:8.1f} ms  {} evaluations, {} validations, {} denials: {:.0f}/s\n",
               what, seconds * 1e3, counts_.evaluations, counts_.expressions, counts_.denials,
               static_cast<double>(counts_.evaluations) / seconds);
  }

  std::vector<std::unique_ptr<File>> files_;
  std::vector<policy::Policy> policies_;
  std::vector<policy::CompiledPolicy> compiled_;
  std::vector<const k8s::Resource*> manifests_;
  tidewaiter::cel::Arena arena_;
  Counts counts_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || !fs::is_directory(argv[1]) || !fs::is_directory(argv[2])) {
    fmt::print("usage: policy_bench POLICIES MANIFESTS\nskipped: two folders are needed\n");
    return 0;
  }
  Bench(argv[1], argv[2]).run();
}
