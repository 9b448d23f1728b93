#ifndef TIDEWAITER_REPORT_STANDARDS_H_
#define TIDEWAITER_REPORT_STANDARDS_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// The standards that rules name under `standards`: "pss/baseline", "CWE-250".
namespace tidewaiter::report {

/// A standard as a whole.
struct Taxonomy {
  std::string_view name;  ///< As SARIF has it: "CWE", "Pod Security Standards".
  std::string_view version;
  std::string_view organization;
  std::string_view summary;  ///< A sentence.
  std::string_view url;
};

/// Every standard known, in the order in which SARIF lists them: CWE is the last, because
/// DefectDojo takes the last CWE of a rule's relationships.
std::span<const Taxonomy> taxonomies();

/// What a rule names of a standard.
struct Taxon {
  std::size_t taxonomy = 0;  ///< Index into taxonomies().
  std::string id;            ///< "baseline", "5.2.2", "CWE-250"
  std::string name;          ///< In PascalCase.
  std::string title;         ///< No full stop.
  std::string url;
};

/// The taxon of an entry of `standards`; nothing for a standard that is not known, or a control
/// that it does not have. A CWE whose title is not known has its id as title.
std::optional<Taxon> find_taxon(std::string_view standard);

/// "Pod Security Standards: baseline", "CWE-250: Execution with Unnecessary Privileges".
std::string title_of(const Taxon& taxon);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_STANDARDS_H_
