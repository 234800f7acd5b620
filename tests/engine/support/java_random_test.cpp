#include "engine/support/java_random.h"

#include "tests/support/catch.h"

using namespace stepglass;

TEST_CASE("java.util.Random gives Java's numbers", "[support]") {
  JavaRandom random(42);
  CHECK(random.any() == -1170105035);
  CHECK(random.any() == 234785527);
  CHECK(JavaRandom(42).fraction() == 0.7275636800328681);
  CHECK(JavaRandom(-1).any() == 1155099827);
  CHECK(JavaRandom(42).below(10) == 0);
  CHECK(JavaRandom(42).below(4) == 2);  // powers of two take the upper bits
  CHECK(JavaRandom(1).below(1) == 0);
  for (std::int64_t seed = 0; seed < 200; ++seed) {
    const std::int32_t drawn = JavaRandom(seed).below(2147483647);
    CHECK((drawn >= 0 && drawn < 2147483647));
  }
}
