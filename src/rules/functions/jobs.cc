#include "cel/value_build.h"
#include "k8s/cron.h"
#include "k8s/job_class.h"
#include "k8s/time_zone.h"
#include "rules/functions/topics.h"
#include "rules/rule_context.h"

namespace tidewaiter::rules {

namespace {

using cel::CallContext;
using cel::Value;

Value cron(CallContext& call, std::span<const Value> args) {
  // Each item of a list stands for up to sixty values.
  if (!call.spend(args[0].as_string().size())) return cel::cost_error();
  const auto schedule = k8s::parse_cron(args[0].as_string());
  cel::MapBuilder facts(call.arena);
  facts.add(Value::string("valid"), Value::boolean(static_cast<bool>(schedule)));
  if (!schedule) {
    facts.add(Value::string("error"), cel::make_string(call.arena, schedule.error().message));
    return facts.build();
  }
  facts.add(Value::string("neverFires"), Value::boolean(schedule->never_fires()));
  if (const auto interval = schedule->interval()) {
    facts.add(Value::string("interval"), Value::integer(*interval));
  }
  return facts.build();
}

Value is_time_zone(CallContext&, std::span<const Value> args) {
  return Value::boolean(k8s::is_time_zone(args[0].as_string()));
}

Value time_zone_hint(CallContext&, std::span<const Value> args) {
  return Value::string(k8s::time_zone_in_right_case(args[0].as_string()));
}

Value job_class(CallContext& call, std::span<const Value> args) {
  const auto* const context = static_cast<const RuleContext*>(call.context);
  if (context == nullptr || context->resource == nullptr) {
    return cel::make_error(call.arena, "jobClass() needs a resource that is judged.");
  }
  return Value::string(k8s::job_class(*context->resource, args[0].as_string()));
}

}  // namespace

void add_jobs_functions(cel::FunctionRegistry& registry) {
  registry.add(
      "cron(string) -> map(string, dyn)", cel::Purity::kPure, cron,
      "A CronJob's schedule as Kubernetes reads it: valid; error, the end of a sentence "
      "that names the field, where invalid; else neverFires, and interval, the shortest "
      "gap in seconds within 2024, where it fires twice in it.");
  registry.add("isTimeZone(string) -> bool", cel::Purity::kPure, is_time_zone,
               "Whether the text is a name of the IANA time zone database, in exact spelling.");
  registry.add("timeZoneHint(string) -> string", cel::Purity::kPure, time_zone_hint,
               "The time zone that differs from the text only in upper and lower case, or ''.");
  registry.add("jobClass(string) -> string", cel::Purity::kContext, job_class,
               "The class of the Job or CronJob that is judged: general, critical, debug, "
               "network or idempotent. The argument is the label's or annotation's key.");
}

}  // namespace tidewaiter::rules
