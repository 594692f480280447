// What a page is looked at for, from inside; each function gives a list of faults. Put into the page by
// browser_test.cpp through the debugger, so the page's own security policy stands as it is.
const look = {
  unfold(open) {
    for (const d of document.querySelectorAll("details")) d.open = open;
  },

  // Nothing scrolls sideways; tables may, in a frame of their own.
  sideways() {
    const wide = document.documentElement.clientWidth, out = [];
    if (document.documentElement.scrollWidth <= wide) return out;
    for (const e of document.body.querySelectorAll("*"))
      if (!e.closest(".scroll") && e.getBoundingClientRect().right > wide + 1)
        out.push(`${e.tagName} ${e.className.baseVal ?? e.className} ${e.id}: ${e.textContent.slice(0, 60)}`);
    return out.length ? out.slice(0, 10) : [`${document.documentElement.scrollWidth - wide} px too wide`];
  },

  // No letters of a picture lie on others or leave it. One sweep from above: a line is compared with those that begin
  // before it ends.
  labels() {
    const out = [];
    for (const svg of document.querySelectorAll("svg")) {
      const box = svg.getBoundingClientRect();
      if (box.width === 0) continue;
      const letters = [...svg.querySelectorAll("text")].filter((t) => t.textContent.trim())
        .map((t) => [t.textContent, t.getBoundingClientRect()]).sort((a, b) => a[1].top - b[1].top);
      for (let i = 0; i < letters.length; ++i) {
        const [text, a] = letters[i];
        if (a.left < box.left - 1 || a.right > box.right + 1) out.push(`${svg.id}: "${text}" leaves the picture`);
        for (let k = i + 1; k < letters.length && letters[k][1].top < a.bottom; ++k) {
          const [other, b] = letters[k];
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - b.top;
          // Line boxes are taller than letters: a third of a line may overlap before letters touch.
          if (across > 1 && down > Math.min(a.height, b.height) / 3) out.push(`${svg.id}: "${text}" over "${other}"`);
        }
      }
    }
    return out.slice(0, 20);
  },

  // Text stands out from its ground by 4.5 to 1 (WCAG 2.1, 1.4.3; no exception for large letters).
  contrast() {
    const parse = (c) => c.match(/[\d.]+/g).map(Number), out = new Set(), known = new Map();
    const light = (c) => {
      const [r, g, b] = c.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (e) => {
      if (!e) return [255, 255, 255];
      if (!known.has(e)) {
        const c = parse(getComputedStyle(e).backgroundColor);
        known.set(e, c.length < 4 || c[3] === 1 ? c.slice(0, 3) : ground(e.parentElement));
      }
      return known.get(e);
    };
    const seen = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const e = walk.currentNode.parentElement;
      if (seen.has(e) || !walk.currentNode.textContent.trim()) continue;
      seen.add(e);
      if (e.closest("script,style,title,desc")) continue;
      const style = getComputedStyle(e), picture = e.closest("svg");
      const ink = parse(picture ? style.fill : style.color), paper = ground(picture ? picture.parentElement : e);
      const alpha = (ink.length === 4 ? ink[3] : 1) * Number(style.opacity);
      const mixed = ink.slice(0, 3).map((v, i) => alpha * v + (1 - alpha) * paper[i]);
      const [a, b] = [light(mixed), light(paper)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
      if (ratio < 4.5) out.add(`${ratio.toFixed(2)}: ${style.color} of ${e.tagName}.${e.getAttribute("class") ?? ""}`);
    }
    return [...out];
  },

  // Headings in order and one h1; ids once; links lead somewhere and have names; tables have captions and heads;
  // pictures have texts; what scrolls by itself can be reached by keyboard; a language, a title, landmarks.
  structure() {
    const out = [], ids = new Map(), all = (s) => [...document.querySelectorAll(s)];
    const named = (e) => (e.getAttribute("aria-label") ?? e.textContent).trim();
    let level = 0;
    for (const h of all("h1,h2,h3,h4,h5,h6")) {
      const now = Number(h.tagName[1]);
      if (now > level + 1) out.push(`${h.tagName} follows H${level}: ${h.textContent}`);
      if (!named(h)) out.push(`${h.tagName} ${h.id} is empty`);
      level = now;
    }
    if (all("h1").length !== 1) out.push(`${all("h1").length} h1`);
    for (const e of all("[id]")) ids.set(e.id, (ids.get(e.id) ?? 0) + 1);
    for (const [id, n] of ids) if (n > 1) out.push(`${n} x id ${id}`);
    for (const a of all('a[href^="#"]'))
      if (!ids.has(decodeURIComponent(a.getAttribute("href").slice(1)))) out.push(`no ${a.getAttribute("href")}`);
    for (const e of all("a,button,summary")) if (!named(e)) out.push(`${e.tagName} without a name`);
    for (const e of all("[aria-labelledby],[aria-describedby]"))
      for (const key of ["aria-labelledby", "aria-describedby"])
        for (const id of (e.getAttribute(key) ?? "").split(" ").filter(Boolean)) if (!ids.has(id)) out.push(`no #${id}`);
    for (const t of all("table")) {
      if (!t.caption?.textContent.trim()) out.push(`a table without a caption: ${t.textContent.slice(0, 60)}`);
      if (!t.querySelector('thead th[scope="col"]')) out.push(`a table without heads: ${t.caption?.textContent}`);
      for (const h of t.querySelectorAll("th"))
        if (!h.scope || !h.textContent.trim()) out.push(`a bad head in ${t.caption?.textContent}`);
    }
    for (const s of all("svg"))
      if (s.getAttribute("aria-hidden") !== "true" && (s.getAttribute("role") !== "img" || !s.querySelector("title,desc")))
        out.push(`${s.id}: a picture without a text`);
    for (const e of all(".scroll")) if (e.tabIndex !== 0) out.push("what scrolls cannot be reached by keyboard");
    for (const d of all("details")) if (d.firstElementChild?.tagName !== "SUMMARY") out.push("details without a summary");
    for (const l of all("ul,ol,dl"))
      for (const i of l.children) if (!["LI", "DT", "DD", "DIV"].includes(i.tagName)) out.push(`${i.tagName} in a list`);
    if (!document.documentElement.lang) out.push("no language");
    if (!document.title.trim()) out.push("no title");
    for (const [s, n] of [["main", 1], ["header", 1], ["nav", 1]])
      if (all(s).length !== n) out.push(`${all(s).length} x ${s}`);
    return [...new Set(out)].slice(0, 20);
  },

  // Names in another script have their language, and the letters of that language.
  languages() {
    const out = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = walk.currentNode.textContent, e = walk.currentNode.parentElement;
      if (e.closest("script,style,svg")) continue;
      const lang = e.closest("[lang]").lang;
      for (const [letters, languages] of [[/\p{Script=Hangul}/u, ["ko"]], [/\p{Script=Han}/u, ["zh", "ja", "ko"]],
        [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, ["ja"]], [/\p{Script=Cyrillic}/u, ["ru", "uk"]]])
        if (letters.test(text) && !languages.includes(lang)) out.push(`${lang}: ${text.slice(0, 40)}`);
    }
    for (const [lang, family] of [["zh", "CJK SC"], ["ja", "CJK JP"], ["ko", "CJK KR"]])
      for (const e of document.querySelectorAll(`[lang=${lang}]`))
        if (!getComputedStyle(e).fontFamily.includes(family)) out.push(`${e.textContent} not in letters of ${lang}`);
    return out.slice(0, 20);
  },
};
