#pragma once
// match(variant, lambdas...): calls the lambda for the alternative that is there. One lambda per alternative and no
// catch-all, so that a new alternative fails to compile wherever it matters.

#include <utility>
#include <variant>

namespace stepglass {

namespace detail {
template <typename... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <typename... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;
}  // namespace detail

template <typename Variant, typename... Fs>
decltype(auto) match(Variant&& variant, Fs&&... fs) {
  return std::visit(detail::Overloaded{std::forward<Fs>(fs)...}, std::forward<Variant>(variant));
}

}  // namespace stepglass
