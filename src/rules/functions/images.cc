#include "k8s/image.h"

#include "cel/value_build.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {

namespace {

using cel::CallContext;
using cel::Value;

Value image(CallContext& call, std::span<const Value> args) {
  const auto parsed = k8s::parse_image(args[0].as_string());
  const auto text = [&](std::string_view part) {
    return cel::make_string(call.arena, part).with_origin(args[0].origin());
  };
  cel::MapBuilder facts(call.arena);
  facts.add(Value::string("valid"), Value::boolean(static_cast<bool>(parsed)));
  if (!parsed) {
    facts.add(Value::string("error"), text(parsed.error().message));
    return facts.build().with_origin(args[0].origin());
  }
  facts.add(Value::string("registry"), text(parsed->registry));
  facts.add(Value::string("repository"), text(parsed->repository));
  facts.add(Value::string("name"), text(parsed->name));
  if (!parsed->tag.empty()) facts.add(Value::string("tag"), text(parsed->tag));
  if (!parsed->digest.empty()) facts.add(Value::string("digest"), text(parsed->digest));
  return facts.build().with_origin(args[0].origin());
}

}  // namespace

void add_images_functions(cel::FunctionRegistry& registry) {
  registry.add(
      "image(string) -> map(string, dyn)", cel::Purity::kPure, image,
      "A container image as the kubelet reads it: valid; error, the end of a sentence that "
      "says what is at fault, where invalid; else registry ('docker.io' where none is "
      "written), repository ('library/nginx'), name (its last part), and tag and digest where "
      "written. All have the place of the text.");
}

}  // namespace tidewaiter::rules
