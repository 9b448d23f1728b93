#include <vector>

#include "cel/value_build.h"
#include "cel/value_read.h"
#include "k8s/secret_args.h"
#include "k8s/secret_shape.h"
#include "rules/document_adapter.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {

namespace {

using cel::CallContext;
using cel::Value;

/// The texts of a list of strings.
std::vector<std::string_view> texts_of(const Value& list) {
  std::vector<std::string_view> texts;
  const std::uint32_t size = cel::size_of(list);
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value item = cel::item_at(list, i);
    if (item.is(cel::ValueKind::kString)) texts.push_back(item.as_string());
  }
  return texts;
}

void add_secret(const k8s::Secret& secret, cel::MapBuilder& facts) {
  facts.add(Value::string("byShape"), Value::boolean(secret.by_shape));
  facts.add(Value::string("what"), Value::string(secret.what));
  facts.add(Value::string("weak"), Value::boolean(secret.weak));
}

/// One word of the text for each word that is asked for.
bool spend(CallContext& call, std::string_view text, std::size_t words) {
  return call.spend(text.size() / 16 * (words + 1));
}

Value secret_shape_of(CallContext& call, std::string_view name, std::string_view value,
                      const k8s::SecretWords& words) {
  if (!spend(call, name, words.names.size()) ||
      !spend(call, value, words.placeholders.size())) {
    return Value::null();
  }
  const auto secret = k8s::find_secret(name, value, words);
  if (!secret) return cel::optional_none();
  cel::MapBuilder facts(call.arena);
  // The words of a rule's params live as long as the rule; the text of others may not.
  add_secret({.by_shape = secret->by_shape,
              .what = call.arena.copy(secret->what),
              .weak = secret->weak},
             facts);
  return cel::make_optional(call.arena, facts.build());
}

Value secret_shape(CallContext& call, std::span<const Value> args) {
  return secret_shape_of(call, args[0].as_string(), args[1].as_string(),
                         k8s::usual_secret_words());
}

Value secret_shape_by(CallContext& call, std::span<const Value> args) {
  const std::vector<std::string_view> names = texts_of(args[2]);
  const std::vector<std::string_view> placeholders = texts_of(args[3]);
  return secret_shape_of(call, args[0].as_string(), args[1].as_string(),
                         {.names = names, .placeholders = placeholders});
}

Value secret_args(CallContext& call, std::span<const Value> args) {
  const yaml::Node* const container = node_of(args[0]);
  if (container == nullptr) {
    return cel::make_error(call.arena, "The container is no node of a manifest.");
  }
  const std::vector<std::string_view> names = texts_of(args[1]);
  const std::vector<std::string_view> placeholders = texts_of(args[2]);
  cel::ListBuilder list(call.arena);
  for (const k8s::SecretArg& arg :
       k8s::secret_args(*container, {.names = names, .placeholders = placeholders})) {
    cel::MapBuilder facts(call.arena);
    facts.add(Value::string("at"), value_of(*arg.node));
    facts.add(Value::string("name"), cel::make_string(call.arena, arg.name));
    add_secret({.by_shape = arg.secret.by_shape,
                .what = call.arena.copy(arg.secret.what),
                .weak = arg.secret.weak},
               facts);
    list.add(facts.build());
  }
  return list.build();
}

}  // namespace

void add_secrets_functions(cel::FunctionRegistry& registry) {
  registry.add(
      "secretShape(string, string) -> optional_type(map(string, dyn))", cel::Purity::kPure,
      secret_shape,
      "Whether a value in plain text is a secret, by its name or whatever its name by its "
      "shape: byShape, what (the shape, 'a PEM private key', or the word of the name, "
      "'password') and weak (it is 'changeme'). None for references, paths, placeholders and "
      "whatever else hides nothing.");
  registry.add(
      "secretShape(string, string, list(string), list(string)) -> "
      "optional_type(map(string, dyn))",
      cel::Purity::kPure, secret_shape_by,
      "As above with your own words of names ('password', 'api key') and placeholders.");
  registry.add(
      "secretArgs(dyn, list(string), list(string)) -> list(map(string, dyn))",
      cel::Purity::kPure, secret_args,
      "The secrets in command and args of a container, in any form ('--x=v', '--x', 'v', "
      "'X=v', within the script of 'sh -c', or a shape): at, the item that holds the value, "
      "name, and byShape, what and weak as secretShape, whose lists of words and placeholders "
      "follow.");
}

}  // namespace tidewaiter::rules
