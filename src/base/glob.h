#ifndef TIDEWAITER_BASE_GLOB_H_
#define TIDEWAITER_BASE_GLOB_H_

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tidewaiter {

/// A pattern for `/`-separated paths, as in .gitignore and in the config's `exclude`:
/// `*` any bytes but `/`; `?` one of them; `[a-z]`, `[!a]`, `[[:digit:]]` one of a class, never
/// `/`; `**/` at the start or after a `/` any number of folders, even none; `/**` at the end
/// everything below; `\` takes the next byte as it is. Other `**` are `*`. Bytes are compared,
/// upper and lower case differ. Matching takes O(size of pattern times size of path) at worst.
class Glob {
 public:
  /// Never fails: a pattern that ends in `\` or in an open class matches nothing, as in git.
  /// The first `literal` bytes hold no wildcard; a `**/` just after them counts as one at the
  /// start (git compares such a prefix apart, so `a**/b` matches `ax/b`).
  explicit Glob(std::string_view pattern, std::size_t literal = 0);

  /// Whether the pattern matches the whole of `path`.
  bool matches(std::string_view path) const;

 private:
  enum class Kind : std::uint8_t { kByte, kClass, kStar, kFolders, kRest };
  struct Token {
    Kind kind = Kind::kByte;
    char byte = 0;             // kByte
    std::uint32_t class_ = 0;  // index into classes_
  };

  std::size_t add_stars(std::string_view pattern, std::size_t at, std::size_t literal);
  std::size_t add_class(std::string_view pattern, std::size_t at);
  bool matches_one(const Token& token, char c) const;

  std::vector<Token> tokens_;
  std::vector<std::bitset<256>> classes_;
  bool broken_ = false;
};

/// The size of the part of `pattern` before its first `*`, `?`, `[` or `\`.
std::size_t literal_prefix(std::string_view pattern);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_GLOB_H_
