#ifndef TIDEWAITER_K8S_REFERENCE_TEXT_H_
#define TIDEWAITER_K8S_REFERENCE_TEXT_H_

#include <string_view>

namespace tidewaiter::k8s {

/// The text holds `$(…)`, `${…}`, `<…>` or `{{…}}` with something between: another tool puts
/// the real value there, so what stands there now is not judged (RULES, Common readings).
/// Linear.
bool holds_reference(std::string_view text);

/// Beyond that, what in an image or quantity surely waits for another tool: a shell variable
/// (`$NAME`), `ko://`, a brace, or a word in capitals with an underscore (`PROJECT_ID`), unless
/// it stands in an image's tag, where such words are real. Linear.
bool holds_placeholder(std::string_view text);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_REFERENCE_TEXT_H_
