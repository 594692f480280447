// The page of the nine claims is filled by a run, and a run that says otherwise is noticed.
#include "pages/claims_page.hpp"

#include <gtest/gtest.h>

namespace pages = entente::pages;

namespace {

std::string run(const std::string& probability, const std::string& middle, const std::string& turn = "66.05",
                const std::string& draws = "1000") {
  const double n = std::stod(draws), yes = std::stod(probability) * n;
  return R"j({"draws": )j" + draws + R"j(, "seed": 1, "claims": {"zone": {"implied": null, "probability": )j" +
         probability + R"j(, "low": )j" + probability + R"j(, "high": )j" + probability +
         R"j(, "bracket": false, "words": "likely (55-80 %)", "yes": )j" + std::to_string(yes) + R"j(, "no": )j" +
         std::to_string(n - yes) +
         R"j(, "undefined": 0, "drivers": [{"path": "drivers.brent", "unit": "USD/bbl", "first_order": 0.31, "flips": [{"value": )j" +
         turn + R"j(}]}]}}, "quantities": {"q.price": {"q5": 90, "q50": )j" + middle +
         R"j(, "q95": 150, "unit": "USD/kcm", "undefined": 0}}})j";
}

const std::string page =
    "From <!--n--><!---->. There is a zone: <!--p zone--><!---->. It hangs on oil (<!--d zone "
    "drivers.brent--><!---->), turns at "
    "<!--f zone drivers.brent--><!---->; price <!--q q.price--><!---->. Later: <!--p later--><!---->. <!-- a remark "
    "-->\n";

TEST(ClaimsPage, IsFilled) {
  const auto f = pages::fill(page, run("0.63", "120"));
  EXPECT_EQ(
      f.text,
      "From <!--n-->1,000 draws, seed 1<!---->. There is a zone: <!--p zone-->likely (55-80 %), 0.63<!---->. It hangs "
      "on oil "
      "(<!--d zone drivers.brent-->31 %<!---->), turns at <!--f zone drivers.brent-->66.1 USD/bbl<!---->; price <!--q "
      "q.price-->120 USD/kcm (90 %: 90 to 150)<!---->. Later: <!--p later-->—<!---->. <!-- a remark -->\n");
  EXPECT_EQ(f.unknown, std::vector<std::string>{"p later"});
  EXPECT_EQ(f.numbers, 6u);
  EXPECT_EQ(pages::fill(f.text, run("0.63", "120")).text, f.text);  // once more changes nothing
  EXPECT_NE(pages::fill(page, run("1", "120")).text.find("in all 1,000 draws"), std::string::npos);
}

TEST(ClaimsPage, EveryKindOfStalenessIsFound) {
  const std::string text = pages::fill(page, run("0.63", "120", "66.05", "10000")).text;
  const auto wrong = [&](const std::string& now) { return pages::contradicted(text, now).size(); };
  EXPECT_EQ(wrong(run("0.63", "120")), 0u);
  EXPECT_EQ(wrong(run("0.66", "125")), 0u);  // within sampling
  EXPECT_EQ(wrong(run("0.75", "120")), 1u);
  EXPECT_EQ(wrong(run("1", "120")), 1u);
  EXPECT_EQ(wrong(run("0.63", "140")), 1u);
  EXPECT_EQ(wrong(run("0.63", "120", "70")), 1u);
  std::string other = run("0.63", "120");
  other.replace(other.find("zone"), 4, "none");
  EXPECT_EQ(wrong(other), 3u);                                          // the claim is gone, and with it its drivers
  EXPECT_EQ(pages::contradicted(page, run("0.63", "120")).size(), 1u);  // never filled
}

TEST(ClaimsPage, WhatIsImpliedHasASideAndNoNumber) {
  const auto implied = [](std::string run) {
    run.replace(run.find("null"), 4, "\"by assumption\"");
    return pages::fill("<!--n--><!----><!--p zone--><!---->", run).text;
  };
  const std::string yes = implied(run("1", "120")), no = implied(run("0", "120"));
  EXPECT_NE(yes.find("-->implied by the assumption, so no probability<!--"), std::string::npos) << yes;
  EXPECT_NE(no.find("-->ruled out by the assumption, so no probability<!--"), std::string::npos) << no;
  // A page that says either is stale as soon as the run has a probability.
  EXPECT_EQ(pages::contradicted(yes, run("1", "120")).size(), 1u);
  EXPECT_EQ(pages::contradicted(no, run("0", "120")).size(), 1u);
}

}  // namespace
