#pragma once
// The only file that knows which Catch2 this is: version 2.13 has one header, version 3 splits it.
#include <catch2/catch.hpp>
