// The page's look. One accent, blue, always means "the claim is true"; it is told from everything else by lightness,
// too. Every text stands out from its ground by 4.5 to 1 or more, in light and in dark. Letters are the reader's own
// system's: nothing is loaded. A measure of some 70 letters; side matter beside it from 1200 px on, and above it below
// that.
#include "report/html/parts.hpp"

namespace entente::report::html {

Markup stylesheet() {
  static constexpr Literal sheet = R"css(
:root{--paper:#fffdf8;--ink:#1c1b19;--muted:#5b5750;--line:#ddd8cc;--tint:#f5f1e7;--accent:#0b5c8a;--accent-2:#a34100;
--serif:Charter,"Bitstream Charter","Iowan Old Style","Source Serif Pro",Cambria,"Noto Serif","Liberation Serif",Georgia,serif;
--sans:"Helvetica Neue",Helvetica,Arial,"Liberation Sans","Noto Sans",sans-serif;
color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#e9e7e2;--muted:#aaa69e;--line:#3a3d42;--tint:#1d2024;--accent:#74bdea;--accent-2:#f0985a}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 var(--sans);overflow-wrap:break-word}
:lang(zh){font-family:"PingFang SC","Noto Sans CJK SC","Source Han Sans SC","Noto Sans SC","Microsoft YaHei",var(--sans)}
:lang(ja){font-family:"Hiragino Sans","Noto Sans CJK JP","Noto Sans JP","Yu Gothic",Meiryo,var(--sans)}
:lang(ko){font-family:"Apple SD Gothic Neo","Noto Sans CJK KR","Noto Sans KR","Malgun Gothic",var(--sans);word-break:keep-all}
h1 :lang(zh),h3 :lang(zh){font-family:"Songti SC","Noto Serif CJK SC","Source Han Serif SC","Noto Serif SC",SimSun,var(--serif)}
h1 :lang(ja),h3 :lang(ja){font-family:"Hiragino Mincho ProN","Noto Serif CJK JP","Noto Serif JP","Yu Mincho",var(--serif)}
h1 :lang(ko),h3 :lang(ko){font-family:AppleMyungjo,"Noto Serif CJK KR","Noto Serif KR",Batang,var(--serif)}
header,.verdict,.page{max-width:46rem;margin:0 auto;padding:0 1rem}
header{padding-top:1rem}
main>.verdict h2{margin:1rem 0 .5rem}
.short{list-style:none;padding:0;display:grid;grid-template-columns:1fr;gap:0 2rem}
.short li{display:grid;grid-template-columns:5.25rem minmax(0,1fr);gap:0 .9rem;align-content:start;padding:.75rem 0;border-top:1px solid var(--line)}
.short p{margin:0;font:1rem/1.35 var(--serif)}.short .term{display:block}
.short a{text-decoration:none}.short a:hover{text-decoration:underline}
.short .dots{padding-top:.3rem}.short .none{font-size:.8125rem;line-height:1.3;color:var(--muted)}
.brand{margin:0;border-top:4px solid var(--ink);padding-top:.4rem;font-size:.8125rem;font-weight:700;letter-spacing:.02em}
h1{font:700 2.125rem/1.15 var(--serif);margin:1rem 0 .35rem;text-wrap:balance}
h2{font:700 1.5rem/1.2 var(--serif);margin:3.5rem 0 .75rem;padding-top:.6rem;border-top:2px solid var(--ink);text-wrap:balance}
h3{font:700 1.125rem/1.35 var(--serif);margin:2rem 0 .4rem}
p,ul,dl{margin:.5rem 0}
a{color:inherit;text-decoration:underline;text-decoration-color:var(--muted);text-decoration-thickness:1px;text-underline-offset:.15em}
a:hover{text-decoration-thickness:2px}
a.num{text-decoration-style:dotted}
abbr{text-decoration:none}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
code{font:.875em/1.4 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
.known,.key,.small,.confidence,.turns,.reference{color:var(--muted)}
.known{font-size:1rem}
.key,.confidence,.turns{font-size:.9375rem}
.small,.reference{font-size:.875rem}
.lead{font:1.125rem/1.5 var(--serif)}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.25rem .5rem;z-index:3}
nav ul{list-style:none;margin:1rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.9375rem}
nav button{font:inherit;font-size:.875rem;color:inherit;background:none;border:1px solid var(--muted);border-radius:3px;padding:.2rem .6rem;margin-top:.6rem;cursor:pointer}
.claim{display:grid;grid-template-columns:1fr;gap:.5rem 1.25rem;padding:1.1rem 0;border-top:1px solid var(--line)}
h4{font:700 1rem/1.35 var(--serif);margin:1.5rem 0 .4rem}
.claim h3,.claim h4{margin:0;font-weight:400}
.claim h3{font-size:1.1875rem}
.further .claim h4 .term{font-weight:700}
.further .claim .dots{max-width:6rem}
.claim+.further{margin-top:-.5rem;border-top:0}
summary h3,summary h4{display:inline;font:inherit}
summary .of{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}
.term{font-weight:700;color:var(--accent)}
.implied .term{color:var(--ink)}
.claim p{margin:.3rem 0 0}
.dots{max-width:8.5rem}
.dots.none{font-size:.8125rem;color:var(--muted);line-height:1.3}
.dots.none:not(:has(span:not(:empty))){display:none}
.foot{font-size:.8125rem;color:var(--muted)}
.foot .more{margin-left:.6rem}
.kind{font-weight:400;color:var(--muted);font-size:.9375rem;margin-left:.25rem}
.turned{margin-top:2.25rem}
.cards{display:grid;gap:.75rem;margin:1rem 0}
.card{border:1px solid var(--line);border-left:4px solid var(--ink);padding:.7rem 1rem;background:var(--tint)}
.card h4{margin:0 0 .2rem}
.card p{margin:.2rem 0}
.card .moves{list-style:none;margin:.6rem 0 0;padding:0}
.card .moves li{border-top:1px solid var(--line);padding:.5rem 0}
.nobody{border-left:4px solid var(--accent-2);padding:.1rem 0 .1rem 1rem}
.warning,.failed{border-left:3px solid var(--accent-2);padding:.1rem 0 .1rem .8rem;font-size:.9375rem}
figure{margin:1.25rem 0}
figcaption{margin-bottom:.6rem;font-size:.9375rem;line-height:1.4}
.pic-title{font-weight:700}.pic-says{color:var(--muted)}
details{margin:.75rem 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
details+details{border-top:0;margin-top:-.75rem}
summary{cursor:pointer;padding:.5rem 0;font-size:.9375rem;color:var(--ink)}
summary:hover{text-decoration:underline;text-underline-offset:.15em}
.scroll{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;font-size:.875rem;line-height:1.35;font-variant-numeric:tabular-nums lining-nums;min-width:100%}
caption{text-align:left;font-weight:700;padding:0 0 .4rem}
thead th{border-bottom:1px solid var(--ink);font-weight:400;color:var(--muted);vertical-align:bottom}
th,td{padding:.3rem .75rem .3rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
tbody th{font-weight:400}
.r{text-align:right;white-space:nowrap}
.ledger{table-layout:fixed;width:100%;margin:1rem 0}
.ledger code{display:block;color:var(--muted);font-size:.75rem}
.ledger th:nth-child(1){width:34%}.ledger th:nth-child(2){width:22%}
.bar{display:block;height:.375rem;margin:.3rem 0 .15rem;background:var(--line)}
.bar i{display:block;height:100%;background:var(--ink)}
.strip{display:block;width:10rem;height:1.125rem}.strip path{fill:none;stroke:var(--muted);stroke-width:1}.strip .mid{stroke:var(--ink);stroke-width:2}
.methods dt,.again dt{font-weight:700;margin-top:1rem}
.methods dd,.again dd{margin:0}
.again{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}.again dt{margin:0}
.tip{position:fixed;z-index:2;max-width:min(22rem,calc(100vw - 16px));background:var(--ink);color:var(--paper);font-size:.8125rem;line-height:1.4;padding:.4rem .6rem;border-radius:3px;pointer-events:none}
@media (min-width:40rem){
h1{font-size:3rem}
.claim{grid-template-columns:8.5rem minmax(0,1fr)}
.short{grid-template-columns:1fr 1fr}
.dots.none:not(:has(span:not(:empty))){display:block}
}
@media (max-width:47.99rem){
.ledger thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.ledger,.ledger tbody{display:block}
.ledger caption{display:block}
.ledger tr{display:grid;grid-template-columns:1fr 1fr;gap:.15rem .75rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.ledger th,.ledger td{border:0;padding:0;width:auto!important}
.ledger tbody th{grid-column:1/-1}
.ledger .m{grid-column:1/-1}.ledger .m:empty{display:none}
}
@media (min-width:75rem){
header,.verdict,.page{max-width:72rem}
.short{grid-template-columns:1fr 1fr 1fr}
.verdict>.key{max-width:46rem}
.page{display:grid;grid-template-columns:14rem minmax(0,46rem);gap:0 4rem}
header .known{max-width:none}
nav{position:sticky;top:0;align-self:start;padding-top:1.25rem;margin-top:2.25rem}
nav ul{display:block;margin:0;border-top:2px solid var(--ink);padding-top:.75rem}
nav li{margin-bottom:.5rem}
}
@page{size:A4;margin:18mm 16mm}
@media print{
:root{--paper:#fff;--ink:#000;--muted:#444;--line:#ccc;--tint:#f4f4f4;--accent:#0b5c8a;--accent-2:#8f3900;color-scheme:light}
body{font-size:10pt}
nav,.skip,.more,.tip{display:none!important}
header,.verdict,.page{max-width:none;padding:0;display:block}
.short{grid-template-columns:1fr 1fr}.short li{break-inside:avoid}
h1{font-size:24pt}h2{font-size:15pt;margin-top:2rem}h3{font-size:11.5pt}
h2,h3,caption,summary,figcaption{break-after:avoid}
.claim,figure,tr,dt+dd,.card{break-inside:avoid}
.claim{grid-template-columns:8.5rem minmax(0,1fr)}
.scroll{overflow:visible}
details:not([open]):not(.further){display:none}
.further::details-content{content-visibility:visible!important;height:auto!important}
.further .claim{padding:.4rem 0}.further .claim .dots{max-width:4rem}
summary{list-style:none}summary::-webkit-details-marker{display:none}
a{text-decoration:none}
table{font-size:7.5pt;overflow-wrap:anywhere}.r{white-space:normal}th,td{padding-right:.4rem}
}
)css";
  Markup out = sheet.markup();
  out += Markup::drawn(std::string(picture_style()));
  return out;
}

}  // namespace entente::report::html
