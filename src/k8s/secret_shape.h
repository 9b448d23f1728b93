#ifndef TIDEWAITER_K8S_SECRET_SHAPE_H_
#define TIDEWAITER_K8S_SECRET_SHAPE_H_

#include <optional>
#include <span>
#include <string_view>

namespace tidewaiter::k8s {

/// What tells a secret by its name, and what stands for one that is filled in later.
struct SecretWords {
  /// Words that a name may hold, and pairs of words that follow each other ("api key"), in
  /// lower case. "connection string" counts only if the value holds a password or key.
  std::span<const std::string_view> names;
  /// Values that are no secrets, whatever their case, dashes and underscores.
  std::span<const std::string_view> placeholders;
};
/// The words of RULES, Common readings.
const SecretWords& usual_secret_words();

/// Why a value is taken for a secret.
struct Secret {
  bool by_shape = false;  ///< Else by its name.
  /// Of a shape: "a PEM private key"; of a name the word of SecretWords that it holds.
  std::string_view what;
  /// It is `changeme`: no secret yet, but likely to stay.
  bool weak = false;
};

/// Whether a value in plain text is a secret, by its shape or by its name (RULES, Common
/// readings). `name` may be empty. Linear.
std::optional<Secret> find_secret(std::string_view name, std::string_view value,
                                  const SecretWords& words);

/// The shape of a secret that is somewhere in the text: a private key, a token, a URL with a
/// password … Lines with references (k8s/reference_text.h) are not looked at. Linear.
std::optional<Secret> secret_by_shape(std::string_view text);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SECRET_SHAPE_H_
