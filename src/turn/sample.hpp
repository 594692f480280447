// Draws that all packages share, and a judge that answers a claim in the worlds of packages over them.
#pragma once
#include <functional>
#include <map>
#include <memory>

#include "entente/base/pool.hpp"
#include "entente/turn/turn.hpp"

namespace entente::turn {

// When work ends before its time, and who is called meanwhile: Options::cancel and tick.
struct Halt {
  const std::atomic<bool>* cancel = nullptr;
  const std::function<void()>* tick = nullptr;
  [[nodiscard]] bool now() const { return cancel && cancel->load(); }
  void pass() const {
    if (tick && *tick) (*tick)();
  }
};

// The numbers of every draw, and the moves with what they cost and whether they work in it.
struct Sample {
  std::size_t draws = 0, width = 0;
  std::vector<double> numbers;     // [draw][parameter]
  std::vector<std::uint8_t> good;  // [draw]
  Moves moves;                     // all levers of the situation by index; items only of those that are asked for
  [[nodiscard]] std::span<const double> at(std::size_t k) const { return {numbers.data() + k * width, width}; }
};
// `asked`: levers that get items. Nothing when cancelled.
std::optional<Sample> draw(const plan::Plan& plan, const plan::Sampling& sampling,
                           const std::vector<std::uint32_t>& asked, const Pool& pool, const Halt& halt);

// Whether one claim has the wanted truth with exactly these levers carried out. What is known is kept: the truth by the
// levers that reach the claim, and a question's cells by those that reach the question, as long as memory allows.
class Worlds {
 public:
  Worlds(const plan::Plan& plan, const plan::Composer& composer, const Sample& sample, std::size_t claim, bool to,
         const Pool& pool, const Halt& halt);
  [[nodiscard]] bool reached_by(std::uint32_t lever) const { return reached_[lever] != 0; }
  using Carry = std::vector<plan::Move>;
  // What is carried out of a package differs by draw: `works` says which of its (up to 64) moves work in a draw, and
  // `carry` what is then carried out.
  struct Plans {
    std::function<std::uint64_t(std::size_t)> works;
    std::function<Carry(std::uint64_t)> carry;
  };
  Count count(const Plans& plans, std::uint64_t most);
  // By draw, all of them: 1 where it has the wanted truth. Empty when cancelled.
  std::vector<std::uint8_t> truths(const Plans& plans);

 private:
  struct Local;   // a question in the world of the levers that reach it
  struct Column;  // the claim in the world of the levers that reach it
  using Key = std::vector<std::pair<std::uint32_t, double>>;
  Column& column(const Carry& carried);
  Local& local(std::size_t instance, const Carry& carried);
  bool judge(Column& c, std::size_t k, unsigned worker);
  const plan::Plan& plan_;
  const plan::Composer& composer_;
  const Sample& sample_;
  const std::size_t claim_;
  const bool to_;
  const Pool& pool_;
  const Halt halt_;
  std::vector<char> reached_;                      // by lever: the claim
  std::vector<char> drivers_;                      // by lever: numbers that the claim names itself
  std::vector<std::vector<char>> question_;        // by instance of the claim, by lever
  std::vector<std::vector<std::uint32_t>> cells_;  // by instance, slots that the claim reads
  std::map<Key, std::unique_ptr<Column>> columns_;
  std::vector<std::map<Key, std::unique_ptr<Local>>> locals_;
  std::size_t kept_ = 0;  // bytes
  struct Worker {
    std::unique_ptr<plan::Workspace> workspace;
    std::vector<double> numbers;
  };
  std::vector<Worker> workers_;
  std::vector<std::uint32_t> order_;  // draws, those first in which packages failed before
  std::vector<std::uint32_t> failed_;
  std::size_t counted_ = 0;

 public:
  ~Worlds();
};

// One side's packages.
class Sided final : public Judge {
 public:
  Sided(Worlds& worlds, const Moves& moves) : worlds_(worlds), moves_(moves) {}
  Count count(const Package& p, std::uint64_t most) override;
  std::vector<std::uint8_t> truths(const Package& p);

 private:
  Worlds& worlds_;
  const Moves& moves_;
};

[[nodiscard]] std::vector<plan::Move> moves_of(const Moves& m, const Package& p);
[[nodiscard]] Worlds::Plans plans_of(const Moves& m, const Package& p);

std::optional<Box> failing_box(const plan::Plan& plan, std::size_t claim, const Sample& sample, const Moves& moves,
                               const Package& p, const std::vector<std::uint8_t>& truths);

}  // namespace entente::turn
