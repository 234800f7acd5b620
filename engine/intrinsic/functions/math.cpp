// The functions that calculate and draw random numbers.

#include "engine/intrinsic/function.h"
#include "engine/intrinsic/functions/integer_arguments.h"
#include "engine/support/java_random.h"

namespace stepglass::intrinsic {
namespace {

// Both arguments and the sum have 32 bits. Source: developer guide, "States.MathAdd".
Outcome math_add(Arguments args) {
  const auto a = rounded_integer(args[0]), b = rounded_integer(args[1]);
  if (!a || !b || !fits_32_bits(*a) || !fits_32_bits(*b) || !fits_32_bits(*a + *b)) return args.invalid();
  return Value(*a + *b);
}

// The start is possible, the end is not. With a seed it is Java's generator, new Random(seed).nextInt(end - start).
Outcome math_random(Arguments args) {
  const auto start = cut_integer(args[0]), end = cut_integer(args[1]);
  if (!start || !end || !fits_32_bits(*start) || !fits_32_bits(*end) || *start >= *end) return args.invalid();
  const std::int64_t width = *end - *start;
  if (args.size() < 3) {
    const std::uint64_t drawn = args.random().below(static_cast<std::uint64_t>(width));
    return Value(*start + static_cast<std::int64_t>(drawn));
  }
  const auto seed = cut_integer(args[2]);
  if (!seed) return args.invalid();
  JavaRandom random(*seed);
  if (fits_32_bits(width)) return Value(*start + random.below(static_cast<std::int32_t>(width)));
  // More than half of all numbers are right: as Java does, draw until one is.
  for (;;) {
    const std::int64_t drawn = random.any();
    if (drawn >= *start && drawn < *end) return Value(drawn);
  }
}

constexpr Function kFunctions[] = {
    {.name = "States.MathAdd",
     .min_args = 2,
     .max_args = 2,
     .takes = {Type::Number, Type::Number},
     .gives_type = Type::Number,
     .example = "States.MathAdd(111, -1)",
     .gives = "110",
     .call = math_add},
    {.name = "States.MathRandom",
     .min_args = 2,
     .max_args = 3,
     .takes = {Type::Number, Type::Number, Type::Number},
     .gives_type = Type::Number,
     .example = "States.MathRandom(1, 100, 42)",
     .gives = "63",
     .call = math_random},
};

}  // namespace

std::span<const Function> math_functions() {
  return kFunctions;
}

}  // namespace stepglass::intrinsic
