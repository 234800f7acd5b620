// Functions of numbers, and the pictures that they are written by. Rows are expression and what it gives.

#include <string>
#include <vector>

#include "tests/engine/jsonata/fixture.h"

namespace stepglass::jsonata {
namespace {

struct Row {
  std::string expression;
  std::string gives;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(evaluated(row.expression) == row.gives);
  }
}

}  // namespace

TEST_CASE("formatNumber follows the picture of XPath", "[jsonata]") {
  check({
    {R"($formatNumber(12345.6, "#,###.00"))", R"("12,345.60")"},
      {R"($formatNumber(0.14, "01%"))", R"("14%")"},
      {R"($formatNumber(0.14, "###pm", {"per-mille": "pm"}))", R"("140pm")"},
      {R"($formatNumber(1234.5678, "①①.①①①e①", {"zero-digit": "\u245f"}))", R"("①②.③④⑥e②")"},
      {R"($formatNumber(1234567, "#,##,###"))", R"("12,34,567")"},
      {R"($formatNumber(123456789, "#,###,##"))", R"("1234,567,89")"},
      {R"($formatNumber(-1, "0"))", R"("-1")"},
      {R"($formatNumber(0, "#"))", R"("0")"},
      {R"($formatNumber(0.5, "#.##"))", R"(".5")"},
      {R"($formatNumber(1e20, "0"))", R"("100000000000000000000")"},
      {R"($formatNumber(12, "000"))", R"("012")"},
      {R"($formatNumber(1, "prefix0suffix"))", R"("prefix1suffix")"},
      {R"($formatNumber(1.5, "0.0.0"))", R"(error D3081)"},
      {R"($formatNumber(1.5, ""))", R"(error D3085)"},
      {R"($formatNumber(1, "0;0;0"))", R"(error D3080)"},
      {R"($formatNumber(1, "0%‰"))", R"(error D3084)"},
      {R"($formatNumber(1, "abc"))", R"(error D3086)"},
      {R"($formatNumber(1, "#0#"))", R"("1")"},
      {R"($formatNumber(1, "0.#0"))", R"(error D3091)"},
      {R"($formatNumber(1, "0,.0"))", R"(error D3087)"},
      {R"($formatNumber(1, "0,,0"))", R"(error D3089)"},
      {R"($formatNumber(1, "0e0%"))", R"(error D3092)"},
      {R"($formatNumber(1, "e0"))", R"("e1")"},
  });
    }

    TEST_CASE("formatInteger counts in words, letters, Roman and decimal digits", "[jsonata]") {
      check({
          {R"($formatInteger(2789, "w"))", R"("two thousand, seven hundred and eighty-nine")"},
          {R"($formatInteger(2789, "W"))", R"("TWO THOUSAND, SEVEN HUNDRED AND EIGHTY-NINE")"},
          {R"($formatInteger(2789, "Ww"))", R"("Two Thousand, Seven Hundred and Eighty-Nine")"},
          {R"($formatInteger(21, "w;o"))", R"("twenty-first")"},
          {R"($formatInteger(1999, "I"))", R"("MCMXCIX")"},
          {R"($formatInteger(1999, "i"))", R"("mcmxcix")"},
          {R"($formatInteger(27, "a"))", R"("aa")"},
          {R"($formatInteger(702, "A"))", R"("ZZ")"},
          {R"($formatInteger(0, "w"))", R"("zero")"},
          {R"($formatInteger(-7, "w"))", R"("-seven")"},
          {R"($formatInteger(12345678, "#,##0"))", R"("12,345,678")"},
          {R"($formatInteger(12345678, "#:###,##0"))", R"("12:345,678")"},
          {R"($formatInteger(7, "000"))", R"("007")"},
          {R"($formatInteger(22, "1;o"))", R"("22nd")"},
          {R"($formatInteger(11, "1;o"))", R"("11th")"},
          {R"($formatInteger(7, "٠٠"))", R"("٠٧")"},
          {R"($formatInteger(7, "0٠"))", R"(error D3131)"},
          {R"($formatInteger(0, "I"))", R"("")"},
          {R"($formatInteger(1000000000000, "w"))", R"("one trillion")"},
          {R"($formatInteger(7, "α"))", R"(error D3130)"},
          {R"($formatInteger(7, "xyz"))", R"(error D3130)"},
      });
    }

    TEST_CASE("parseInteger reads what formatInteger writes", "[jsonata]") {
      check({
          {R"($parseInteger("two thousand, seven hundred and eighty-nine", "w"))", R"(2789)"},
          {R"($parseInteger("MCMXCIX", "I"))", R"(1999)"},
          {R"($parseInteger("twenty-first", "w;o"))", R"(21)"},
          {R"($parseInteger("22nd", "1;o"))", R"(22)"},
          {R"($parseInteger("12,345,678", "#,##0"))", R"(12345678)"},
          {R"($parseInteger("aa", "a"))", R"(27)"},
          {R"($parseInteger("x", "0"))", R"(null)"},
          {R"($parseInteger("", "0"))", R"(null)"},
      });
    }

    TEST_CASE("rounding goes to the even neighbour, by decimal digits", "[jsonata]") {
      check({
          {R"($round(0.5))", R"(0)"},
          {R"($round(1.5))", R"(2)"},
          {R"($round(-0.5))", R"(0)"},
          {R"($round(2.675, 2))", R"(2.68)"},
          {R"($round(1.005, 2))", R"(1)"},
          {R"($round(125, -1))", R"(120)"},
          {R"($round(-8.5))", R"(-8)"},
          {R"($round(1e300, 2))", R"(1e+300)"},
          {R"($round(123.456, 1.5))", R"(null)"},
          {R"($round(0.49999999999999994))", R"(0)"},
          {R"($round(4503599627370497.5))", R"(4503599627370498)"},
          {R"($floor(-1.5))", R"(-2)"},
          {R"($ceil(-1.5))", R"(-1)"},
          {R"($abs(-0.5))", R"(0.5)"},
      });
    }

    TEST_CASE("powers, roots and bases", "[jsonata]") {
      check({
          {R"($power(2, 10))", R"(1024)"},
          {R"($power(2, -1))", R"(0.5)"},
          {R"($power(-8, 3))", R"(-512)"},
          {R"($power(0, 0))", R"(1)"},
          {R"($power(10, 400))", R"(error D3061)"},
          {R"($power(-1, 0.5))", R"(error D3061)"},
          {R"($sqrt(2))", R"(1.4142135623730951)"},
          {R"($sqrt(-1))", R"(error D3060)"},
          {R"($formatBase(255, 16))", R"("ff")"},
          {R"($formatBase(-255, 2))", R"("-11111111")"},
          {R"($formatBase(99, 37))", R"(error D3100)"},
          {R"($formatBase(99, 1))", R"(error D3100)"},
          {R"($formatBase(1.5, 2))", R"("10")"},
          {R"($formatBase(2.5, 3.4))", R"("2")"},
          {R"($formatBase(1/0, 2))", R"("Infinity")"},
          {R"($formatBase(-1/0))", R"("-Infinity")"},
          {R"($number("0x1F"))", R"(31)"},
          {R"($number("0b101"))", R"(5)"},
          {R"($number("1e3"))", R"(1000)"},
          {R"($number(" 1"))", R"(error D3030)"},
          {R"($number(""))", R"(error D3030)"},
          {R"($number(true))", R"(1)"},
          {R"($number([1]))", R"(error T0410)"},
          {R"($number("1e999"))", R"(error D3030)"},
      });
    }

    TEST_CASE("what is not finite is refused where it is used", "[jsonata]") {
      check({
          {R"(1/0 & "")", R"(error D3001)"},
          {R"($string(1/0))", R"(error D3001)"},
          {R"(1e308 * 10)", R"(null)"},
          {R"($type(0/0))", R"("object")"},
          {R"($type(1/0))", R"(error D1001)"},
          {R"($sort([1, 1/0]))", R"(error D1001)"},
          {R"($distinct([0/0, 0/0]))", R"([null,null])"},
          {R"([1/0])", R"([null])"},
      });
    }

}  // namespace stepglass::jsonata
