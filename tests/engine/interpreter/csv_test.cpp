#include "engine/interpreter/csv.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

using stepglass::CsvReader;

namespace {

/// The records as one text: fields in <>, records ended by ;
std::string records(std::string_view text, char separator = ',', std::size_t most = 100) {
  CsvReader reader(text, separator);
  std::vector<std::string> fields;
  std::string out;
  while (reader.next(fields, most)) {
    for (const std::string& field : fields) out += "<" + field + ">";
    out += ";";
  }
  return out;
}

}  // namespace

TEST_CASE("CSV is read as the service reads it", "[interpreter][csv]") {
  struct Row {
    const char* what;
    std::string text;
    std::string expected;
  };
  const Row row = GENERATE(values<Row>({
      {"nothing at all", "", ""},
      {"one field", "a", "<a>;"},
      {"two records", "a,b\nc,d\n", "<a><b>;<c><d>;"},
      {"no newline at the end", "a,b\nc,d", "<a><b>;<c><d>;"},
      {"Windows newlines", "a,b\r\nc,d\r\n", "<a><b>;<c><d>;"},
      {"old Mac newlines", "a\rb", "<a>;<b>;"},
      {"empty fields", ",,", "<><><>;"},
      {"an empty line is a record", "a\n\nb\n", "<a>;<>;<b>;"},
      {"spaces stay", "  a , b \n   \n", "<  a >< b >;<   >;"},
      {"a quoted separator", "\"a,b\",c", "<a,b><c>;"},
      {"a quoted newline", "\"a\nb\",c\nd", "<a\nb><c>;<d>;"},
      {"a doubled quote", "\"a \"\"b\"\" c\"", "<a \"b\" c>;"},
      {"an empty quoted field", "\"\",a", "<><a>;"},
      {"text behind the closing quote", "\"a\"b,c", "<ab><c>;"},
      {"a quote inside a field is text", "5\" pipe,x", "<5\" pipe><x>;"},
      {"single quotes are text", "'a,b'", "<'a><b'>;"},
      {"a quote that never closes", "\"a,b\nc", "<a,b\nc>;"},
      {"an escaped separator", "a\\,b,c", "<a,b><c>;"},
      {"an escaped quote", "\\\"a\\\"", "<\"a\">;"},
      {"an escaped quote inside quotes", "\"a\\\"b\",c", "<a\"b><c>;"},
      {"an escaped backslash", "C:\\\\dir", "<C:\\dir>;"},
      {"any other backslash is dropped", "C:\\dir\\n", "<C:dirn>;"},
      {"a backslash before a newline", "a\\\nb", "<a>;<b>;"},
      {"a backslash at the end", "a\\", "<a>;"},
      {"a byte order mark",
       "\xEF\xBB\xBF"
       "a,b",
       "<a><b>;"},
      {"only a byte order mark", "\xEF\xBB\xBF", ""},
      {"a NUL byte", std::string("a\0b,c", 5), std::string("<a\0b><c>;", 9)},
  }));
  INFO(row.what);
  CHECK(records(row.text) == row.expected);
}

TEST_CASE("CSV fields are separated by what the reader is told", "[interpreter][csv]") {
  CHECK(records("a,b|c", '|') == "<a,b><c>;");
  CHECK(records("a;b", ';') == "<a><b>;");
  CHECK(records("a b", ' ') == "<a><b>;");
  CHECK(records("a\tb", '\t') == "<a><b>;");
  // An escape is one for the separator in use only.
  CHECK(records("a\\|b\\,c|d", '|') == "<a|b,c><d>;");
}

TEST_CASE("CSV fields beyond those that are wanted are read over", "[interpreter][csv]") {
  CHECK(records("a,b,c\n\"d\",\"e\nf\",g\nh", ',', 1) == "<a>;<d>;<h>;");
  CHECK(records("a,b\nc", ',', 0) == ";;");
  CHECK(records("a,b,c", ',', 3) == "<a><b><c>;");
  CHECK(records("a,b,c", ',', 2) == "<a><b>;");
}

TEST_CASE("the bytes of a CSV record leave out its newline", "[interpreter][csv]") {
  CsvReader reader("ab,c\r\n\"d\ne\"\n", ',');
  std::vector<std::string> fields;
  REQUIRE(reader.next(fields, 9));
  CHECK(reader.record_bytes() == 4);
  REQUIRE(reader.next(fields, 9));
  CHECK(reader.record_bytes() == 5);
  CHECK_FALSE(reader.next(fields, 9));
}
