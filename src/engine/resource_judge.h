#ifndef TIDEWAITER_ENGINE_RESOURCE_JUDGE_H_
#define TIDEWAITER_ENGINE_RESOURCE_JUDGE_H_

#include <memory>

#include "engine/judgment.h"
#include "engine/source_map.h"
#include "k8s/resource.h"

namespace tidewaiter::engine {

/// Judges resources by other means than checks of rules: policies. Shared by all threads;
/// each asks for a worker of its own.
class ResourceJudge {
 public:
  /// Not shared among threads. May outlive no part of the judge.
  class Worker {
   public:
    virtual ~Worker() = default;
    /// What is to be said of a resource that is linted. Findings and failures name rules by
    /// their index among the selected ones.
    virtual void judge(const k8s::Resource& resource, Judgment& judgment) = 0;
    /// What is wrong with a resource as a part of the judge: a policy that does not compile.
    /// Called for every resource, of supporting files too.
    virtual void inspect(const k8s::Resource& resource, Judgment& judgment) = 0;
  };

  virtual ~ResourceJudge() = default;
  /// `sources` knows the place of every node of the run, and outlives the worker.
  virtual std::unique_ptr<Worker> worker(const SourceMap& sources) const = 0;
  /// Whether some policy is about resources such as this one, for the counts of documents.
  virtual bool concerns(const k8s::Resource& resource) const = 0;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_RESOURCE_JUDGE_H_
