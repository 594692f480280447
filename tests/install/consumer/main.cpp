// A user's program: one kernel by itself, and a situation asked through the plan.
#include <entente/families/all.hpp>
#include <entente/kernel/coalition.hpp>
#include <entente/plan/answer.hpp>
#include <iostream>

int main(int, char** argv) {
  const std::vector<double> worth{0, 0, 0, 1, 0, 1, 1, 1};  // three players, any two of them get 1
  const auto kernel = entente::coalition::nucleolus(worth);
  entente::SourceMap sources;
  entente::Diagnostics complaints;
  auto read = entente::situation::load(argv[1], entente::families::all(), sources, complaints);
  if (!kernel || !read) return std::cerr << render(complaints, sources), 1;
  const auto situation = std::make_shared<const entente::situation::Situation>(std::move(*read));
  const auto plan = entente::plan::Plan::compile(situation, complaints);
  if (!plan) return std::cerr << render(complaints, sources), 1;
  const auto answer = entente::plan::answer(*plan);
  const bool good = answer.claims.at(0).truth == entente::number::Truth::yes && kernel->kohlberg;
  std::cout << answer.questions.at(0).account.headline.text() << '\n';
  return good && std::abs(kernel->payoff[0] - 1.0 / 3) < 1e-9 ? 0 : 2;
}
