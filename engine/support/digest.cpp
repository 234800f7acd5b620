#include "engine/support/digest.h"

#include <array>
#include <cstdint>
#include <cstring>

// All five digests work alike (Merkle and Damgård): the data, a one bit, zeros and the length in bits are cut into
// blocks, and each block stirs a state of a few words. Sources: RFC 1321 (MD5), FIPS 180-4 (the others).

namespace stepglass {
namespace {

constexpr std::string_view kNames[] = {"MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"};

template <typename Word>
constexpr Word rotate_left(Word x, int by) {
  return static_cast<Word>((x << by) | (x >> (static_cast<int>(sizeof(Word)) * 8 - by)));
}

template <typename Word>
constexpr Word rotate_right(Word x, int by) {
  return rotate_left(x, static_cast<int>(sizeof(Word)) * 8 - by);
}

template <typename Word>
Word read_big_endian(const unsigned char* bytes) {
  Word word = 0;
  for (std::size_t i = 0; i < sizeof(Word); ++i) word = static_cast<Word>((word << 8) | bytes[i]);
  return word;
}

// The constants of MD5 are floor(2^32 * |sin(i + 1)|); written out, since sin differs between builds.
constexpr std::uint32_t kMd5[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

struct Md5 {
  using Word = std::uint32_t;
  static constexpr std::size_t kBlock = 64;
  static constexpr bool kBigEndian = false;
  std::array<Word, 4> state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

  void stir(const unsigned char* block) {
    constexpr int shifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    Word words[16];
    for (int i = 0; i < 16; ++i) {
      words[i] = 0;
      for (int byte = 3; byte >= 0; --byte) words[i] = (words[i] << 8) | block[4 * i + byte];
    }
    auto [a, b, c, d] = state;
    for (int i = 0; i < 64; ++i) {
      Word mixed;
      int chosen;
      switch (i / 16) {
        case 0:
          mixed = (b & c) | (~b & d), chosen = i;
          break;
        case 1:
          mixed = (d & b) | (~d & c), chosen = (5 * i + 1) % 16;
          break;
        case 2:
          mixed = b ^ c ^ d, chosen = (3 * i + 5) % 16;
          break;
        default:
          mixed = c ^ (b | ~d), chosen = (7 * i) % 16;
      }
      const Word sum = a + mixed + kMd5[i] + words[chosen];
      a = d;
      d = c;
      c = b;
      b += rotate_left(sum, shifts[i / 16][i % 4]);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }
};

struct Sha1 {
  using Word = std::uint32_t;
  static constexpr std::size_t kBlock = 64;
  static constexpr bool kBigEndian = true;
  std::array<Word, 5> state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

  void stir(const unsigned char* block) {
    Word words[80];
    for (int i = 0; i < 16; ++i) words[i] = read_big_endian<Word>(block + 4 * i);
    for (int i = 16; i < 80; ++i)
      words[i] = rotate_left(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    auto [a, b, c, d, e] = state;
    for (int i = 0; i < 80; ++i) {
      const Word mixed = i < 20   ? ((b & c) | (~b & d)) + 0x5a827999
                         : i < 40 ? (b ^ c ^ d) + 0x6ed9eba1
                         : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
                                  : (b ^ c ^ d) + 0xca62c1d6;
      const Word next = rotate_left(a, 5) + mixed + e + words[i];
      e = d;
      d = c;
      c = rotate_left(b, 30);
      b = a;
      a = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
  }
};

// The first 64 bits of the fractional parts of the cube roots of the first 80 primes; SHA-256 takes the upper halves of
// the first 64.
constexpr std::uint64_t kSha2[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

/// SHA-256 and SHA-512 are one algorithm with words of 32 or 64 bits and their own rotations.
template <typename W>
struct Sha2 {
  using Word = W;
  static constexpr bool kWide = sizeof(Word) == 8;
  static constexpr std::size_t kBlock = 16 * sizeof(Word);
  static constexpr bool kBigEndian = true;
  std::array<Word, 8> state;

  void stir(const unsigned char* block) {
    constexpr int rounds = kWide ? 80 : 64;
    Word words[rounds];
    for (int i = 0; i < 16; ++i) words[i] = read_big_endian<Word>(block + sizeof(Word) * static_cast<std::size_t>(i));
    for (int i = 16; i < rounds; ++i) {
      const Word x = words[i - 15], y = words[i - 2];
      const Word s0 = kWide ? rotate_right(x, 1) ^ rotate_right(x, 8) ^ (x >> 7)
                            : rotate_right(x, 7) ^ rotate_right(x, 18) ^ (x >> 3);
      const Word s1 = kWide ? rotate_right(y, 19) ^ rotate_left(y, 3) ^ (y >> 6)
                            : rotate_right(y, 17) ^ rotate_right(y, 19) ^ (y >> 10);
      words[i] = words[i - 16] + s0 + words[i - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (int i = 0; i < rounds; ++i) {
      const Word s1 = kWide ? rotate_right(e, 14) ^ rotate_right(e, 18) ^ rotate_left(e, 23)
                            : rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25);
      const Word s0 = kWide ? rotate_right(a, 28) ^ rotate_left(a, 30) ^ rotate_left(a, 25)
                            : rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22);
      const Word constant = static_cast<Word>(kWide ? kSha2[i] : kSha2[i] >> 32);
      const Word first = h + s1 + ((e & f) ^ (~e & g)) + constant + words[i];
      const Word second = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + first;
      d = c;
      c = b;
      b = a;
      a = first + second;
    }
    const Word stirred[8] = {a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state[i] += stirred[i];
  }
};

template <typename Algorithm>
std::string run(Algorithm algorithm, std::string_view data, std::size_t digest_bytes) {
  constexpr std::size_t block = Algorithm::kBlock;
  constexpr std::size_t length_bytes = block / 8;  // 64 bits of length, 128 for the wide ones
  const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
  std::size_t left = data.size();
  for (; left >= block; left -= block, bytes += block) algorithm.stir(bytes);

  unsigned char tail[2 * block] = {};
  if (left) std::memcpy(tail, bytes, left);
  tail[left] = 0x80;
  const std::size_t end = left + 1 + length_bytes <= block ? block : 2 * block;
  const std::uint64_t bits = static_cast<std::uint64_t>(data.size()) * 8;
  for (std::size_t i = 0; i < 8; ++i) {
    const auto byte = static_cast<unsigned char>(bits >> (8 * i));
    tail[Algorithm::kBigEndian ? end - 1 - i : end - 8 + i] = byte;
  }
  for (std::size_t at = 0; at < end; at += block) algorithm.stir(tail + at);

  constexpr char hex[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * digest_bytes);
  constexpr std::size_t word_bytes = sizeof(typename Algorithm::Word);
  for (std::size_t i = 0; i < digest_bytes; ++i) {
    const std::size_t in_word = i % word_bytes;
    const std::size_t shift = 8 * (Algorithm::kBigEndian ? word_bytes - 1 - in_word : in_word);
    const auto byte = static_cast<unsigned>(algorithm.state[i / word_bytes] >> shift) & 0xff;
    out += hex[byte >> 4];
    out += hex[byte & 15];
  }
  return out;
}

}  // namespace

std::span<const std::string_view> digest_names() {
  return kNames;
}

std::optional<Digest> digest_named(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<Digest>(i);
  }
  return std::nullopt;
}

std::string hex_digest(Digest digest, std::string_view data) {
  switch (digest) {
    case Digest::Md5:
      return run(Md5{}, data, 16);
    case Digest::Sha1:
      return run(Sha1{}, data, 20);
    case Digest::Sha256:
      return run(Sha2<std::uint32_t>{{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                                      0x1f83d9ab, 0x5be0cd19}},
                 data, 32);
    case Digest::Sha384:
      return run(Sha2<std::uint64_t>{{0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
                                      0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4}},
                 data, 48);
    case Digest::Sha512:
      break;
  }
  return run(Sha2<std::uint64_t>{{0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                                  0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179}},
             data, 64);
}

}  // namespace stepglass
