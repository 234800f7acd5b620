#pragma once
// What a rule with a check includes.

#include <fmt/format.h>

#include "analysis/rules/framework/machine_view.h"
#include "analysis/rules/framework/report.h"
#include "analysis/rules/rule.h"
#include "engine/support/text.h"
