#include "cli/function_page.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/function_examples.h"
#include "cli/markdown.h"

namespace tidewaiter::cli {
namespace {

constexpr std::string_view kIntroduction =
    R"(# Operators, macros and functions

All that an expression of a rule, and of a ValidatingAdmissionPolicy, may call. How rules are written is told in [writing-rules.md](writing-rules.md). This page is made from the program's own tables; every example on it is an expression that is true.

*Since* is the Kubernetes version in which it came: with an older `kubernetesVersion` it is not declared. What says *tidewaiter only* is not known to Kubernetes, so a policy for a cluster cannot use it.

`T`, `K` and `V` stand for any type, `dyn` for a value whose type is known only when it is there, as everything below `object`. An `optional_type(T)` is what `value.?field` gives: a value, or none.
)";

constexpr std::string_view kHead = "| | since | |\n|---|---|---|\n";

/// One row: how it is written, since when, what it gives, an example.
std::string row(std::string_view usage, std::string_view since, std::string_view doc,
                std::string_view example) {
  std::string text(doc);
  if (!example.empty()) text += fmt::format("<br>{}", code_span(example));
  return fmt::format("| {} | {} | {} |\n", table_cell(code_span(usage)), since,
                     table_cell(text));
}

std::string version(std::uint32_t minor) {
  if (minor == kNotInKubernetes) return "tidewaiter only";
  return minor == 0 ? std::string() : fmt::format("1.{}", minor);
}

std::string table_of(std::span<const Construct> constructs) {
  std::string table(kHead);
  for (const Construct& construct : constructs) {
    table += row(construct.usage, version(construct.since), construct.doc, construct.example);
  }
  return table;
}

std::string_view example_of(std::string_view signature) {
  const auto examples = function_examples();
  const auto found = std::ranges::find(examples, signature, &FunctionExample::signature);
  return found == examples.end() ? std::string_view() : found->expression;
}

std::string row_of(const cel::Function& function, bool of_kubernetes) {
  const std::string signature = signature_of(function);
  return row(signature, version(of_kubernetes ? function.since : kNotInKubernetes),
             function.doc, example_of(signature));
}

/// What Kubernetes declares too.
const cel::FunctionRegistry& kubernetes_functions() {
  static const cel::FunctionRegistry registry = [] {
    cel::FunctionRegistry functions;
    cel::add_standard_functions(functions);
    return functions;
  }();
  return registry;
}

}  // namespace

std::string signature_of(const cel::Function& function) {
  std::string text = cel::to_string(function);
  for (const auto& [type, word] : {std::pair("google.protobuf.Timestamp", "timestamp"),
                                   std::pair("google.protobuf.Duration", "duration")}) {
    for (std::size_t at = 0; (at = text.find(type, at)) != text.npos;) {
      text.replace(at, std::string_view(type).size(), word);
    }
  }
  return text;
}

std::string function_page(const cel::FunctionRegistry& registry) {
  std::string page(kIntroduction);
  page += "\n## Operators\n\n" + table_of(operators());
  page +=
      "\n## Macros\n\nThe first argument names a variable, which the other arguments may use."
      "\n\n" +
      table_of(macros());
  for (const std::string_view topic : registry.topics()) {
    page += fmt::format("\n## {}\n\n{}", topic, kHead);
    for (const std::string_view name : registry.names()) {
      for (const cel::Function& function : registry.overloads(name)) {
        if (function.topic != topic) continue;
        page += row_of(function, !kubernetes_functions().overloads(name).empty());
      }
    }
  }
  return page;
}

}  // namespace tidewaiter::cli
