// State machines in Terraform, and expressions of HCL as JSON.

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <string_view>

#include "analysis/sources/find_definitions.h"
#include "analysis/sources/hcl.h"
#include "analysis/sources/limits.h"
#include "engine/value/print.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

std::string found_in(std::string_view text) {
  const FoundInFile found = find_definitions(std::string(text), "infra/main.tf");
  std::string out;
  for (const FoundMachine& machine : found.machines) {
    out += fmt::format("{} {} {}{} ", machine.name, form_name(machine.form),
                       machine.type == MachineType::Express ? "EXPRESS " : "", machine.position.line);
    out += machine.definition && machine.definition->root() ? to_json(machine.definition->root()->value())
           : !machine.file.empty()                          ? "in " + machine.file
                                                            : "because " + machine.reason;
    out += '\n';
  }
  return out;
}

std::string as_json(std::string_view expression) {
  return hcl_json(expression, {0, static_cast<std::uint32_t>(expression.size())}).text;
}

}  // namespace

TEST_CASE("Terraform resources hold definitions in heredocs, expressions and files", "[sources][terraform]") {
  CHECK(
      found_in(R"(# a comment with "quote
resource "aws_sfn_state_machine" "plain" {
  name = "x-${var.y}"
  type = "EXPRESS"
  definition = <<EOF
{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${aws_lambda_function.f["a"].arn}", "TimeoutSeconds": ${var.t}}}}
EOF
}
resource "aws_sfn_state_machine" "indented" {
  definition = <<-EOT
    {
      "StartAt": "A", "States": {}
    }
    EOT
  logging_configuration { level = "ALL" }
}
resource "aws_sfn_state_machine" "encoded" {
  definition = jsonencode({
    StartAt = "A" // first
    "States" : { A = { Type = "Pass", End = true } }
  })
}
resource "aws_sfn_state_machine" "template" {
  definition = templatefile("${path.module}/flows/a.asl.json", { x = 1 })
}
resource "aws_sfn_state_machine" "file" { definition = file("./b.json") }
resource "aws_sfn_state_machine" "local" { definition = local.text }
resource "aws_sfn_state_machine" "rendered" { definition = data.template_file.t.rendered }
resource "aws_sfn_state_machine" "variable" { definition = var.definition }
resource "aws_glue_job" "no" { definition = "{}" }
module "m" {
  definition = <<EOF
{"StartAt": "B", "States": {}}
EOF
}
locals {
  text = "{\"StartAt\": \"C\", \"States\": {}}"
}
data "template_file" "t" { template = file("${path.module}/c.json") }
)") ==
      R"(plain heredoc EXPRESS 5 {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"${aws_lambda_function.f[_a_].arn}","TimeoutSeconds":"${var.t}"}}}
indented heredoc 10 {"StartAt":"A","States":{}}
encoded jsonencode 18 {"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}
template terraform-file 24 in infra/flows/a.asl.json
file terraform-file 26 in infra/b.json
local heredoc 27 {"StartAt":"C","States":{}}
rendered terraform-file 28 in infra/c.json
variable unread 29 because the definition is var.definition
m heredoc 32 {"StartAt":"B","States":{}}
)");
}

TEST_CASE("of a definition that is computed nothing is claimed; what it is read from is followed", "[sources][terraform]") {
  const auto defined = [](const std::string& expression, const std::string& before = "") {
    return found_in(before + "resource \"aws_sfn_state_machine\" \"m\" {\n  definition = " + expression + "\n}\n");
  };
  const std::string locals = "locals {\n  def = { StartAt = \"A\" }\n  name = \"x\"\n}\n";
  CHECK(defined("jsonencode(local.def)", locals) == "m jsonencode 6 {\"StartAt\":\"A\"}\n");
  for (const char* expression : {"jsonencode(var.def)", "jsonencode(merge(local.def, { Comment = \"x\" }))",
                                 "jsonencode(module.x.def)", "jsonencode(var.c ? local.def : {})",
                                 "jsonencode({ for k, v in var.x : k => v })"}) {
    CHECK(defined(expression, locals) == "m unread 6 because the definition is " + std::string(expression) + "\n");
  }
  CHECK(defined("jsonencode(yamldecode(file(\"x.yaml\")))") == "m terraform-file 2 in infra/x.yaml\n");
  CHECK(defined("jsonencode(yamldecode(templatefile(\"x.yaml\", {})))") == "m terraform-file 2 in infra/x.yaml\n");
  CHECK(defined("\"${file(\"x.json\")}\"") == "m terraform-file 2 in infra/x.json\n");
}

TEST_CASE("of the directives of a template one way is read", "[sources][terraform]") {
  const auto heredoc = [](const std::string& text) {
    return found_in("resource \"aws_sfn_state_machine\" \"m\" {\n  definition = <<-EOF\n    " + text + "\n  EOF\n}\n");
  };
  // A part of a string that is chosen is unknown; of a file that is a template the same holds.
  CHECK(found_in("resource \"aws_sfn_state_machine\" \"m\" {\n  definition = jsonencode({ StartAt = \"a-%{ if c }B%{ else }C%{ endif }\" })\n}\n") ==
        "m jsonencode 2 {\"StartAt\":\"a-${if}\"}\n");
  const FoundInFile file = find_definitions("{\"StartAt\":%{ if c }\"B\"%{ else }\"C\"%{ endif }}", "x.asl.json.tftpl");
  CHECK(to_json(file.machines.at(0).definition->root()->value()) == "{\"StartAt\":\"${if}\"}");
  // Separators stand between items, and one item is read.
  CHECK(heredoc("{\"StartAt\": [%{ for i, x in var.l }\"${x}\"%{ if i < 3 },%{ endif }%{ endfor ~}\n    ]}") ==
        "m heredoc 2 {\"StartAt\":[\"${x}\"]}\n");
  CHECK(heredoc("{\"StartAt\": \"A\"%{ if var.c }, \"Comment\": \"x\"%{ else }, \"Version\": \"1.0\"%{ endif }}") ==
        "m unread 2 because directives choose what it says\n");
  // Which of two values it is, nobody knows.
  CHECK(heredoc("{\"StartAt\":%{ if var.c }\"B\"%{ else }\"C\"%{ endif }}") == "m heredoc 2 {\"StartAt\":\"${if}\"}\n");
}

TEST_CASE("places in Terraform are those of the file", "[sources][terraform]") {
  const std::string_view definition = GENERATE("<<-EOT\n    {\"StartAt\": \"HERE\",\n     \"States\": {}}\n    EOT\n",
                                               "jsonencode({\n  StartAt = \"HERE\"\n  States = {}\n})\n",
                                               "\"{\\\"StartAt\\\": \\\"HERE\\\", \\\"States\\\": {}}\"\n");
  DYNAMIC_SECTION(definition) {
    const std::string text =
        "resource \"aws_sfn_state_machine\" \"a\" {\n  definition = " + std::string(definition) + "}\n";
    const FoundInFile found = find_definitions(text, "a.tf");
    REQUIRE(found.machines.size() == 1);
    const Document& document = *found.machines[0].definition;
    CHECK(document.diagnostics().empty());
    const Node start = *document.root()->find("StartAt");
    const Span span = start.text_span(0, 4);
    CHECK(text.substr(span.begin, span.end - span.begin) == "HERE");
  }
}

TEST_CASE("HCL expressions become JSON, and what is not literal a placeholder", "[sources][terraform]") {
  struct Row {
    std::string_view hcl, json;
  };
  const auto row = GENERATE(
      Row{"{}", "{}"}, Row{"[1, -2.5, true, null, \"a\"]", "[1,-2.5,true,null,\"a\"]"},
      Row{"{a = 1, b : \"x\"\n \"c d\" = [\n1,\n2,\n]\n}", "{\"a\":1,\"b\":\"x\",\"c d\":[1,2]}"},
      Row{"{(var.k) = var.v}", "{\"${(var.k)}\":\"${var.v}\"}"}, Row{"5 * 60", "\"${5 * 60}\""},
      Row{"{a = x ? \"b\" : \"c\", d = f(1, [2])}", "{\"a\":\"${x ? _b_ : _c_}\",\"d\":\"${f(1, [2])}\"}"},
      Row{"[for x in y : x]", "\"${[for x in y : x]}\""}, Row{"\"a${b[\"c\"]}$${d}\\n\"", "\"a${b[_c_]}${d}\\n\""},
      Row{"{a = {b = 1}.b}", "{\"a\":\"${_b = 1_.b}\"}"}, Row{"[<<E\nx \"y\"\nE\n, 2]", "[\"x \\\"y\\\"\\n\",2]"},
      Row{"{a = }", "{\"a\":null}"}, Row{"merge({}, local.x)", "\"${merge(__, local.x)}\""},
      Row{"{a = [1", "{\"a\":[1"});
  DYNAMIC_SECTION(row.hcl) {
    CHECK(as_json(row.hcl) == row.json);
  }
}

TEST_CASE("hostile Terraform ends soon", "[sources][terraform][hostile]") {
  const std::string_view part =
      GENERATE("{", "[", "<<", "<<A\n", "<<a", "\"${", "${", "a=\n", "a={", "/*", "\"", "a \"b\" {\n", "a = local.a\n",
               "definition = <<A\n{\n", "resource \"aws_sfn_state_machine\" \"a\" {\ndefinition=jsonencode({");
  DYNAMIC_SECTION(part) {
    std::string text = "resource \"aws_sfn_state_machine\" \"a\" {\n  definition = jsonencode([\n";
    while (text.size() < (4u << 20)) text += part;
    const auto start = std::chrono::steady_clock::now();
    const std::size_t machines = find_definitions(text, "a.tf").machines.size();
    CHECK(machines <= kMaxMachinesOfOneFile);
    text.replace(0, text.find("[\n") + 2, "");
    find_definitions(text, "a.tf");
    // Far above what it takes, far below what a square would.
    CHECK(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < 20);
  }
}

}  // namespace stepglass::analysis
