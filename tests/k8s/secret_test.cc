#include <string>

#include "k8s/manifest.h"
#include "k8s/secret_args.h"
#include "k8s/secret_shape.h"
#include "k8s/shell_words.h"
#include "support/catch.h"

using namespace tidewaiter::k8s;  // NOLINT(google-build-using-namespace)
using tidewaiter::testing::Manifest;

namespace {

/// "" for no secret, else its word or shape, with "?" when it is weak.
std::string secret(std::string_view name, std::string_view value = "S3cret-V4lue") {
  const auto found = find_secret(name, value, usual_secret_words());
  return found ? std::string(found->what) + (found->weak ? "?" : "") : "";
}

std::string shape(std::string_view text) {
  return secret("x", text);
}

std::string args(const std::string& container) {
  const Manifest manifest(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [" + container +
      "]}\n");
  std::string out;
  const auto& node = manifest.resource(0).pod->find("containers")->item(0);
  for (const SecretArg& arg : secret_args(node, usual_secret_words())) {
    out += arg.name + ":" + std::string(manifest.text(arg.node)) + " ";
  }
  return out;
}

}  // namespace

TEST_CASE("a name is that of a secret by a whole word in any spelling", "[secret]") {
  for (const char* const name : {"DB_PASSWORD", "dbPassword", "db-password", "db.password",
                                 "PASSWORDS", "POSTGRES_PWD", "SASToken", "PASSWORD2"}) {
    INFO(name);
    CHECK_FALSE(secret(name).empty());
  }
  CHECK(secret("API_KEY") == "api key");
  CHECK(secret("storageAccountKeys") == "account key");
  CHECK(secret("OPENAI_APIKEY") == "apikey");
  for (const char* const name : {"COMPASSWORDS", "TOKENIZER", "SASQUATCH", "KEY", "USER",
                                 "PUBLIC_KEY", "KEY_ACCESS", "MONKEY"}) {
    INFO(name);
    CHECK(secret(name).empty());
  }
}

TEST_CASE("a name that says where the secret is names none", "[secret]") {
  for (const char* const name :
       {"SECRET_NAME", "DB_PASSWORD_FILE", "tokenUrl", "AWS_ACCESS_KEY_ID", "TOKEN_TTL",
        "secretRef", "PASSWORD_MIN_LENGTH", "TOKEN_URLS", "secrets-format", "SECRET_VERSION",
        "SECRET_STORE"}) {
    INFO(name);
    CHECK(secret(name).empty());
  }
}

TEST_CASE("a word in capitals may be the secret itself", "[secret]") {
  CHECK(secret("API_TOKEN", "API_TOKEN") == "token");
  CHECK(secret("API_TOKEN", "INSERT_API_TOKEN") == "token");
}

TEST_CASE("a value that hides nothing is no secret", "[secret]") {
  for (const char* const value : {"",
                                  "  ",
                                  "$(TOKEN)",
                                  "${TOKEN}",
                                  "<password>",
                                  "{{ password }}",
                                  "xxxx",
                                  "XXX",
                                  "****",
                                  "REPLACE_ME",
                                  "replace-me",
                                  "/run/secrets/db",
                                  "./db",
                                  "secret/data/shop",
                                  "true",
                                  "No",
                                  "12",
                                  "3.5",
                                  "-1",
                                  "1h30m",
                                  "7d",
                                  "PT1H",
                                  "https://vault.example/v1/x",
                                  "vault:secret/data/shop#password",
                                  "arn:aws:secretsmanager:eu-west-1:1:secret:shop",
                                  "@Microsoft.KeyVault(VaultName=shop;SecretName=db)"}) {
    INFO(value);
    CHECK(secret("PASSWORD", value).empty());
  }
  CHECK(secret("PASSWORD", "changeme") == "password?");
  CHECK(secret("PASSWORD", "CHANGE_ME") == "password?");
  CHECK(secret("PASSWORD", "password") == "password");
  CHECK(secret("PASSWORD", "first\nsecond").empty());
}

TEST_CASE("a connection string is a secret only with a password or key in it", "[secret]") {
  CHECK(secret("CONNECTION_STRING", "Server=db;Database=shop").empty());
  CHECK(secret("CONNECTION_STRING", "Password=abc") == "connection string");
  CHECK(secret("DB", "Server=db;User Id=app;Password=abc;") ==
        "a password in a connection string");
  CHECK(secret("CACHE", "shop.redis.cache.windows.net:6380,password=abc=,ssl=True") ==
        "a password in a connection string");
  CHECK(secret("DB", "Server=db;User Id=app;Pwd=;").empty());
  CHECK(secret("DB", "Server=db;Password=${PASSWORD}").empty());
}

TEST_CASE("a secret is known by its shape whatever its name", "[secret]") {
  CHECK(shape("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n") == "a PEM private key");
  CHECK(shape("-----BEGIN CERTIFICATE-----\nMIIE\n").empty());
  CHECK(shape("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc==;") ==
        "the key of a storage account");
  CHECK(shape("Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=abc=") ==
        "a shared access key");
  CHECK(shape("Endpoint=sb://x/;SharedAccessKeyName=Root").empty());
  CHECK(shape("https://a.blob.core.windows.net/c?sv=2022&sr=c&sig=abc%3D") ==
        "a shared access signature");
  CHECK(shape("https://a.example/?sig=abc").empty());
  CHECK(shape("AKIAABCDEFGHIJKLMNOP") == "an AWS access key");
  CHECK(shape("AKIAABCDEFGHIJKLMNOPQR").empty());
  CHECK(shape("ghp_0123456789abcdefABCDEF0123456789abcd") == "a GitHub token");
  CHECK(shape("xoxb-123456789012-abcdef") == "a Slack token");
  CHECK(shape("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_-1") == "a JSON web token");
  CHECK(shape("eyJhbGciOiJIUzI1NiJ9.abc").empty());
}

TEST_CASE("a URL is a secret with a password in it that is no reference", "[secret]") {
  CHECK(shape("postgres://app:h4rd@db:5432/shop") == "a password in a URL");
  CHECK(shape("redis://:h4rd@cache") == "a password in a URL");
  CHECK(shape("postgres://app:changeme@db") == "a password in a URL?");
  for (const char* const url :
       {"postgres://app@db", "https://host:8443/a@b", "postgres://app:@db",
        "postgres://app:$(PASSWORD)@db", "postgres://app:***@db", "postgres://app:$PASSWORD@db",
        "://a:b@c"}) {
    INFO(url);
    CHECK(shape(url).empty());
  }
}

TEST_CASE("every line of a file is looked at on its own", "[secret]") {
  CHECK(shape("url: ${HOST}\ndb: postgres://app:h4rd@db\n") == "a password in a URL");
  CHECK(shape("if (user == a && password == b) {\n").empty());
}

TEST_CASE("secrets are found in every form of an argument", "[secret]") {
  CHECK(args("{args: [--user=a, --password=h4rd]}") == "password:--password=h4rd ");
  CHECK(args("{command: [app, --password], args: [h4rd]}") == "password:h4rd ");
  CHECK(args("{args: [-token, abc]}") == "token:abc ");
  CHECK(args("{args: [--password, --user]}").empty());
  CHECK(args("{command: [env, DB_PASSWORD=h4rd, app]}") == "DB_PASSWORD:DB_PASSWORD=h4rd ");
  CHECK(args("{command: [/bin/sh, -ec, 'export TOKEN=\"abc\"; app --x']}") ==
        "TOKEN:'export TOKEN=\"abc\"; app --x' ");
  CHECK(args("{command: [sh, -c], args: ['app --password h4rd']}") ==
        "password:'app --password h4rd' ");
  CHECK(args("{command: [sh, -c, 'app --password $PASSWORD --token=`cat /t`']}").empty());
  CHECK(args("{command: [sh, -c, 'TOKEN=$(cat /t) app --token $(cat /t) --secret \"$A-$B\"']}")
            .empty());
  CHECK(args("{args: ['--password=pa$word']}") == "password:'--password=pa$word' ");
  CHECK(args("{args: [--db, 'postgres://a:h4rd@db']}") == ":'postgres://a:h4rd@db' ");
  CHECK(args("{args: ['--password-file=/run/x', --token-ttl=1h, --password=$(PW)]}").empty());
  CHECK(args("{args: 3}").empty());
}

TEST_CASE("a script is cut into words at blanks and separators outside quotes", "[secret]") {
  CHECK(shell_words("a 'b c' \"d\\\"e\" # f\ng;h") ==
        std::vector<std::string>{"a", "b c", "d\"e", "", "g", "", "h"});
  CHECK(shell_words("\"open").size() == 1);
  CHECK(shell_words("").empty());
}

TEST_CASE("long texts are looked at in time that is linear", "[secret]") {
  for (const std::string_view part :
       {"://a:eyJ.eyJ=password", "pwd==", "sig==", "server==;", "pwd=`"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += part;
    CHECK(shape(text).empty());
  }
}
