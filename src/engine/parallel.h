#ifndef TIDEWAITER_ENGINE_PARALLEL_H_
#define TIDEWAITER_ENGINE_PARALLEL_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace tidewaiter::engine {

/// Calls `work(state, index)` once for each index below `count`, on up to `threads` threads
/// that each have a `State` of their own. Which thread gets which index is not determined, so
/// `work` writes its result to a slot of that index. Runs in the calling thread when one is
/// enough.
template <class State, class Work>
void parallel_for(std::size_t count, unsigned threads, const Work& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    State state;
    for (std::size_t i = next++; i < count; i = next++) work(state, i);
  };
  const auto helpers = std::min<std::size_t>(threads, count);
  std::vector<std::jthread> pool;
  for (std::size_t i = 1; i < helpers; ++i) pool.emplace_back(run);
  run();
}

/// As above, where threads need no state: calls `work(index)`.
template <class Work>
void parallel_for(std::size_t count, unsigned threads, const Work& work) {
  struct NoState {};
  parallel_for<NoState>(count, threads, [&](NoState&, std::size_t i) { work(i); });
}

/// The number of threads to use when the user names none.
inline unsigned default_threads() {
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_PARALLEL_H_
