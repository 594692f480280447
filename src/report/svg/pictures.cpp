// Each question's own pictures, in its order.
#include "entente/report/picture.hpp"

namespace entente::report {

std::vector<std::vector<Drawn>> pictures(const plan::Plan& plan, const doubt::Doubt*) {
  return std::vector<std::vector<Drawn>>(plan.models().size());
}

Drawn drivers(const plan::Plan&, const doubt::Doubt&, std::size_t finding) {
  return {.id = "claim-" + std::to_string(finding + 1) + "-drivers"};
}

Drawn compared(const plan::Plan&, const doubt::Doubt&, std::size_t finding) {
  return {.id = "claim-" + std::to_string(finding + 1) + "-compared"};
}

}  // namespace entente::report
