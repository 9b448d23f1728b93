#ifndef TIDEWAITER_TESTS_CONFORMANCE_POLICY_CASE_H_
#define TIDEWAITER_TESTS_CONFORMANCE_POLICY_CASE_H_

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/source.h"
#include "cel/arena.h"
#include "k8s/extract.h"
#include "policy/compiled_policy.h"
#include "policy/policy.h"
#include "yaml/file.h"

namespace tidewaiter::conformance {

/// A file of a case and the objects in it.
struct Manifests {
  explicit Manifests(const std::string& path, std::string text);

  Source source;
  yaml::File file;
  k8s::Extraction extraction;
};

/// A policy that several cases may use.
struct LoadedPolicy {
  policy::Policy policy;
  policy::CompiledPolicy compiled;
};

/// Runs cases of shared/policies (the format is described in its README): matching, bindings,
/// params and evaluation in raw mode.
class PolicyCases {
 public:
  /// Paths in cases are relative to `folder`.
  explicit PolicyCases(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// What differs from what Kubernetes did, a line each; empty when nothing does. Throws when
  /// the case has another form or a file cannot be read.
  std::vector<std::string> run(const nlohmann::json& test);

 private:
  const Manifests& manifests(const std::string& path);
  const LoadedPolicy& policy(const std::string& path);

  std::filesystem::path folder_;
  std::map<std::string, std::unique_ptr<const Manifests>> files_;
  std::map<std::string, std::unique_ptr<const LoadedPolicy>> policies_;
  cel::Arena arena_;
};

}  // namespace tidewaiter::conformance

#endif  // TIDEWAITER_TESTS_CONFORMANCE_POLICY_CASE_H_
