#include "engine/fix_maker.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "cel/value_read.h"
#include "fix/edit_plan.h"
#include "fix/value_text.h"
#include "rules/document_adapter.h"

namespace tidewaiter::engine {
namespace {

using cel::ValueKind;
using rules::FixStep;

constexpr std::size_t kMostItems = 1000;       // in one value
constexpr std::size_t kMostShown = 60;         // bytes of a value in a description
constexpr std::size_t kMostDescribed = 4;      // steps in a description
constexpr std::size_t kMostDescription = 300;  // bytes

/// Makes values of CEL such that a fix can write them.
class ValueMaker {
 public:
  std::optional<fix::Value> make(const cel::Value& value, int depth = 0) {
    if (depth > fix::Value::kMostDepth || ++items_ > kMostItems) return std::nullopt;
    switch (value.kind()) {
      case ValueKind::kNull: return fix::Value::null();
      case ValueKind::kBool: return fix::Value::boolean(value.as_bool());
      case ValueKind::kInt: return fix::Value::integer(value.as_int());
      case ValueKind::kUint: return unsigned_integer(value.as_uint());
      case ValueKind::kDouble: return fix::Value::number(value.as_double());
      case ValueKind::kString: return fix::Value::string(std::string(value.as_string()));
      case ValueKind::kList: return list(value, depth);
      case ValueKind::kMap: return map(value, depth);
      case ValueKind::kOptional:
        if (!value.as_optional()->has_value) return std::nullopt;
        return make(value.as_optional()->value, depth + 1);
      default: return std::nullopt;
    }
  }

 private:
  static std::optional<fix::Value> unsigned_integer(std::uint64_t value) {
    if (value > INT64_MAX) return std::nullopt;
    return fix::Value::integer(static_cast<std::int64_t>(value));
  }

  std::optional<fix::Value> list(const cel::Value& value, int depth) {
    fix::Value made = fix::Value::sequence({});
    const std::uint32_t size = cel::size_of(value);
    for (std::uint32_t i = 0; i < size; ++i) {
      auto item = make(cel::item_at(value, i), depth + 1);
      if (!item) return std::nullopt;
      made.items.push_back(*std::move(item));
    }
    return made;
  }

  std::optional<fix::Value> map(const cel::Value& value, int depth) {
    fix::Value made = fix::Value::mapping();
    cel::Value key;
    cel::Value entry;
    for (cel::MapCursor cursor(value); cursor.next(key, entry);) {
      auto item = make(entry, depth + 1);
      if (!item || !key.is(ValueKind::kString)) return std::nullopt;
      made.add(std::string(key.as_string()), *std::move(item));
    }
    return made;
  }

  std::size_t items_ = 0;
};

fix::Change::Action action_of(FixStep::Action action) {
  switch (action) {
    case FixStep::Action::kAdd: return fix::Change::Action::kAdd;
    case FixStep::Action::kSet: return fix::Change::Action::kSet;
    case FixStep::Action::kRemove: return fix::Change::Action::kRemove;
    case FixStep::Action::kQuote: break;
  }
  return fix::Change::Action::kQuote;
}

/// "resources.limits.memory" as far as it is missing, else the key of the place.
std::string name_of(const fix::Change& change) {
  if (!change.missing.empty()) {
    std::string name = change.missing.front();
    for (std::size_t i = 1; i < change.missing.size(); ++i) name += '.' + change.missing[i];
    return name;
  }
  const yaml::Node& node = *change.node;
  if (node.is_key()) return std::string(node.as_string());
  for (const yaml::Node* at = &node; at != nullptr; at = at->parent()) {
    if (at->key() != nullptr) return std::string(at->key()->as_string());
  }
  return {};
}

/// The value on one line, if it is short.
std::string shown(const fix::Value& value) {
  auto text = fix::inline_text(value, {});
  return text && text->size() <= kMostShown ? *std::move(text) : std::string();
}

/// "Add 'ttlSecondsAfterFinished: 3600'." Empty when the change changes nothing.
std::string describe(const fix::Change& change, const Source& source) {
  const std::string name = name_of(change);
  const std::string value = shown(change.value);
  switch (change.action) {
    case fix::Change::Action::kAdd:
    case fix::Change::Action::kSet: {
      const bool adds = change.action == fix::Change::Action::kAdd || !change.missing.empty();
      return fmt::format("{} '{}{}{}'.", adds ? "Add" : "Set", name, value.empty() ? "" : ": ",
                         value);
    }
    case fix::Change::Action::kRemove:
      return change.missing.empty() ? fmt::format("Remove '{}'.", name) : std::string();
    case fix::Change::Action::kQuote: break;
  }
  if (!change.missing.empty()) return {};
  const std::string_view written = source.text(change.node->span());
  if (written.empty()) return fmt::format("Write '{}: \"\"'.", name);
  return fmt::format("Put '{}' in quotes.", utf8_prefix(written, kMostShown));
}

/// The repair while its steps are evaluated.
class FixMaker {
 public:
  FixMaker(cel::Activation& activation, cel::Arena& arena, const SourceMap& sources)
      : activation_(activation), arena_(arena), sources_(sources) {}

  bool take(const rules::CompiledFixStep& step) {
    auto target = step.target.target(activation_, arena_);
    if (!target) return false;
    fix::Change change{.action = action_of(step.step->action),
                       .node = rules::node_of(target->origin),
                       .missing = std::move(target->missing)};
    if (step.value) {
      auto value = ValueMaker().make(step.value->evaluate(activation_, arena_));
      if (!value) return false;
      change.value = *std::move(value);
    }
    // What a kustomization gives is not written where the resource is, or not as it is seen.
    if (change.node->is_substitute()) return false;
    const SourceMap::Home home = sources_.home_of(*change.node);
    // What a template rendered is in no file that could be edited.
    if (home.source == nullptr || !home.document->source_path.empty()) return false;
    note(*step.step, describe(change, *home.source));
    changes_in(home).push_back(std::move(change));
    return true;
  }

  std::optional<RawFix> fix() {
    // Documents of one source in their order, so that its edits ascend.
    std::ranges::stable_sort(parts_, {},
                             [](const Part& part) { return part.home.document->span.begin; });
    for (const Part& part : parts_) {
      auto edits =
          fix::plan_edits(part.home.source->text(), part.home.document->json, part.changes);
      if (!edits) return std::nullopt;
      for (fix::Edit& edit : *edits) {
        fix_.edits.push_back(
            {.source = part.home.source, .span = edit.span, .text = std::move(edit.text)});
      }
    }
    if (fix_.edits.empty()) return std::nullopt;
    return std::move(fix_);
  }

 private:
  /// The changes of one document.
  struct Part {
    SourceMap::Home home;
    std::vector<fix::Change> changes;
  };

  std::vector<fix::Change>& changes_in(const SourceMap::Home& home) {
    for (Part& part : parts_) {
      if (part.home.document == home.document) return part.changes;
    }
    return parts_.emplace_back(Part{.home = home, .changes = {}}).changes;
  }

  void note(const FixStep& step, std::string described) {
    fix_.safe = (described_ == 0 || fix_.safe) && step.safe;
    if (++described_ > kMostDescribed) return;
    const std::string text =
        step.description.empty() ? std::move(described) : std::string(step.description);
    if (text.empty() || fix_.description.size() + text.size() > kMostDescription) return;
    if (!fix_.description.empty()) fix_.description += ' ';
    fix_.description += text;
  }

  cel::Activation& activation_;
  cel::Arena& arena_;
  const SourceMap& sources_;
  std::vector<Part> parts_;
  RawFix fix_;
  std::size_t described_ = 0;
};

}  // namespace

std::optional<RawFix> make_fix(std::span<const rules::CompiledFixStep> steps,
                               cel::Activation& activation, cel::Arena& arena,
                               const SourceMap& sources) {
  FixMaker maker(activation, arena, sources);
  for (const rules::CompiledFixStep& step : steps) {
    if (!maker.take(step)) return std::nullopt;
  }
  return maker.fix();
}

}  // namespace tidewaiter::engine
