#include "engine/interpreter/csv.h"

namespace stepglass {

CsvReader::CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

bool CsvReader::next(std::vector<std::string>& fields, std::size_t most) {
  if (at_ >= text_.size()) return false;
  const std::size_t begin = at_;
  std::size_t count = 0;
  std::string ignored;
  const auto field = [&]() -> std::string& {
    if (count == most) {
      ignored.clear();
      return ignored;
    }
    if (count == fields.size()) fields.emplace_back();
    std::string& text = fields[count++];
    text.clear();
    return text;
  };
  std::string* current = &field();
  bool quoted = false;
  bool at_start = true;  // of the field
  std::size_t end = text_.size();
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c == '\\') {
      if (at_ < text_.size()) {
        const char next = text_[at_];
        if (next == '\\' || next == '"' || next == separator_) {
          current->push_back(next);
          ++at_;
        }
      }
      at_start = false;
    } else if (quoted) {
      if (c != '"') {
        current->push_back(c);
      } else if (at_ < text_.size() && text_[at_] == '"') {
        current->push_back('"');
        ++at_;
      } else {
        quoted = false;
      }
    } else if (c == separator_) {
      current = &field();
      at_start = true;
    } else if (c == '\n' || c == '\r') {
      end = at_ - 1;
      if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
      break;
    } else if (c == '"' && at_start) {
      quoted = true;
      at_start = false;
    } else {
      current->push_back(c);
      at_start = false;
    }
  }
  record_bytes_ = end - begin;
  fields.resize(count);
  return true;
}

}  // namespace stepglass
