#include "analysis/sources/terraform.h"

#include <fmt/format.h>

#include <map>

#include "analysis/sources/hcl.h"
#include "analysis/sources/limits.h"
#include "analysis/sources/paths.h"
#include "engine/support/text.h"

namespace stepglass::analysis {
namespace {

/// References from one local value to the next that are followed.
constexpr int kMostReferences = 8;

class TerraformSearch {
 public:
  TerraformSearch(std::string text, std::string_view path, FoundInFile& found)
      : host_(unread_document(std::move(text))), path_(path), found_(found), attributes_(hcl_attributes(host_.text())) {
    for (const HclAttribute& a : attributes_) {
      if (a.block == "locals" && a.depth == 1) locals_.emplace(a.name, a.expression);
      if (a.block == "data" && a.first_label == "template_file" && a.name == "template") {
        templates_.emplace(a.second_label, a.expression);
      }
    }
  }

  void run() {
    for (const HclAttribute& attribute : attributes_) {
      if (attribute.depth == 0 || attribute.name != "definition") continue;
      const bool is_machine = attribute.block == "resource" && attribute.first_label == "aws_sfn_state_machine";
      if (found_.machines.size() >= kMaxMachinesOfOneFile) {
        if (!is_machine) continue;
        add_unread(machine_at(attribute), std::string(kTooManyMachines));
        break;
      }
      look(attribute, is_machine);
    }
  }

 private:
  std::string_view cut(Span span) const { return host_.text().substr(span.begin, span.end - span.begin); }

  FoundMachine machine_at(const HclAttribute& attribute) const {
    FoundMachine machine;
    machine.name = std::string(attribute.second_label.empty() ? attribute.first_label : attribute.second_label);
    machine.place = attribute.name_span;
    machine.position = host_.position(machine.place.begin);
    return machine;
  }
  void add_unread(FoundMachine machine, std::string reason) {
    machine.form = Form::Unread;
    machine.reason = std::move(reason);
    found_.machines.push_back(std::move(machine));
  }

  void look(const HclAttribute& attribute, bool is_machine) {
    FoundMachine machine = machine_at(attribute);
    machine.type = type_of(attribute);
    const Span whole = resolved(attribute.expression);
    Span expression = whole;
    if (expression.begin >= expression.end) return;
    bool is_json = true;
    if (const auto argument = hcl_argument(host_.text(), expression, "jsonencode")) {
      const Span value = resolved(*argument);
      if (is_object(cut(value))) {
        MappedText json = hcl_json(host_.text(), value);
        if (!is_machine && json.text.find("\"StartAt\"") == std::string::npos) return;
        machine.form = Form::Jsonencode;
        return add(std::move(machine), std::move(json));
      }
      // What is computed is not known; of what is read from a file, the file is.
      is_json = false;
      for (const std::string_view function : {"yamldecode", "jsondecode"}) {
        if (const auto read = hcl_argument(host_.text(), value, function)) expression = resolved(*read);
      }
    }
    for (const std::string_view function : {"templatefile", "file"}) {
      const auto argument = hcl_argument(host_.text(), expression, function);
      const auto target = argument ? hcl_path(*argument) : std::nullopt;
      if (!target) continue;
      if (auto path = path_from(path_, *target)) {
        machine.form = Form::TerraformFile;
        machine.file = *std::move(path);
        found_.machines.push_back(std::move(machine));
        return;
      }
    }
    bool chooses = false;
    if (auto text = is_json ? hcl_text(host_.text(), expression, chooses) : std::nullopt) {
      if (has_object(text->text) && chooses && is_machine) return add_unread(std::move(machine), std::string(kChooses));
      if (has_object(text->text) && !chooses &&
          (is_machine || text->text.find("\"StartAt\"") != std::string::npos)) {
        machine.form = Form::Heredoc;
        return add(std::move(machine), std::move(*text));
      }
    }
    if (!is_machine) return;
    machine.form = Form::Unread;
    machine.reason = fmt::format("the definition is {}", cut(whole).substr(0, 100));
    found_.machines.push_back(std::move(machine));
  }

  /// What is meant in the end: locals are looked up, and "${x}" alone is x.
  Span resolved(Span expression) const {
    for (int i = 0; i < kMostReferences && expression.begin < expression.end; ++i) {
      auto meant = referred_value(cut(expression));
      if (!meant) meant = hcl_interpolation(host_.text(), expression);
      if (!meant) break;
      expression = *meant;
    }
    return expression;
  }

  /// A brace that begins no placeholder.
  static bool has_object(std::string_view text) {
    for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
      if (at == 0 || text[at - 1] != '$') return true;
    }
    return false;
  }

  /// An object as it is written, and none that is made by a loop.
  static bool is_object(std::string_view expression) {
    if (!expression.starts_with('{')) return false;
    expression = trimmed(expression.substr(1));
    return !expression.starts_with("for ") && !expression.starts_with("for\n");
  }

  /// The path in quotes, interpolations as they are written.
  std::optional<std::string> hcl_path(Span argument) const {
    const std::string_view quoted = cut(argument);
    if (quoted.size() < 2 || quoted.front() != '"' || quoted.back() != '"') return std::nullopt;
    return std::string(quoted.substr(1, quoted.size() - 2));
  }

  /// What local.NAME and data.template_file.NAME.rendered stand for in this file.
  std::optional<Span> referred_value(std::string_view expression) const {
    constexpr std::string_view kLocal = "local.", kData = "data.template_file.", kRendered = ".rendered";
    if (expression.starts_with(kLocal)) {
      const auto found = locals_.find(expression.substr(kLocal.size()));
      if (found != locals_.end()) return found->second;
    } else if (expression.starts_with(kData) && expression.ends_with(kRendered)) {
      const auto found =
          templates_.find(expression.substr(kData.size(), expression.size() - kData.size() - kRendered.size()));
      if (found != templates_.end()) return found->second;
    }
    return std::nullopt;
  }

  std::optional<MachineType> type_of(const HclAttribute& definition) const {
    // Attributes of a block stand together; those around this one are looked at.
    const auto index = static_cast<std::size_t>(&definition - attributes_.data());
    const auto type_at = [&](std::size_t i) -> std::optional<MachineType> {
      if (attributes_[i].name != "type" || attributes_[i].depth != definition.depth) return std::nullopt;
      const std::string_view text = cut(attributes_[i].expression);
      if (text == "\"EXPRESS\"") return MachineType::Express;
      if (text == "\"STANDARD\"") return MachineType::Standard;
      return std::nullopt;
    };
    constexpr std::size_t kNear = 50;
    for (std::size_t k = 1; k < kNear && k <= index; ++k) {
      if (attributes_[index - k].block_number != definition.block_number) break;
      if (const auto type = type_at(index - k)) return type;
    }
    for (std::size_t k = 1; k < kNear && index + k < attributes_.size(); ++k) {
      if (attributes_[index + k].block_number != definition.block_number) break;
      if (const auto type = type_at(index + k)) return type;
    }
    return std::nullopt;
  }

  void add(FoundMachine machine, MappedText text) {
    extracted_ += text.text.size();
    if (extracted_ > kMaxExtractedBytes) return add_unread(std::move(machine), std::string(kTooManyBytes));
    machine.definition = read_json_part(host_, std::move(text));
    found_.machines.push_back(std::move(machine));
  }

  Document host_;
  std::string_view path_;
  FoundInFile& found_;
  std::vector<HclAttribute> attributes_;
  std::map<std::string_view, Span> locals_, templates_;
  std::size_t extracted_ = 0;
};

}  // namespace

void find_in_terraform(std::string text, std::string_view path, FoundInFile& found) {
  TerraformSearch(std::move(text), path, found).run();
}

}  // namespace stepglass::analysis
