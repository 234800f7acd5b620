#include "analysis/report/diff_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "analysis/report/cost_numbers.h"
#include "analysis/report/cost_report.h"
#include "analysis/report/markdown.h"
#include "engine/support/text.h"
#include "engine/value/json_list.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

struct Mark {
  std::string_view word;
  char sign;
  Tone tone;
};

/// By StateChange::Kind.
constexpr Mark kMarks[] = {
    {"added", '+', Tone::Good}, {"removed", '-', Tone::Bad}, {"renamed", '>', Tone::Accent}, {"changed", '~', Tone::Warning}};

const Mark& mark_of(StateChange::Kind kind) { return kMarks[static_cast<std::size_t>(kind)]; }

/// "2 added, 1 changed"
std::string counts_text(const MachineDiff& diff) {
  std::string out;
  for (const Mark& mark : kMarks) {
    const auto count = std::count_if(diff.states.begin(), diff.states.end(),
                                     [&](const StateChange& change) { return &mark_of(change.kind) == &mark; });
    if (count == 0) continue;
    if (!out.empty()) out += ", ";
    out += out.empty() ? fmt::format("{} {}", counted(static_cast<std::uint64_t>(count), "state"), mark.word)
                       : fmt::format("{} {}", count, mark.word);
  }
  return out.empty() ? "no state changed" : out;
}

/// What a state is, where it is, and how it was called.
std::string about(const StateChange& change) {
  std::string out = display_word(change.type);
  const auto add = [&](std::string_view text) { out += (out.empty() ? "" : ", ") + std::string(text); };
  if (!change.inside.empty()) {
    std::string inside = "in ";
    for (const std::string& name : change.inside) {
      if (&name != change.inside.data()) inside += " / ";
      inside += display_word(name);
    }
    add(inside);
  }
  if (!change.former_name.empty()) add(fmt::format("was \"{}\"", display_word(change.former_name)));
  return out;
}

std::string value_text(const std::string& json) { return json.empty() ? "(none)" : terminal_json(json); }

std::string money(const std::optional<Usd>& amount) { return amount ? usd_text(*amount) : std::string("?"); }

/// "2 → 3 transitions, $50.00 → $75.00 a month": what has changed of it; empty where nothing has.
std::string cost_line(const std::optional<CostChange>& change, std::string_view arrow) {
  if (!change || change->kind != CostChange::Kind::Changed) return {};
  const CostSummary &was = *change->before, &is = *change->after;
  std::string out;
  const auto add = [&](const std::string& before, const std::string& after, std::string_view what) {
    if (before != after) out += fmt::format("{}{} {} {} {}", out.empty() ? "" : ", ", before, arrow, after, what);
  };
  add(count_text(was.expected), count_text(is.expected), "transitions");
  add(money(was.per_month), money(is.per_month), "a month");
  if (out.empty()) {
    add(count_text(was.most), count_text(is.most), "transitions at most");
    add(count_text(was.least), count_text(is.least), "transitions at least");
  }
  return out;
}

/// `text` from where `other` begins to differ, with a few characters in front, when it has more than `width` columns.
std::string from_difference(const Style& style, const std::string& text, const std::string& other, std::size_t width) {
  if (columns(text) <= width) return text;
  constexpr std::size_t kInFront = 12;
  const std::size_t differs = static_cast<std::size_t>(
      std::mismatch(text.begin(), text.end(), other.begin(), other.end()).first - text.begin());
  std::size_t start = differs > kInFront ? differs - kInFront : 0;
  // Not in the middle of a character.
  while (start > 0 && start < text.size() && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  if (start == 0 || differs < width / 2) return cut(style, text, width);
  return std::string(style.ellipsis()) + cut(style, text.substr(start), width - 1);
}

void append_fields(std::string& out, const std::vector<FieldChange>& fields, std::string_view indent, const Style& style) {
  std::size_t width = 0;
  for (const FieldChange& field : fields) width = std::max(width, columns(display_word(field.field)));
  for (const FieldChange& field : fields) {
    const std::string name = paint(style, Tone::Faint, padded(display_word(field.field), width));
    const std::string values =
        fmt::format("{} {} {}", value_text(field.before), style.arrow(), value_text(field.after));
    const std::size_t room = indent.size() + width + 2;
    // Side by side where that can be read, else one below the other.
    if (room + columns(values) <= style.width) {
      out += fmt::format("{}{}  {}\n", indent, name, values);
    } else {
      const std::size_t left = style.width > room + 12 ? style.width - room - 2 : 20;
      const std::string before = value_text(field.before);
      const std::string after = value_text(field.after);
      out += fmt::format("{}{}  - {}\n", indent, name, from_difference(style, before, after, left));
      out += fmt::format("{}{}  + {}\n", indent, std::string(width, ' '), from_difference(style, after, before, left));
    }
  }
}

void append_field_json(std::string& out, const FieldChange& field) {
  out += "{\"field\":";
  append_json_string(out, field.field);
  if (!field.before.empty()) out += ",\"before\":" + field.before;
  if (!field.after.empty()) out += ",\"after\":" + field.after;
  out += '}';
}

/// What there is to say of a machine that is not on both sides, or not at hand; empty for others.
std::string status_of(const ComparedMachine& machine) {
  if (machine.is_added) return "is new";
  if (machine.is_removed) return "is gone";
  return machine.unread.empty() ? std::string() : "was not compared: " + display(machine.unread);
}

}  // namespace

std::string diff_text(const ComparedMachines& machines, const Style& style) {
  std::string out;
  for (const ComparedMachine& machine : machines) {
    if (machine.is_same()) continue;
    if (!out.empty()) out += '\n';
    if (!machine.name.empty()) out += paint(style, Tone::Strong, display_word(machine.name)) + "  ";
    if (const std::string short_word = status_of(machine); !short_word.empty()) {
      out += short_word + '\n';
      continue;
    }
    out += paint(style, Tone::Faint, counts_text(machine.diff)) + '\n';
    append_fields(out, machine.diff.machine, "  ", style);
    std::size_t width = 0;
    for (const StateChange& change : machine.diff.states) width = std::max(width, columns(display_word(change.name)));
    for (const StateChange& change : machine.diff.states) {
      const Mark& mark = mark_of(change.kind);
      out += fmt::format("{} {}  {}\n", paint(style, mark.tone, std::string_view(&mark.sign, 1)),
                         padded(display_word(change.name), width), paint(style, Tone::Faint, about(change)));
      append_fields(out, change.fields, "    ", style);
    }
    if (machine.diff.left_out > 0) out += fmt::format("  and {} more\n", counted(machine.diff.left_out, "change"));
    if (const std::string cost = cost_line(machine.cost, style.arrow()); !cost.empty()) {
      out += fmt::format("  cost  {}\n", cost);
      for (const std::string& reason : machine.cost->reasons) out += fmt::format("        {}\n", display(reason));
    }
  }
  return out.empty() ? "nothing has changed\n" : out;
}

std::string diff_markdown(const ComparedMachines& machines) {
  std::string out;
  std::size_t rows = 0;
  std::size_t left_out = 0;
  for (const ComparedMachine& machine : machines) {
    if (machine.is_same()) continue;
    if (!out.empty()) out += '\n';
    const std::string name = machine.name.empty() ? "The machine" : fmt::format("**{}**", markdown_cell(machine.name));
    if (const std::string short_word = status_of(machine); !short_word.empty()) {
      out += fmt::format("{} {}.\n", name, markdown_cell(short_word));
      continue;
    }
    out += fmt::format("{}: {}", name, counts_text(machine.diff));
    if (const std::string cost = cost_line(machine.cost, "→"); !cost.empty()) {
      out += "; " + cost;
      for (const std::string& reason : machine.cost->reasons) {
        out += fmt::format("{} {}", &reason == machine.cost->reasons.data() ? " because of" : ",", markdown_cell(reason));
      }
    }
    out += ".\n\n| | State | Field | Before | After |\n|---|---|---|---|---|\n";
    const auto cell = [](const std::string& json) {
      Style style;
      return markdown_cell(cut(style, json, kMaxMarkdownValue));
    };
    const auto row = [&](std::string_view mark, const std::string& state, const FieldChange& field) {
      if (rows++ >= kMaxMarkdownRows) {
        ++left_out;
        return;
      }
      out += fmt::format("| {} | {} | {} | {} | {} |\n", mark, state, cell(field.field), cell(field.before), cell(field.after));
    };
    const auto all = [&](std::string_view mark, const std::string& state, const std::vector<FieldChange>& fields) {
      for (const FieldChange& field : fields) {
        const bool is_first = &field == fields.data();
        row(is_first ? mark : "", is_first ? state : "", field);
      }
      if (fields.empty() && !state.empty()) row(mark, state, {});
    };
    all("changed", "", machine.diff.machine);
    for (const StateChange& change : machine.diff.states) {
      all(mark_of(change.kind).word, fmt::format("{} ({})", markdown_cell(change.name), markdown_cell(about(change))), change.fields);
    }
    left_out += machine.diff.left_out;
  }
  if (left_out > 0) out += fmt::format("\nAnd {} more.\n", counted(left_out, "change"));
  return out.empty() ? "Nothing has changed.\n" : out;
}

void append_compared(std::string& out, const ComparedMachine& machine) {
  out += fmt::format("{{\"same\":{}", machine.is_same());
  if (!machine.name.empty()) append_json_member(out, "name", machine.name);
  if (machine.is_added) out += ",\"added\":true";
  if (machine.is_removed) out += ",\"removed\":true";
  if (!machine.unread.empty()) append_json_member(out, "unread", machine.unread);
  if (machine.diff.left_out > 0) out += fmt::format(",\"left_out\":{}", machine.diff.left_out);
  out += ",\"fields\":";
  append_json_list(out, machine.diff.machine, [&](const FieldChange& field) { append_field_json(out, field); });
  out += ",\"states\":";
  append_json_list(out, machine.diff.states, [&](const StateChange& change) {
    out += "{\"change\":";
    append_json_string(out, mark_of(change.kind).word);
    append_json_member(out, "name", change.name);
    if (!change.former_name.empty()) append_json_member(out, "former_name", change.former_name);
    if (!change.type.empty()) append_json_member(out, "type", change.type);
    out += ",\"inside\":";
    append_json_list(out, change.inside, [&](const std::string& name) { append_json_string(out, name); });
    append_json_member(out, "pointer", change.pointer);
    out += ",\"fields\":";
    append_json_list(out, change.fields, [&](const FieldChange& field) { append_field_json(out, field); });
    out += '}';
  });
  if (machine.cost) {
    out += ",\"cost\":";
    append_cost_change(out, *machine.cost);
  }
  out += '}';
}

std::string diff_json(const ComparedMachines& machines) {
  std::string out = "{\"version\":1,\"machines\":";
  append_json_list(out, machines, [&](const ComparedMachine& machine) {
    out += '\n';
    append_compared(out, machine);
  });
  return out + "}\n";
}

}  // namespace stepglass::analysis
