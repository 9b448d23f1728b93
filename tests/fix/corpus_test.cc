// Edits real manifests in many places and compares what is read then with a model. Needs the
// shared corpus; says so and passes where it is not.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "fix/editing.h"
#include "fix/layout.h"
#include "support/catch.h"
#include "support/corpus.h"

namespace tidewaiter::fix::testing {
namespace {

using Action = Change::Action;

constexpr std::size_t kMostBytes = 40'000;
constexpr std::size_t kPlacesOfDocument = 3;

// The sanitizers make this twenty times slower: there, one file of eight will do.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kStep = 8;
#else
constexpr std::size_t kStep = 1;
#endif

/// The same numbers in every run.
class Numbers {
 public:
  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state_ >> 33U) % limit);
  }

 private:
  std::uint64_t state_ = 1;
};

struct PlaceOfNode {
  const yaml::Node* node;
  std::string path;
};

/// All nodes below `root` that stand in its own text, with paths that a Wish can say.
std::vector<PlaceOfNode> places_in(const yaml::Node& root) {
  std::vector<PlaceOfNode> places{{&root, ""}};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const PlaceOfNode at = places[i];
    if (at.node->is_alias() || at.node->is_scalar()) continue;
    for (std::uint32_t j = 0; j < at.node->size(); ++j) {
      if (at.node->is_sequence()) {
        places.push_back({&at.node->item(j), at.path + "/" + std::to_string(j)});
        continue;
      }
      const yaml::Entry entry = at.node->entry(j);
      std::string key(entry.key->as_string());
      if (key.empty() || key.find_first_of("%~") != key.npos) continue;
      if (!is_written(*entry.value) || entry.value->parent() != at.node) continue;
      for (std::size_t k; (k = key.find('/')) != key.npos;) key.replace(k, 1, "%2F");
      places.push_back({entry.value, at.path + "/" + key});
    }
  }
  places.erase(places.begin());
  for (PlaceOfNode& place : places) place.path.erase(0, 1);
  return places;
}

/// A change that suits the node.
Wish wish_at(const PlaceOfNode& place, Numbers& numbers) {
  static const std::vector<std::string> kValues = {"3600",
                                                   "\"off\"",
                                                   R"({"limits": {"memory": "1Gi", "cpu": 1}})",
                                                   R"(["ALL", {"a": "b c"}])",
                                                   "{}",
                                                   "false"};
  const std::string& value = kValues[numbers.below(kValues.size())];
  const std::size_t choice = numbers.below(8);
  if (choice == 0) return {Action::kRemove, place.path};
  if (choice == 1) return {Action::kSet, place.path, value};
  if (place.node->is_mapping()) {
    const bool deep = numbers.below(2) == 0;
    return {Action::kAdd, place.path + (deep ? "/addedOne/addedTwo" : "/addedOne"), value};
  }
  if (place.node->is_sequence())
    return {Action::kAdd, place.path, R"(["ALL", {"a": {"b": 1}}])"};
  return {choice == 2 ? Action::kQuote : Action::kSet, place.path, value};
}

TEST_CASE("edits of real manifests do what they should and no more", "[fix][corpus]") {
  const auto corpus = tidewaiter::testing::Corpus::unpacked();
  if (!corpus) return;
  Numbers numbers;
  std::size_t wishes = 0;
  std::size_t none = 0;
  const auto files = corpus->files();
  for (std::size_t k = 0; k < files.size(); k += kStep) {
    const auto& path = files[k];
    const std::string text = tidewaiter::testing::read_file(path);
    if (text.size() > kMostBytes) continue;
    const Source source(std::make_shared<FileName>(), text);
    const yaml::File file = yaml::read(source);
    for (std::size_t i = 0; i < file.documents.size(); ++i) {
      if (file.documents[i].root == nullptr) continue;
      const auto places = places_in(*file.documents[i].root);
      for (std::size_t j = 0; j < kPlacesOfDocument && !places.empty(); ++j) {
        const PlaceOfNode& place = places[numbers.below(places.size())];
        const Wish wish = wish_at(place, numbers);
        INFO(path.string() << ", document " << i << ": " << static_cast<int>(wish.action) << " "
                           << wish.path << " " << wish.json);
        ++wishes;
        if (edited(source, file, i, {wish}) == "(none)") ++none;
      }
    }
  }
  INFO(none << " of " << wishes);
  CHECK(wishes > 10'000 / kStep);
  CHECK(none < wishes / 20);
}

}  // namespace
}  // namespace tidewaiter::fix::testing
