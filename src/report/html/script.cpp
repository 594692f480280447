// All that the page's script does: it unfolds and folds, unfolds what a link leads into, and shows a number's row of
// the ledger where the number is pointed at. Paper gets what is unfolded, and always every claim. Without it everything
// can be read.
#include "report/html/parts.hpp"

namespace entente::report::html {

std::string_view script() {
  return R"js(
(function () {
  "use strict";
  var doc = document, folds = [].slice.call(doc.querySelectorAll("details"));
  function all(open) { folds.forEach(function (d) { d.open = open; }); }
  var nav = doc.querySelector("nav");
  if (nav && folds.length) {
    var button = doc.createElement("button");
    button.type = "button";
    button.textContent = "Unfold all";
    button.addEventListener("click", function () {
      var open = button.textContent === "Unfold all";
      all(open);
      button.textContent = open ? "Fold all" : "Unfold all";
    });
    nav.appendChild(button);
  }
  function reveal() {
    var at = location.hash && doc.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var d = at && at.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    if (at) at.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
  var closed = [];
  addEventListener("beforeprint", function () {
    closed = folds.filter(function (d) { return !d.open && d.className === "further"; });
    closed.forEach(function (d) { d.open = true; });
  });
  addEventListener("afterprint", function () { closed.forEach(function (d) { d.open = false; }); });
  var tip = doc.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "status");
  doc.body.appendChild(tip);
  function show(e) {
    var a = e.target.closest && e.target.closest("a.num");
    if (!a) { tip.hidden = true; return; }
    if (a.title) { a.dataset.tip = a.title; a.removeAttribute("title"); }
    tip.textContent = a.dataset.tip;
    tip.hidden = false;
    var box = a.getBoundingClientRect(), width = tip.offsetWidth;
    tip.style.left = Math.max(8, Math.min(box.left, innerWidth - width - 8)) + "px";
    tip.style.top = (box.bottom + 6 + tip.offsetHeight < innerHeight ? box.bottom + 6 : box.top - tip.offsetHeight - 6) + "px";
  }
  doc.addEventListener("mouseover", show);
  doc.addEventListener("focusin", show);
  addEventListener("scroll", function () { tip.hidden = true; }, { passive: true });
  addEventListener("keydown", function (e) { if (e.key === "Escape") tip.hidden = true; });
})();
)js";
}

}  // namespace entente::report::html
