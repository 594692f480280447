// deal: what a link at stake is worth, and at what price.
//
// Problem. Some links of a market (a pipeline) need the consent of several actors and do not exist yet. What is each
// party's reservation price, do the limits meet, who gains what under the standard solutions, who can wait?
//
// Theory. Everything but the links at stake goes on: producers and consumers are price takers in a spatial price
// equilibrium (Samuelson 1952), existing sales keep their terms. For every set T of links at stake the equilibrium
// gives each actor's surplus U_i(T), payments over the links of T left out (they only move gain between parties). The
// game is
//   v(S) = max over T with consent(T) within S of  sum_{i in consent(T)} U_i(T) - U_i(none),  at least 0 (T = none).
// With T the set that is worth most, q its volume, s the seller, b the buyer and L_k = U_k(none) - U_k(T):
//   limit of the seller = (L_s + sum of L_k over the others whose consent T needs) / q   (they enter at their own cost)
//   limit of the buyer  = -L_b / q
// so the zone between the limits times q is exactly the joint gain, whatever the market looks like. A solution's
// payoffs x give the price limit_b - x_b / q and a fee x_k + L_k to every further party (L_k = 0 where T does not need
// its consent: what prices do to it is reported apart). Every link needs the seller and the buyer, so the game is
// monotone, superadditive and has a core.
//
// Solutions. Nash with weights among those whose consent T needs (others get nothing: they are not at the table),
// Shapley and nucleolus of v among all parties, so that an alternative route counts even if it is not built.
//
// Volume. The market decides what flows, unless the question fixes a yearly sale, as a contract with take or pay does:
// then limits of different worlds speak of the same sale, and a world in which nothing would flow still has a limit.
// What the buyer has no use for it throws away: its market's price is then 0, never below.
//
// Waiting. The contract holds for many years at one price (and one fee per unit). What a party loses in year y without
// it is its surplus from that contract in the market of year y: for the buyer -L_b(y) - price q(y), for a transit state
// its fee less its own cost, for the seller the rest. Only the market changes from year to year, so a buyer that needs
// nothing new may lose nothing, or gain by waiting. Under Nash's solution with weights from patience the ratio of two
// parties' losses in the deal's own year is that of their weights: what can surprise is another year.
//
// Cost. One equilibrium per set of links, year and world: 2^m for m links at stake; coalitions share them. The tables
// of worths have 2^n entries for n parties, n <= 10.
//
// Left out. Market power of price takers, dynamics within a year, renegotiation, other build-or-not links (not built).
#pragma once
#include "entente/ask/question.hpp"
#include "families/market/section.hpp"
