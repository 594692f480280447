// `new`: a template that runs as it stands, every part explained where it stands.
#include <filesystem>

#include "commands.hpp"
#include "entente/text/file.hpp"
#include "opened.hpp"

namespace entente::cli {
namespace {

constexpr const char* sample =
    R"(# A situation between states. This template runs as it stands: entente ask FILE, entente doubt FILE.
# Lines beginning with # are comments. Indentation carries the structure, with spaces.
entente: 1                       # version of this language
situation: A pipeline between two countries
as_of: 2025-01-01                # the day whose knowledge this is; no source may be younger

sources:                         # where numbers come from; cited with @NAME behind a number
  handbook: {title: An example handbook, publisher: Nobody, date: 2024-06-01, grade: C3}
  judgement: {title: our judgement, grade: C3}
source: judgement                # the source of every number below that names none

actors:                          # a name for short, and for people; gdp and discount rate where a question needs them
  SEL: {name: Seller, gdp: 900 to 1100 B USD/yr, discount: 8 to 12 %}
  BUY: {name: Buyer, gdp: 4000 to 5000 B USD/yr, discount: 4 to 6 %}

drivers:                         # uncertain numbers that several places share; a formula begins with =
  oil: 60 to 85 USD/bbl @handbook            # `a to b` is a 90 % interval: 5th to 95th percentile
  lng: = 0.1275 bbl/MMBtu * 35.3 MMBtu/kcm * oil

markets:
  gas:
    year: 2030
    at: the border               # one delivery point for all prices
    quantity: bcm/yr
    price: USD/kcm               # per thousand cubic metres
    producers:
      Field: {of: SEL, capacity: 40, cost: 60 to 90}
      LNG:   {open: true, capacity: 100, cost: lng}          # open: nobody's here, sells to anyone
    consumers:
      City:  {of: BUY, demand: {quantity: 50 to 70, price: 330, elasticity: -0.6 to -0.3}}
    links:
      Ships: {from: LNG, to: City, capacity: 100}
      Pipe:  {from: Field, to: City, consent: [SEL, BUY], capacity: 30,
              build: {capex: 8 to 12 B USD, life: 30 yr, rate: 7 to 11 %, paid-by: SEL}}

levers:                          # what somebody could do: numbers put in place of others
  bigger-field: {by: SEL, cost: 0.5 to 1 B USD/yr, works: 80 % chance, set: {markets.gas.producers.Field: {capacity: 60}}}
  cheaper-pipe: {by: BUY, cost: 0.1 to 0.4 B USD/yr, set: {markets.gas.links.Pipe.build.capex: 4 to 6}}   # cost: for `entente turn`

questions:
  pipe: {deal: gas, over: [Pipe], solution: nash, weights: patience, delay-years: [2030]}

claims:                          # `entente quantities FILE` lists every name that can stand here
  worthwhile: {says: The pipeline is worth building., holds: pipe.gain > 0}
  below-lng:  {says: The buyer pays less than for a ship., holds: pipe.price < lng}
  patient:    {says: Waiting costs the buyer less of its income than the seller., holds: pipe.delay.BUY.2030 < pipe.delay.SEL.2030}

news:                            # what became known after as_of, for `entente follow`; no other answer uses it
  talks: {date: 2025-03-01, says: Both say that they will build it., if: worthwhile, likely: 60 to 80 % chance, unlikely: 20 to 40 % chance, else: 30 % chance}
)";

}  // namespace

int write_template(const std::string& path, const Common& c) {
  if (path == "-") {
    print(sample);
    return ok;
  }
  std::error_code error;
  if (std::filesystem::exists(path, error))
    return complain(usage, "E0715", "`" + path + "` is there already", "choose another name; nothing was written", c);
  if (const auto done = text::write_file(path, sample); !done) return fail(done.error(), c);
  wrote(path, "written to " + path + "; try: entente ask " + path, c);
  return ok;
}

}  // namespace entente::cli
