#include "engine/support/digest.h"

#include "tests/support/catch.h"

using namespace stepglass;

TEST_CASE("digests of the published vectors", "[support]") {
  struct Case {
    const char* name;
    const char* data;
    const char* hex;
  };
  // RFC 1321, A.5; FIPS 180-4 examples.
  const auto c = GENERATE(
      Case{"MD5", "", "d41d8cd98f00b204e9800998ecf8427e"}, Case{"MD5", "abc", "900150983cd24fb0d6963f7d28e17f72"},
      Case{"MD5", "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
           "57edf4a22be3c955ac49da2e2107b67a"},
      Case{"SHA-1", "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
      Case{"SHA-1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
      Case{"SHA-1", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
           "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
      Case{"SHA-256", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      Case{"SHA-256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      Case{"SHA-256", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
           "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      Case{"SHA-384", "",
           "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b"},
      Case{"SHA-384", "abc",
           "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"},
      Case{
          "SHA-512", "",
          "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd4741"
          "7a81a538327af927da3e"},
      Case{
          "SHA-512", "abc",
          "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643c"
          "e80e2a9ac94fa54ca49f"},
      Case{
          "SHA-512",
          "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopq"
          "r"
          "stu",
          "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd"
          "26545e96e55b874be909"});
  DYNAMIC_SECTION(c.name << " of '" << c.data << "'") {
    const auto digest = digest_named(c.name);
    REQUIRE(digest);
    CHECK(hex_digest(*digest, c.data) == c.hex);
  }
}

TEST_CASE("digests of a million a's go through many blocks", "[support]") {
  const std::string data(1'000'000, 'a');
  CHECK(hex_digest(Digest::Md5, data) == "7707d6ae4e027c70eea2a935c2296f21");
  CHECK(hex_digest(Digest::Sha1, data) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
  CHECK(hex_digest(Digest::Sha256, data) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(hex_digest(Digest::Sha384, data) ==
        "9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b07b8b3dc38ecc4ebae97ddd87f3d8985");
  CHECK(
      hex_digest(Digest::Sha512, data) ==
      "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2"
      "e4eadb217ad8cc09b");
}

TEST_CASE("every length around a block's end is padded right", "[support]") {
  // A digest of digests: one wrong padding changes it. Computed with OpenSSL over "x" repeated 0 to 300 times.
  std::string all[5];
  for (std::size_t size = 0; size <= 300; ++size) {
    const std::string data(size, 'x');
    for (int i = 0; i < 5; ++i) all[i] += hex_digest(static_cast<Digest>(i), data);
  }
  CHECK(hex_digest(Digest::Sha256, all[0]) == "800e0014be3cf33b33239b3022a23adb593496c9e5fd9dfef607361c4fe087d4");
  CHECK(hex_digest(Digest::Sha256, all[1]) == "0ad9a9bf03064ed1c86c4f1278a860099240c9d0e630d3ef10c4f71d0262801c");
  CHECK(hex_digest(Digest::Sha256, all[2]) == "4f1214e9ef2dcfefe099f05aaaceccdad8549cc50a52723cdba372bb89323705");
  CHECK(hex_digest(Digest::Sha256, all[3]) == "5a08fbe97275a2039538f3e8b7e150388a2c20cc441458d8bc71ca4b9fcfeb81");
  CHECK(hex_digest(Digest::Sha256, all[4]) == "449a765c8959d0576e13fa7128ff4ab961e359a9d32a7b14152e6e8ee4db9205");
}

TEST_CASE("a digest is named exactly as the service names it", "[support]") {
  CHECK(digest_names().size() == 5);
  for (const auto name : digest_names()) CHECK(digest_named(name));
  const auto wrong = GENERATE("", "md5", "MD-5", "SHA256", "sha-256", "SHA-257", "SHA-1 ");
  DYNAMIC_SECTION(wrong) {
    CHECK_FALSE(digest_named(wrong));
  }
}
