#include "k8s/cron.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "k8s/time_zone.h"
#include "support/catch.h"

using tidewaiter::k8s::CronSchedule;
using tidewaiter::k8s::parse_cron;

namespace {

std::string reason(std::string_view text) {
  const auto schedule = parse_cron(text);
  return schedule ? "valid" : schedule.error().message;
}

/// The interval in seconds, or -1 when there is none.
std::int64_t interval(std::string_view text) {
  const auto schedule = parse_cron(text);
  REQUIRE(schedule);
  return schedule->interval().value_or(-1);
}

bool never_fires(std::string_view text) {
  const auto schedule = parse_cron(text);
  REQUIRE(schedule);
  return schedule->never_fires();
}

/// An oracle that shares nothing with the code under test: walks minute by minute.
std::vector<std::int64_t> minutes_of_2024(const CronSchedule& schedule) {
  using namespace std::chrono;
  std::vector<std::int64_t> fires;
  const sys_days first = 2024y / January / 1;
  const auto has = [](std::uint64_t bits, unsigned bit) { return ((bits >> bit) & 1U) == 1; };
  for (int day = 0; day < 366; ++day) {
    const sys_days today = first + days(day);
    const year_month_day date(today);
    const bool dom = has(schedule.day_of_month.values, static_cast<unsigned>(date.day()));
    const bool dow = has(schedule.day_of_week.values, weekday(today).c_encoding());
    const bool both = schedule.day_of_month.any || schedule.day_of_week.any;
    if (!has(schedule.month.values, static_cast<unsigned>(date.month()))) continue;
    if (both ? !(dom && dow) : !(dom || dow)) continue;
    for (int minute = 0; minute < 1440; ++minute) {
      if (has(schedule.hour.values, static_cast<unsigned>(minute / 60)) &&
          has(schedule.minute.values, static_cast<unsigned>(minute % 60))) {
        fires.push_back(std::int64_t{day} * 1440 + minute);
      }
    }
  }
  return fires;
}

std::filesystem::path shared() {
  if (const char* path = std::getenv("TIDEWAITER_SHARED")) return path;
  return std::filesystem::path(TIDEWAITER_SOURCE_DIR).parent_path() / "shared";
}

std::string written(std::chrono::sys_seconds time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  std::array<char, 32> text = {};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

}  // namespace

TEST_CASE("a schedule that is rejected names the field at fault", "[cron]") {
  CHECK(reason("60 * * * *") == "the minute '60' is above 59");
  CHECK(reason("* 24 * * *") == "the hour '24' is above 23");
  CHECK(reason("* * 0 * *") == "the day of month '0' is below 1");
  CHECK(reason("* * * 13 *") == "the month '13' is above 12");
  CHECK(reason("* * * * 7") == "the day of week '7' is above 6 (Sunday is 0)");
  CHECK(reason("* 17-9 * * *") == "the hour '17-9' begins after it ends");
  CHECK(reason("*/0 * * * *") == "the step '0' of the minute is below 1");
  CHECK(reason("0 0 L * *") == "the day of month 'L' is no number");
  CHECK(reason("0 0 * * 5#3") == "the day of week '5#3' is no number and no three-letter name");
  CHECK(reason("0 3 * *") == "it has 4 fields instead of five");
  CHECK(reason("") == "it is empty");
  CHECK(reason("@reboot") == "the descriptor '@reboot' is unknown");
  CHECK(reason("@every 1d") == "the duration '1d' of '@every' is not one such as 90m or 1h30m");
  CHECK(reason("TZ=UTC") == "no field follows the time zone");
}

TEST_CASE("a rejected text is shown cut, never in the middle of a character", "[cron]") {
  const std::string message = reason(std::string(39, 'x') + "\xC3\xA9zzz * * * *");
  CHECK(message.find(std::string(39, 'x') + "...'") != std::string::npos);
}

TEST_CASE("the interval is the shortest gap within the leap year 2024", "[cron]") {
  CHECK(interval("* * * * *") == 60);
  CHECK(interval("*/5 * * * *") == 300);
  CHECK(interval("*/7 * * * *") == 240);  // 56 to 60
  CHECK(interval("0 3 * * *") == 86'400);
  CHECK(interval("59 23 * * *") == 86'400);
  CHECK(interval("0,59 0,23 * * *") == 60);  // 23:59 to 00:00
  CHECK(interval("0 0 1 * *") == 29 * 86'400);
  CHECK(interval("0 0 1,15 * 1") == 86'400);
  CHECK(interval("@weekly") == 7 * 86'400);
  CHECK(interval("@every 90s") == 90);
  CHECK(interval("@every 10ms") == 1);
  CHECK(interval("CRON_TZ=Europe/Berlin 0 */6 * * *") == 6 * 3'600);
}

TEST_CASE("a schedule that fires less than twice in 2024 has no interval", "[cron]") {
  CHECK(interval("@yearly") == -1);
  CHECK(interval("0 0 29 2 *") == -1);
  CHECK(interval("0 0 30 2 *") == -1);
  CHECK(interval("0,5 0 29 2 *") == 300);
}

TEST_CASE("30 February never fires, 29 February does", "[cron]") {
  CHECK(never_fires("0 0 30 2 *"));
  CHECK(never_fires("0 0 31 4,6,9,11 ?"));
  CHECK(never_fires(", * * * *"));
  CHECK_FALSE(never_fires("0 0 29 2 *"));
  CHECK_FALSE(never_fires("0 0 30 2 1"));
  CHECK_FALSE(never_fires("@every 9000h"));
}

TEST_CASE("the interval equals that of a walk minute by minute", "[cron]") {
  const auto text = GENERATE(as<std::string>{}, "*/7 3,4 * * *", "13,57 */5 * * 1-5",
                             "5 0 31 * *", "0 0 13 * 5", "0 0 */9 * 0,6", "59,0 23,0 1,31 * *",
                             "30 12 29-31 2,3 *", "1/17 2/9 * jan,dec sat", "0 0 ?,1 * 3");
  const auto schedule = parse_cron(text);
  REQUIRE(schedule);
  const auto fires = minutes_of_2024(*schedule);
  REQUIRE(fires.size() >= 2);
  std::int64_t gap = 366 * 1440;
  for (std::size_t i = 1; i < fires.size(); ++i) gap = std::min(gap, fires[i] - fires[i - 1]);
  CHECK(interval(text) == gap * 60);
}

TEST_CASE("a hostile schedule costs no more than reading it", "[cron]") {
  std::string list(1'000'000, ',');
  CHECK(never_fires(list + " * * * *"));
  CHECK(reason(std::string(1'000'000, '*')) == "it has 1 field instead of five");
  CHECK(reason(std::string(1'000'000, ' ')) == "it has 0 fields instead of five");
  std::string steps;
  for (int i = 0; i < 100'000; ++i) steps += "*/9223372036854775807,";
  CHECK(interval(steps + " * * * *") == 3'600);
}

TEST_CASE("schedules mean what the library of Kubernetes makes of them", "[cron]") {
  const auto path = shared() / "data/cron-cases.json";
  if (!std::filesystem::exists(path)) {
    WARN("skipped: " << path << " is absent");
    return;
  }
  using namespace std::chrono;
  std::ifstream file(path);
  const auto table = nlohmann::json::parse(file);
  REQUIRE(table.at("cases").size() > 400);
  for (const auto& item : table.at("cases")) {
    const auto text = item.at("in").get<std::string>();
    INFO(text);
    // A location that does not load is the business of the rule about time zones.
    if (item.value("error", "").find("bad location") != std::string::npos) continue;
    const auto schedule = parse_cron(text);
    CHECK(static_cast<bool>(schedule) == item.at("ok").get<bool>());
    if (!schedule) continue;
    CHECK(schedule->never_fires() == item.value("never", false));
    // Times under a TZ prefix are another zone's.
    if (!item.contains("next") || text.find("TZ=") != std::string::npos) continue;
    std::vector<std::string> expected;
    std::vector<std::string> got;
    const sys_seconds start = sys_days(2024y / January / 1);
    if (schedule->every) {
      for (int i = 1; i <= 5; ++i)
        got.push_back(written(start + seconds(*schedule->every) * i));
    } else {
      for (const auto minute : minutes_of_2024(*schedule)) {
        if (minute > 0 && got.size() < 5) got.push_back(written(start + minutes(minute)));
      }
    }
    for (const auto& time : item.at("next")) {
      const auto value = time.get<std::string>();
      if (schedule->every ? value < "2200" : value < "2025") expected.push_back(value);
    }
    if (schedule->every) got.resize(expected.size());
    CHECK(got == expected);
  }
}

TEST_CASE("time zones are names of the IANA database in exact spelling", "[time_zone]") {
  using tidewaiter::k8s::is_time_zone;
  CHECK(is_time_zone("Asia/Seoul"));
  CHECK(is_time_zone("America/Argentina/Buenos_Aires"));
  CHECK(is_time_zone("US/Pacific"));
  CHECK(is_time_zone("Etc/GMT+9"));
  CHECK(is_time_zone("UTC"));
  CHECK_FALSE(is_time_zone("asia/seoul"));
  CHECK_FALSE(is_time_zone("Local"));
  CHECK_FALSE(is_time_zone("KST"));
  CHECK_FALSE(is_time_zone(""));
  CHECK(tidewaiter::k8s::time_zone_in_right_case("asia/SEOUL") == "Asia/Seoul");
  CHECK(tidewaiter::k8s::time_zone_in_right_case("Asia/Busan").empty());
}

TEST_CASE("the time zone table is sorted and no part is longer than the API takes",
          "[time_zone]") {
  const auto names = tidewaiter::k8s::time_zone_names();
  CHECK(names.size() > 590);
  CHECK(std::ranges::is_sorted(names));
  CHECK(tidewaiter::k8s::time_zone_version() >= "2025b");
  for (std::string_view name : names) {
    INFO(name);
    for (std::size_t slash = name.find('/'); slash != std::string_view::npos;
         slash = name.find('/')) {
      CHECK(slash <= 14);
      name.remove_prefix(slash + 1);
    }
    CHECK(name.size() <= 14);
  }
}
