#pragma once
// Numbers of cost reports as people read them.

#include <string>

#include "analysis/cost/prices.h"

namespace stepglass::analysis {

/// "4", "14.70", "1,000,000", "0.0031", "unbounded"; from kLargestAmount on "1e+15 or more".
std::string count_text(double number);

/// "$367.50", "$1,234,567.00", "$0.0025", "-$3.00", "unbounded".
std::string usd_text(Usd amount);

/// The same with its sign: "+$100.00".
std::string usd_change_text(Usd amount);

/// "0.2s", "2m 5s", "1d 3h", "unbounded", "1e+12 s".
std::string seconds_text(double seconds);

/// "8 %", "0.3 %".
std::string percent_text(double share);

}  // namespace stepglass::analysis
