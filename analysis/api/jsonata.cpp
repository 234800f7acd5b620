#include "analysis/api/jsonata.h"

namespace stepglass::analysis {
namespace {

class Bindings : public jsonata::Environment {
 public:
  explicit Bindings(const JsonataRequest& request) : request_(request), random_(request.seed) {}
  const Value* variable(std::string_view name) override { return request_.bindings.find(name); }
  Random& random() override { return random_; }
  std::int64_t now_ms() override { return request_.now_ms; }

 private:
  const JsonataRequest& request_;
  Random random_;
};

}  // namespace

Result<std::optional<Value>, jsonata::Error> evaluate_jsonata(const JsonataRequest& request) {
  const auto expression = jsonata::Expression::compile(request.expression, request.dialect);
  if (!expression) return expression.error();
  Bindings bindings(request);
  jsonata::Budget budget = request.budget;
  return expression->evaluate(request.data ? &*request.data : nullptr, bindings, budget);
}

}  // namespace stepglass::analysis
