#include "report/rule_prose.h"

#include "support/catch.h"
#include "tidewaiter/version.h"

using namespace tidewaiter::report;

TEST_CASE("a name becomes PascalCase as SARIF wants it", "[rule_prose]") {
  CHECK(pascal_case("job-ttl") == "JobTtl");
  CHECK(pascal_case("privileged") == "Privileged");
  CHECK(pascal_case("run-as-a-user") == "RunAsaUser");
  CHECK(pascal_case("no-2fa") == "No2fa");
  CHECK(pascal_case("a--b-").size() == 2);
  CHECK(pascal_case("").empty());
}

TEST_CASE("the first sentence is folded and cut at a word", "[rule_prose]") {
  CHECK(first_sentence(" Set\n  a. Then b.", 100) == "Set a.");
  CHECK(first_sentence("Use v1.2 or 3.4 now. `x` is old.", 100) == "Use v1.2 or 3.4 now.");
  CHECK(first_sentence("\nWrite a\nor b:\n\n    spec: a\n", 100) == "Write a or b.");
  CHECK(first_sentence("one two three", 8) == "one two\xE2\x80\xA6");
  CHECK(first_sentence("", 8).empty());
  CHECK(first_sentence("Set a limit:\n\n    spec:\n      a: 1\n", 100) == "Set a limit.");
}

TEST_CASE("a sentence ends in one full stop", "[rule_prose]") {
  CHECK(with_full_stop("A Job ends") == "A Job ends.");
  CHECK(with_full_stop("A Job ends.\n") == "A Job ends.");
}

TEST_CASE("help names the page of the rule", "[rule_prose]") {
  const tidewaiter::RuleInfo rule = {.id = "TW201",
                                     .name = "job-ttl",
                                     .summary = "A Job ends",
                                     .rationale = "Why.\n",
                                     .remediation = "Do.",
                                     .references = {"https://a.example/"}};
  const std::string url = documentation_url(rule);
  CHECK(url == std::string(tidewaiter::kHome) + "/blob/v" + tidewaiter::kVersion +
                   "/docs/rules/job-ttl.md");
  CHECK(help_text(rule) == "Why.\n\nWhat to do: Do.\n\nMore: " + url);
  CHECK(help_markdown(rule) ==
        "# job-ttl (TW201)\n\nA Job ends.\n\n## Why\n\nWhy.\n\n## What to do\n\nDo.\n\n"
        "## References\n\n- <https://a.example/>\n\n[Documentation of job-ttl](" +
            url + ")\n");
}

TEST_CASE("what is not built in has another page, and a policy no id beside its name",
          "[rule_prose]") {
  tidewaiter::RuleInfo rule = {.id = "no-latest",
                               .name = "no-latest",
                               .summary = "No latest tags",
                               .origin = tidewaiter::RuleOrigin::kPolicy};
  CHECK(documentation_url(rule).ends_with("/docs/policies.md"));
  CHECK(help_markdown(rule).starts_with("# no-latest\n\nNo latest tags.\n"));
  rule.references = {"https://a.example/"};
  CHECK(documentation_url(rule) == "https://a.example/");
  rule.references.clear();
  rule.origin = tidewaiter::RuleOrigin::kOwn;
  CHECK(documentation_url(rule).ends_with("/docs/writing-rules.md"));
}
