#include "analysis/cli/options.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "engine/support/text.h"

namespace stepglass::cli {

const Option& Option::type_name(const char* name) const {
  option_->type_name(name);
  return *this;
}

const Option& Option::delimiter(char separator) const {
  option_->delimiter(separator);
  return *this;
}

const Option& Option::allow_extra_args(bool allowed) const {
  option_->allow_extra_args(allowed);
  return *this;
}

const Option& Option::excludes(const Option& other) const {
  option_->excludes(other.option_);
  return *this;
}

const Option& Option::at_most(unsigned limit) const {
  option_->check(CLI::Range(0u, limit));
  return *this;
}

const Option& Option::non_negative() const {
  option_->check(CLI::NonNegativeNumber);
  return *this;
}

CommandLine::CommandLine(const char* description, const char* name)
    : app_(std::make_unique<CLI::App>(description, name)) {}
CommandLine::~CommandLine() = default;

Option CommandLine::add_option(const char* names, std::string& variable, const char* help) {
  return Option(app_->add_option(names, variable, help));
}
Option CommandLine::add_option(const char* names, std::vector<std::string>& variable, const char* help) {
  return Option(app_->add_option(names, variable, help));
}
Option CommandLine::add_option(const char* names, std::uint32_t& variable, const char* help) {
  return Option(app_->add_option(names, variable, help));
}
Option CommandLine::add_option(const char* names, std::uint64_t& variable, const char* help) {
  return Option(app_->add_option(names, variable, help));
}
Option CommandLine::add_option(const char* names, std::int64_t& variable, const char* help) {
  return Option(app_->add_option(names, variable, help));
}
Option CommandLine::add_flag(const char* names, bool& variable, const char* help) {
  return Option(app_->add_flag(names, variable, help));
}

void CommandLine::footer(const char* text) {
  app_->footer(text);
}

std::optional<int> CommandLine::parse(int argc, char** argv, std::initializer_list<const char*> required) {
  const std::string help = fmt::format("{} --help", app_->get_name());
  try {
    app_->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    write(1, app_->help());
    return kSuccess;
  } catch (const CLI::ParseError& error) {
    return complain({display(error.what()), help});
  }
  for (const char* name : required) {
    if (app_->get_option(name)->empty()) return complain({fmt::format("{} is missing", name), help});
  }
  return std::nullopt;
}

}  // namespace stepglass::cli
