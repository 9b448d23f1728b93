#ifndef TIDEWAITER_K8S_QUANTITY_H_
#define TIDEWAITER_K8S_QUANTITY_H_

#include "base/quantity.h"

namespace tidewaiter::k8s {

using tidewaiter::parse_quantity;
using tidewaiter::Quantity;

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_QUANTITY_H_
