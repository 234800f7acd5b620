// The public JSON parsing test suite (github.com/nst/JSONTestSuite). Its files are not part of this repository: the
// environment variable STEPGLASS_JSON_TEST_SUITE names a checkout of it. What it taught us stands in the tables of
// document_test.cpp and repair_test.cpp, which need no files.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "engine/document/document.h"
#include "tests/support/catch.h"

namespace stepglass {
namespace {

/// The files on which parsers may differ, and what read_json makes of them: "" takes it, else the name of its first
/// error or warning.
const std::map<std::string, std::string> kDecided = {
    {"i_number_double_huge_neg_exp.json", "lossy-number"},
    {"i_number_huge_exp.json", "lossy-number"},
    {"i_number_neg_int_huge_exp.json", "lossy-number"},
    {"i_number_pos_double_huge_exp.json", "lossy-number"},
    {"i_number_real_neg_overflow.json", "lossy-number"},
    {"i_number_real_pos_overflow.json", "lossy-number"},
    {"i_number_real_underflow.json", "lossy-number"},
    {"i_number_too_big_neg_int.json", "lossy-number"},
    {"i_number_too_big_pos_int.json", "lossy-number"},
    {"i_number_very_big_negative_int.json", "lossy-number"},
    {"i_object_key_lone_2nd_surrogate.json", "json-syntax"},
    {"i_string_1st_surrogate_but_2nd_missing.json", "json-syntax"},
    {"i_string_1st_valid_surrogate_2nd_invalid.json", "json-syntax"},
    {"i_string_UTF-16LE_with_BOM.json", "invalid-utf8"},
    {"i_string_UTF-8_invalid_sequence.json", "invalid-utf8"},
    {"i_string_UTF8_surrogate_U+D800.json", "invalid-utf8"},
    {"i_string_incomplete_surrogate_and_escape_valid.json", "json-syntax"},
    {"i_string_incomplete_surrogate_pair.json", "json-syntax"},
    {"i_string_incomplete_surrogates_escape_valid.json", "json-syntax"},
    {"i_string_invalid_lonely_surrogate.json", "json-syntax"},
    {"i_string_invalid_surrogate.json", "json-syntax"},
    {"i_string_invalid_utf-8.json", "invalid-utf8"},
    {"i_string_inverted_surrogates_U+1D11E.json", "json-syntax"},
    {"i_string_iso_latin_1.json", "invalid-utf8"},
    {"i_string_lone_second_surrogate.json", "json-syntax"},
    {"i_string_lone_utf8_continuation_byte.json", "invalid-utf8"},
    {"i_string_not_in_unicode_range.json", "invalid-utf8"},
    {"i_string_overlong_sequence_2_bytes.json", "invalid-utf8"},
    {"i_string_overlong_sequence_6_bytes.json", "invalid-utf8"},
    {"i_string_overlong_sequence_6_bytes_null.json", "invalid-utf8"},
    {"i_string_truncated-utf-8.json", "invalid-utf8"},
    {"i_string_utf16BE_no_BOM.json", "invalid-utf8"},
    {"i_string_utf16LE_no_BOM.json", "invalid-utf8"},
    {"i_structure_500_nested_arrays.json", "nesting-too-deep"},
    {"i_structure_UTF-8_BOM_empty_object.json", ""},
};

}  // namespace

TEST_CASE("the JSON parsing test suite", "[document]") {
  const char* const checkout = std::getenv("STEPGLASS_JSON_TEST_SUITE");
  if (!checkout) {
    WARN("STEPGLASS_JSON_TEST_SUITE is not set: skipped");
    return;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(checkout) / "test_parsing")) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  REQUIRE(files.size() > 200);
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    const std::string name = path.filename().string();
    INFO(name);
    const auto value = read_value(text);
    const Document document = read_json(std::move(text));
    std::string first;
    bool no_json = false;
    for (const Diagnostic& d : document.diagnostics()) {
      if (first.empty() && d.severity != Severity::Info) first = d.name;
      // A key that stands twice is JSON, if not what its writer meant.
      no_json |= d.severity == Severity::Error && d.name != "duplicate-key";
    }
    CHECK(value.has_value() == !no_json);
    if (name.starts_with("y_")) CHECK_FALSE(no_json);
    if (name.starts_with("n_")) CHECK(no_json);
    if (name.starts_with("i_")) {
      REQUIRE(kDecided.count(name) == 1);
      CHECK(first == kDecided.at(name));
    }
  }
}

}  // namespace stepglass
