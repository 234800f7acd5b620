#pragma once
// Gathers short pieces of text and hands them on to a string in larger ones. A std::string asks for its room at each
// append; here a piece costs little more than its bytes.
//
//   TextStage stage(out);
//   stage.add("{\"id\":");
//   stage.add_integer(id);
//   stage.flush();  // before anybody looks at `out`

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace stepglass {

class TextStage {
 public:
  /// `out` outlives the stage. Nobody else changes it between an add() and the next flush().
  explicit TextStage(std::string& out) : out_(out) {}
  TextStage(const TextStage&) = delete;
  TextStage& operator=(const TextStage&) = delete;

  void add(char c) { *room(1) = c, ++size_; }
  template <std::size_t N>
  void add(const char (&literal)[N]) {
    static_assert(N <= kSize);
    std::memcpy(room(N), literal, N - 1);
    size_ += N - 1;
  }
  void add(std::string_view text) {
    if (text.size() > kSize) return add_long(text);
    if (!text.empty()) std::memcpy(room(text.size()), text.data(), text.size());
    size_ += text.size();
  }
  template <std::integral Integer>
  void add_integer(Integer number) {
    constexpr std::size_t kDigits = 20;
    char* const begin = room(kDigits);
    size_ += static_cast<std::size_t>(std::to_chars(begin, begin + kDigits, number).ptr - begin);
  }

  /// At least `bytes`, at most kSize, to be written to; grow() then says how many were.
  char* room(std::size_t bytes) {
    if (kSize - size_ < bytes) flush();
    return text_ + size_;
  }
  void grow(std::size_t bytes) { size_ += bytes; }

  /// Bytes of the string once all is handed on.
  std::size_t position() const { return out_.size() + size_; }
  /// Adds again what stands at `begin` … `end` of the string.
  void repeat(std::size_t begin, std::size_t end) {
    const std::size_t bytes = end - begin;
    if (end <= out_.size() && bytes <= kSize - size_) {
      std::memcpy(text_ + size_, out_.data() + begin, bytes);
      size_ += bytes;
      return;
    }
    flush();
    out_.append(out_, begin, bytes);
  }
  /// Hands on what was gathered.
  void flush() {
    out_.append(text_, size_);
    size_ = 0;
  }

  static constexpr std::size_t kSize = 1024;

 private:
  void add_long(std::string_view text) {
    flush();
    out_ += text;
  }

  std::string& out_;
  std::size_t size_ = 0;
  char text_[kSize];
};

}  // namespace stepglass
