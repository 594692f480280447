// What the register of questions calls: one maker for each kind.
#pragma once
#include <memory>

#include "entente/ask/question.hpp"

namespace entente::ask {

[[nodiscard]] std::unique_ptr<Model> compile_leverage(const situation::Situation& s,
                                                      const situation::LeverageQuestion& q);
[[nodiscard]] std::unique_ptr<Model> compile_mandate(const situation::Situation& s,
                                                     const situation::MandateQuestion& q);

[[nodiscard]] std::unique_ptr<Model> compile_align(const situation::Situation& s, const situation::AlignQuestion& q);
[[nodiscard]] std::unique_ptr<Model> compile_parting(const situation::Situation& s,
                                                     const situation::PartingQuestion& q);
[[nodiscard]] std::unique_ptr<Model> compile_balance(const situation::Situation& s,
                                                     const situation::BalanceQuestion& q);
[[nodiscard]] std::unique_ptr<Model> compile_supply(const situation::Situation& s, const situation::SupplyQuestion& q);
[[nodiscard]] std::unique_ptr<Model> compile_signal(const situation::Situation& s, const situation::SignalQuestion& q);
[[nodiscard]] std::unique_ptr<Model> compile_choice(const situation::Situation& s, const situation::ChoiceQuestion& q);
[[nodiscard]] std::unique_ptr<Model> compile_pressure(const situation::Situation& s,
                                                      const situation::PressureQuestion& q);

}  // namespace entente::ask
