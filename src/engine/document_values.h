#ifndef TIDEWAITER_ENGINE_DOCUMENT_VALUES_H_
#define TIDEWAITER_ENGINE_DOCUMENT_VALUES_H_

#include "rules/document_adapter.h"

namespace tidewaiter::engine {

// Manifests as CEL values, for the layers above the rules that evaluate expressions of their
// own: policies and `eval`.
using rules::absent_mapping;
using rules::document_adapter;
using rules::node_of;
using rules::raw_document_adapter;
using rules::value_of;

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_DOCUMENT_VALUES_H_
