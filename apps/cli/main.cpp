// The command line: names, options and help. What the commands do is elsewhere.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <exception>
#include <iostream>

#include "commands.hpp"
#include "entente/base/shown.hpp"
#include "entente/base/spelling.hpp"
#include "opened.hpp"

using namespace entente::cli;

namespace {

void example(CLI::App* app, const char* text) { app->footer(std::string("Example:\n  ") + text); }

// A whole number from nought on: the library takes -1 for the largest there is, and what is too large as well.
const CLI::Validator& whole() {
  static const CLI::Validator v(
      [](std::string& s) {
        const bool digits = !s.empty() && s.find_first_not_of("0123456789") == std::string::npos;
        const std::string most = std::to_string(UINT64_MAX);
        const bool fits = s.size() < most.size() || (s.size() == most.size() && s <= most);
        return digits && fits ? std::string() : "`" + s + "` is no whole number from 0 to " + most;
      },
      "", "whole");
  return v;
}

// A number that is one: neither nan nor inf, which every comparison with a bound lets pass.
const CLI::Validator& finite() {
  static const CLI::Validator v(
      [](std::string& s) {
        double x = 0;
        const auto r = std::from_chars(s.data() + s.starts_with('+'), s.data() + s.size(), x);
        const bool good = r.ec == std::errc{} && r.ptr == s.data() + s.size() && std::isfinite(x);
        return good ? std::string() : "`" + s + "` is no finite number";
      },
      "", "finite");
  return v;
}

// Of every option that takes a number with a point, here and below.
void finite_only(CLI::App& app) {
  for (auto* option : app.get_options())
    if (option->get_type_name().starts_with("FLOAT")) option->check(finite());
  for (auto* below : app.get_subcommands([](const CLI::App*) { return true; })) finite_only(*below);
}

// What the command line lacks, in the manner of every other complaint: which word, and the nearest right one.
int misused(const CLI::App& app, const CLI::ParseError& e, const std::vector<std::string>& words) {
  const Common common{.json = std::ranges::find(words, "--json") != words.end()};
  const CLI::App* at = &app;
  std::string path = "entente", unknown;
  for (const auto& word : words) {
    const auto commands = at->get_subcommands([](const CLI::App*) { return true; });
    if (commands.empty()) break;
    if (word.starts_with('-')) continue;
    const auto it = std::ranges::find(commands, word, [](const CLI::App* c) { return c->get_name(); });
    if (it == commands.end()) {
      unknown = word;
      break;
    }
    at = *it;
    path += " " + word;
  }
  std::vector<std::string> names;
  for (const auto* c : at->get_subcommands([](const CLI::App*) { return true; })) names.push_back(c->get_name());
  if (!names.empty()) {
    const std::string what = at == &app ? "command" : "kernel";
    const std::string near = entente::nearest(unknown, names);
    return complain(usage, "E0712", unknown.empty() ? "no " + what + " is given" : "`" + unknown + "` is no " + what,
                    near.empty() ? "`" + path + " --help` lists them" : "did you mean `" + near + "`?", common);
  }
  return complain(usage, "E0712", e.what(), "`" + path + " --help` lists what it takes, with an example", common);
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app{"Entente: an engine and workbench for situations between states"};
  app.set_version_flag("--version", version);
  app.require_subcommand(1);
  int code = ok;
  Common common;
  DoubtArgs draws;
  std::string path, second;
  std::vector<std::string> paths;
  MarketArgs network;
  CoalitionArgs game;
  VotingArgs votes;
  BlocsArgs sides;
  TradeArgs shocked;
  BalanceArgs dynamics;
  WedgeArgs parting;
  std::vector<std::string> limits;
  ChoiceArgs scale;
  GameArgs tree;
  RecordArgs events;
  TurnArgs moves;
  bool numbers = false, schema = false;

  const auto command = [&](CLI::App& to, const char* name, const char* says, const char* sample) {
    CLI::App* c = to.add_subcommand(name, says);
    c->add_flag("--json", common.json, "Print JSON");
    example(c, sample);
    return c;
  };
  const auto allowing = [&](CLI::App* c) {
    c->add_option("--allow", common.allow, "A folder whose files the situation may name besides its own; repeat")
        ->allow_extra_args(false);
  };
  const auto situation = [&](CLI::App* c) {
    c->add_option("situation", path, "A .yaml file, or a folder with situation.yaml")->required();
    allowing(c);
  };
  const auto sampling = [&](CLI::App* c) {
    c->add_option("--draws", draws.draws, "Number of draws; a multiple of ten for the Latin hypercube")
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{100'000'000}))
        ->capture_default_str();
    c->add_option("--seed", draws.seed, "Seed of the random numbers")->check(whole())->capture_default_str();
    c->add_option("--threads", draws.threads, "Threads; 0: as many as the machine has")
        ->check(CLI::Range(0u, 1024u))
        ->capture_default_str();
    c->add_flag("--random", draws.random, "Plain random draws instead of a Latin hypercube");
  };

  const auto force = [&](CLI::App* c) {
    c->add_flag("--force", common.force, "Write over a file that is there and was not written by this program");
  };

  auto* check_ = command(app, "check", "Read a situation and say what is wrong with it",
                         "entente check situations/moscow-2025 --numbers");
  check_->add_option("situation", path, "A .yaml file, or a folder with situation.yaml");
  allowing(check_);
  check_->add_flag("--numbers", numbers, "Every number with its distribution, unit and source");
  check_->add_flag("--strict", common.strict, "A number without a source is an error");
  check_->add_flag("--schema", schema, "Print the JSON Schema of a situation");
  bool mend = false, yes = false;
  auto* fix_ = check_->add_flag(
      "--fix", mend, "Mend what is certain (bounds, commas, dashes, semicolons, tabs), show it and ask before writing");
  check_->add_flag("--yes", yes, "With --fix: write without asking")->needs(fix_);
  fix_->excludes("--numbers")->excludes("--schema");
  check_->callback([&] {
    if (schema) code = print_schema();
    else if (mend && !path.empty()) code = fix(path, yes, common);
    else if (path.empty()) throw CLI::RequiredError("situation");
    else code = check(path, numbers, common);
  });

  auto* ask_ =
      command(app, "ask", "What follows, with every number at its median", "entente ask situations/moscow-2025");
  situation(ask_);
  ask_->add_option("names", draws.shown.only, "Claims or questions to tell whole; the first screen unless said");
  ask_->add_flag("--full", draws.shown.full, "Everything");
  ask_->callback([&] { code = ask(path, draws.shown, common); });

  auto* doubt_ = command(app, "doubt", "How sure, what drives it, what would flip it",
                         "entente doubt situations/moscow-2025 --draws 10000 --seed 1");
  situation(doubt_);
  const auto shown = [&](CLI::App* c) {
    c->add_flag("--full", draws.shown.full, "Everything: every claim whole, and the quantities");
    c->add_flag("--claims", draws.shown.claims, "Every claim on a line");
    c->add_flag("--calibrated", draws.shown.calibrated,
                "Beside each number what came true of what was told so; refused where ten events do not say it");
  };
  doubt_->add_option("claims", draws.shown.only, "Claims to tell whole; the first screen unless said");
  shown(doubt_);
  sampling(doubt_);
  doubt_->add_option("--draws-from", draws.from, "First draw of a slice")->check(whole());
  doubt_->add_option("--draws-to", draws.to, "Draw behind the last of a slice")->check(whole());
  doubt_->add_option("--save", draws.save, "Write the slice to a file for `join` instead of judging it");
  const auto judging = [&](CLI::App* c) {
    c->add_flag("--curves", draws.curves, "The share true along each driver");
    c->add_option("--total", draws.total,
                  "Draws for total-order indices of drivers and sources, interactions included; 0: none")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1'000'000}))
        ->capture_default_str();
  };
  judging(doubt_);
  const auto resuming = [&](CLI::App* c) {
    c->add_option("--resume", draws.resume,
                  "A folder that keeps what is drawn: a run that was killed goes on from there");
  };
  resuming(doubt_);
  force(doubt_);
  doubt_->add_flag("--quiet", common.quiet, "No progress");
  std::vector<std::string> of;
  auto* of_ =
      doubt_->add_option("--of", of, "A driver or a quantity: its mean and quantiles in place of claims; repeat");
  of_->allow_extra_args(false);
  for (const char* other : {"--save", "--curves", "--total", "--claims", "--full"}) of_->excludes(other);
  std::vector<std::string> conditions;
  auto* given_ = doubt_->add_option("--given", conditions,
                                    "A condition, such as \"brent < 60 USD/bbl\": the claims where it holds; repeat");
  given_->allow_extra_args(false);
  for (const char* other :
       {"--of", "--save", "--draws-from", "--draws-to", "--curves", "--total", "--claims", "--full", "--calibrated"})
    given_->excludes(other);
  doubt_->callback([&] {
    code = !conditions.empty() ? given(path, conditions, draws, common)
           : of.empty()        ? doubt(path, draws, common)
                               : spread(path, of, draws, common);
  });

  auto* follow_ = command(app, "follow", "The claims through what became known after the situation's day",
                          "entente follow situations/moscow-2025");
  situation(follow_);
  follow_->add_option("claims", draws.shown.only, "Claims to follow; those that stand for themselves unless said");
  sampling(follow_);
  resuming(follow_);
  follow_->add_flag("--quiet", common.quiet, "No progress");
  follow_->callback([&] { code = follow(path, draws, common); });

  auto* turn_ = command(app, "turn", "What it would take: the cheapest package of levers that makes a claim true",
                        "entente turn situations/moscow-2025 supply-payments --by USA");
  situation(turn_);
  turn_->add_option("claim", moves.claim,
                    "The claim; without one, each that stands for itself, turned to what it is not");
  turn_->add_option("--to", moves.to, "true (unless said), or false")->check(CLI::IsMember({"true", "false"}));
  turn_->add_option("--chance", moves.chance, "In how many of the draws, such as \"80 %\"")->capture_default_str();
  turn_->add_option("--by", moves.by, "Whose levers: actors or groups; anybody's unless said")->delimiter(',');
  turn_->add_option("--budget", moves.budget, "The most that it may cost, such as \"10 B USD/yr\"");
  turn_->add_option("--cost", moves.cost, "What packages are ordered by: the median, or the 95 % of the cost (worst)")
      ->check(CLI::IsMember({"median", "worst"}))
      ->capture_default_str();
  turn_->add_option("--against", moves.against, "Who answers with levers of its own");
  turn_->add_option("--answer-budget", moves.answer_budget, "The most that an answer may cost");
  turn_->add_option("--draws", moves.draws, "Number of draws; a multiple of ten for the Latin hypercube")
      ->check(CLI::Range(std::uint64_t{10}, std::uint64_t{1'000'000}))
      ->capture_default_str();
  turn_->add_option("--seed", moves.seed, "Seed of the random numbers")->check(whole())->capture_default_str();
  turn_->add_option("--threads", moves.threads, "Threads; 0: as many as the machine has")
      ->check(CLI::Range(0u, 1024u))
      ->capture_default_str();
  turn_->add_flag("--random", moves.random, "Plain random draws instead of a Latin hypercube");
  turn_->add_option("--seconds", moves.seconds, "After which the best so far is given, with its gap")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  turn_->add_flag("--quiet", common.quiet, "No progress");
  turn_->callback([&] { code = turn(path, moves, common); });

  auto* report_ = command(app, "report", "The whole answer as one page: a single HTML file, read offline",
                          "entente report situations/moscow-2025 -o moscow.html");
  situation(report_);
  report_->add_option("-o,--out", second, "Where the page goes; `-` for the terminal")->required();
  sampling(report_);
  resuming(report_);
  force(report_);
  report_->add_option("--total", draws.total, "Draws for total-order indices of drivers; 0: none")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1'000'000}))
      ->capture_default_str();
  report_->add_flag("--quiet", common.quiet, "No progress");
  report_->add_flag("--turn", draws.turn, "Who could turn each claim, too, by at most 2,000 draws: takes longer");
  report_->callback([&] { code = report(path, second, draws, common); });

  auto* join_ =
      command(app, "join", "Judge slices of one run as if they had been drawn together", "entente join part-1 part-2");
  join_->add_option("parts", paths, "Files written by `doubt --save`")->required();
  join_->add_option("--threads", draws.threads, "Threads; 0: as many as the machine has");
  join_->add_option("--situation", draws.situation, "The situation, where it is not any more where the slices say");
  allowing(join_);
  judging(join_);
  shown(join_);
  join_->callback([&] { code = join(paths, draws, common); });

  auto* explain_ =
      command(app, "explain", "How a quantity, a claim or a number came about, from the text to the answer",
              "entente explain situations/moscow-2025 pos2.limit.RUS");
  situation(explain_);
  explain_
      ->add_option(
          "name", second,
          "A name that `quantities` lists, also `NAME with LEVER` or `NAME without ACTOR`; a claim; a path that "
          "`check --numbers` lists")
      ->required();
  explain_->callback([&] { code = explain(path, second, common); });

  auto* quantities_ =
      command(app, "quantities", "Every quantity that a claim can use", "entente quantities situations/moscow-2025");
  situation(quantities_);
  quantities_->callback([&] { code = quantities(path, common); });

  auto* diff_ = command(app, "diff", "A dissent against its base: which claims change, and through which number",
                        "entente diff situations/moscow-2025/dissents/dear-pipe.yaml");
  diff_->add_option("dissent", path, "A file with `dissents-from`")->required();
  allowing(diff_);
  sampling(diff_);
  diff_->callback([&] {
    if (diff_->count("--draws") == 0) draws.draws = 2000;
    code = diff(path, draws, common);
  });

  auto* history_ = command(app, "history", "Cases whose outcome is known: outcome against answer, and the scores",
                           "entente history situations/history/power-of-siberia-2014");
  history_->add_option("situations", paths, "Situations with outcomes; situations/history/* unless said");
  allowing(history_);
  sampling(history_);
  history_->add_option("--events", events.events, "Score every dispute or war since 1816 instead: disputes, wars")
      ->check(CLI::IsMember({"disputes", "wars"}));
  history_->add_option("--world", events.world, "The tables of states")->capture_default_str();
  history_->add_flag("--sealed", events.sealed, "With --events disputes: those of 2011 to 2014");
  history_->add_option("--weights", events.weights, "With --events: write the estimated weights to a file instead");
  history_->add_flag("--markdown", events.markdown, "With --events: the tables as the guide has them");
  history_->add_option("--calibration", events.picture, "With --events: write the curve as SVG");
  history_->callback([&] {
    events.threads = draws.threads;
    const bool alone = events.sealed || events.markdown || !events.weights.empty() || !events.picture.empty();
    if (events.events.empty() && alone)
      throw CLI::RequiresError("--sealed, --markdown, --weights and --calibration", "--events");
    if (events.sealed && events.events != "disputes") throw CLI::RequiresError("--sealed", "--events disputes");
    code = events.events.empty() ? history(paths, draws, common) : history_events(events, common);
  });

  McpArgs serving;
  auto* mcp_ =
      app.add_subcommand("mcp", "Serve an assistant: the Model Context Protocol over standard input and output");
  example(mcp_, "entente mcp --root situations");
  mcp_->add_option("--root", serving.root, "The folder below which files may be read")->capture_default_str();
  mcp_->add_flag("--write", serving.write, "New files may be written below the root");
  mcp_->add_option("--draws", serving.draws, "The most draws of one call")
      ->check(CLI::Range(std::uint64_t{10}, std::uint64_t{100'000'000}))
      ->capture_default_str();
  mcp_->add_option("--seconds", serving.seconds, "The most that one call may take")
      ->check(CLI::Range(0.1, 1e6))
      ->capture_default_str();
  mcp_->add_option("--memory", serving.memory, "The most memory of the process, in GB; the draws of one call a quarter")
      ->check(CLI::Range(0.5, 1e4))
      ->capture_default_str();
  mcp_->add_option("--threads", serving.threads, "Threads; 0: as many as the machine has")
      ->check(CLI::Range(0u, 1024u))
      ->capture_default_str();
  mcp_->callback([&] { code = mcp(serving, common); });

  auto* new_ = command(app, "new", "Write a commented template", "entente new my-situation.yaml");
  new_->add_option("file", path, "Where to; `-` for the terminal")->required();
  new_->callback([&] { code = write_template(path, common); });

  auto* solve = app.add_subcommand("solve", "Use a kernel by itself on a plain file; prints JSON");
  solve->require_subcommand(1);
  auto* market = command(*solve, "market", "A market: flows, prices, surplus; with --worths the table of coalitions",
                         "entente solve market market.yaml --worths");
  market->add_option("market", path, "A situation, or a file with just the `markets:` entry")->required();
  allowing(market);
  market->add_flag("--worths", network.worths, "The worth of every coalition of the actors, Shapley value, nucleolus");
  market->add_flag("--existing", network.existing, "Build nothing: the links that exist");
  market->add_option("--without", network.without, "Leave out actors, links, producers or consumers")->delimiter(',');
  market->callback([&] { code = solve_market(path, network, common); });
  auto* coalition = command(*solve, "coalition", "A cooperative game from a table with header mask,worth",
                            "entente solve coalition game.csv --of shapley,nucleolus,core");
  coalition->add_option("game", path, "CSV with header mask,worth, player 1 is bit 0; or the binary form")->required();
  coalition->add_option("--players", game.players, "Number of players; from the largest mask unless said")
      ->check(CLI::Range(1u, 64u));
  coalition
      ->add_option("--of", game.of,
                   "shapley, banzhaf, solidarity, weighted-shapley, owen, myerson, exact, nucleolus, prenucleolus, "
                   "core, least-core, convex, superadditive, dividends")
      ->delimiter(',');
  coalition->add_option("--unions", game.unions, "A priori unions for the Owen value, such as \"1 3 5|2 4\"");
  coalition->add_option("--links", game.links, "Who can talk to whom, for the Myerson value, such as \"1-2,2-3\"");
  coalition->add_option("--weights", game.weights, "Weights for the weighted Shapley value")->delimiter(',');
  coalition->add_option("--samples", game.samples, "Estimate from so many orders instead; needed beyond 25 players")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000'000}));
  coalition->add_option("--seed", game.seed, "Seed of the sampling")->check(whole())->capture_default_str();
  coalition->add_option("--threads", game.threads, "Threads")->check(CLI::Range(1u, 1024u))->capture_default_str();
  coalition->callback([&] { code = solve_coalition(path, game, common); });
  auto* voting = command(*solve, "voting", "Weighted voting in exact integers: winning coalitions, swings, power",
                         "entente solve voting --quota 39 --weights 7,7,7,7,7,1,1,1,1,1,1,1,1,1,1");
  voting
      ->add_option("--quota", votes.quotas,
                   "Votes needed, or a share such as 65%; repeat with --weights for several at once")
      ->required()
      ->allow_extra_args(false);
  voting->add_option("--weights", votes.weights, "Votes of every voter, comma-separated")
      ->required()
      ->allow_extra_args(false);
  voting->add_option("--veto", votes.veto, "Voters without whom nothing passes, counted from 1")->delimiter(',');
  voting->add_option("--blocking", votes.blocking,
                     "So many against are needed to block: with fewer against it passes whatever the weights");
  voting->add_option("--seconds", votes.seconds, "Give up a count of very many voters after this time")
      ->check(CLI::Range(0.001, 1e6))
      ->capture_default_str();
  voting->callback([&] { code = solve_voting(votes, common); });
  auto* trade = command(*solve, "trade", "World trade after new tariffs, costs or embargoes, by exact hat algebra",
                        "entente solve trade data/economy shock.csv --against-base");
  trade
      ->add_option("base", path,
                   "A folder with flows.csv, sectors.csv, countries.csv, production.csv, inputs.csv; world-2014 or "
                   "world-2022; or one CSV with header exporter,importer,value")
      ->required();
  trade
      ->add_option("shock", second,
                   "CSV with header sector,importer,exporter and tariff, cost, effect or productivity; * is any")
      ->required();
  trade->add_option("--elasticity", shocked.elasticity, "The trade elasticity of one table of flows")
      ->check(CLI::Range(1e-3, 1e3));
  allowing(trade);
  trade->add_flag("--against-base", shocked.against_base, "Changes from the solution without the shock");
  trade->add_flag("--flows", shocked.flows, "Trade between every two countries before and after");
  trade->add_option("--deficits", shocked.deficits, "What becomes of deficits")
      ->check(CLI::IsMember({"fixed", "scaled", "closed", "own-income"}))
      ->capture_default_str();
  trade->add_option("--tolerance", shocked.tolerance, "Largest relative violation of a condition")
      ->check(CLI::Range(1e-14, 1e-2))
      ->capture_default_str();
  trade->callback([&] { code = solve_trade(path, second, shocked, common); });
  auto* exchange = command(*solve, "exchange", "Ties that can be used so many times by each: balanced outcomes",
                           "entente solve exchange ties.csv --exchanges B=2");
  exchange->add_option("ties", path, "CSV with header a,b,value")->required();
  exchange->add_option("--exchanges", limits, "With how many partners an actor can exchange, NAME=N; 1 unless said")
      ->delimiter(',');
  exchange->callback([&] { code = solve_exchange(path, limits, common); });
  auto* wedge = command(*solve, "wedge", "The cheapest changes of ties that part two actors, or bind them",
                        "entente solve wedge ties.csv --apart RUS,CHN --moves moves.csv");
  wedge->add_option("ties", path, "CSV with header a,b,weight")->required();
  wedge->add_option("--apart", parting.apart, "The two to part, A,B")->delimiter(',');
  wedge->add_option("--together", parting.together, "The two to bind, A,B")->delimiter(',');
  wedge->add_option("--moves", parting.moves, "CSV with header a,b,min,max,cost and, if wanted, down and fixed")
      ->required();
  wedge->add_option("--sizes", parting.sizes, "CSV with header actor,size; 1 each unless said");
  wedge->add_option("--blocs", parting.blocs, "2 (at most two sides), another whole number (exactly), or free")
      ->capture_default_str();
  wedge->add_option("--margin", parting.margin, "How much better the wanted world must be, over the energy's scale")
      ->capture_default_str();
  wedge->add_option("--nodes", parting.nodes, "Most nodes of the search")->capture_default_str();
  wedge->add_flag("--proof", parting.proof, "Print the certificate");
  wedge->callback([&] { code = solve_wedge(path, parting, common); });
  auto* blocs = command(*solve, "blocs", "Who stands with whom: the best blocs of friends and foes, with proof",
                        "entente solve blocs ties.csv --sizes sizes.csv --blocs free");
  blocs->add_option("ties", path, "CSV with header a,b,weight: above 0 friends, below foes; or Pajek's .net")
      ->required();
  blocs->add_option("--sizes", sides.sizes, "CSV with header actor,size; all 1 unless said");
  blocs->add_option("--blocs", sides.blocs, "2 (one side may be empty), 3, exactly-2, at-most-3 or free")
      ->capture_default_str();
  blocs->add_option("--against", sides.against, "Two actors who stand apart, the cores of the sides, A,B")
      ->delimiter(',');
  blocs->add_option("--temperature", sides.temperature,
                    "Above 0: each pair's chance of standing together, with ties in log odds; 0: least energy alone");
  blocs->add_option("--size-exponent", sides.size_exponent, "With a temperature: the power of sizes in the energy")
      ->capture_default_str();
  blocs->add_flag("--gradient", sides.gradient, "With a temperature: each chance's slope by every tie, where exact");
  blocs->add_flag("--sampled", sides.sampled, "With a temperature: sample also where exact sums are possible");
  blocs->add_option("--error", sides.error, "With a temperature: the standard error at which sampling stops")
      ->capture_default_str();
  blocs->add_option("--seed", sides.seed, "Seed of the sampling")->check(whole())->capture_default_str();
  blocs->add_flag("--all", sides.all, "With two blocs, every local optimum and its basin too");
  blocs->add_option("--optima", sides.optima, "Most optima to list")
      ->check(CLI::Range(1u, 1'000'000u))
      ->capture_default_str();
  blocs->add_option("--seconds", sides.seconds, "Give the bound so far after this time")
      ->check(CLI::Range(0.001, 1e6))
      ->capture_default_str();
  blocs->add_option("--both", sides.both, "Arcs both ways that differ are one tie: their sum, or their mean")
      ->check(CLI::IsMember({"sum", "mean"}));
  blocs->add_option("--dot", sides.dot, "Write the answer for Graphviz here; `-` for the terminal, instead of JSON");
  blocs->add_option("--gexf", sides.gexf, "Write the answer as GEXF here; `-` for the terminal, instead of JSON");
  force(blocs);
  blocs->callback([&] { code = solve_blocs(path, sides, common); });
  auto* balance = command(*solve, "balance", "Ties that pull on one another: factions, time to divergence, effects",
                          "entente solve balance ties.csv --time 0.5");
  balance->add_option("ties", path, "CSV with header a,b,weight")->required();
  balance->add_option("--time", dynamics.share, "A share of the time to divergence, from 0 to below 1")
      ->capture_default_str();
  balance->add_option("--self", dynamics.self, "The diagonal: each actor's tie to itself")->capture_default_str();
  balance->add_option("--effects-on", dynamics.on, "A tie, A,B: what every tie does to it")->delimiter(',');
  balance->callback([&] { code = solve_balance(path, dynamics, common); });
  auto* choice = command(*solve, "choice", "Actors with positions on one scale: where they come out, and how sure",
                         "entente solve choice actors.csv --status-quo 0");
  choice->add_option("actors", path, "CSV with header actor,position,salience,capability and maybe veto")->required();
  choice->add_option("--status-quo", scale.status_quo, "What stays without a decision: bargaining and the win-set");
  choice->add_option("--lower", scale.lower, "Lower pole of the scale; the least position unless said");
  choice->add_option("--upper", scale.upper, "Upper pole of the scale; the largest position unless said");
  choice->add_option("--quota", scale.quota, "Capability that has to be in favour; more than half unless said");
  choice->add_flag("--challenge", scale.challenge, "Also the challenge model, to replicate what was published");
  choice->callback([&] { code = solve_choice(path, scale, common); });
  auto* gambit = command(*solve, "game", "A game in a file of Gambit's: equilibria, beliefs, quantal response",
                         "entente solve game beer-quiche.efg --of pure,qre --lambda 0.5,1");
  gambit->add_option("game", path, "A tree (.efg) or a table (.nfg)")->required();
  gambit->add_option("--of", tree.of, "pure, mixed, sequential, qre; all but sequential unless said")->delimiter(',');
  gambit->add_option("--lambda", tree.lambda, "Points on the branch of quantal response")
      ->delimiter(',')
      ->check(CLI::Range(0.0, 1e9));
  gambit->add_option("--seconds", tree.seconds, "Give what there is after this time, with a note for what is not")
      ->check(CLI::Range(0.001, 1e6))
      ->capture_default_str();
  gambit->callback([&] { code = solve_game(path, tree, common); });

  finite_only(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() != 0) return misused(app, e, {argv + 1, argv + argc});
    code = app.exit(e);  // --help, --version
    std::cout.flush();
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout) || !std::cout) {
    std::fputs("error[E0716]: the answer could not be written to its end\n", stderr);
    return usage;
  }
  return code;
} catch (const std::exception& e) {
  std::fprintf(stderr, "error[E0799]: the program could not go on: %s\n", entente::shown(e.what()).c_str());
  return not_solved;
}
