#ifndef TIDEWAITER_K8S_PRE_STOP_H_
#define TIDEWAITER_K8S_PRE_STOP_H_

#include "yaml/node.h"

namespace tidewaiter::k8s {

/// The seconds that a preStop hook surely sleeps: `sleep.seconds`, a command `sleep N`, or the
/// literal sleeps of a `sh -c` script together, those in the background excepted. 0 for a hook
/// of which nothing is known.
double pre_stop_sleep(const yaml::Node& hook);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_PRE_STOP_H_
