// The report page as a browser shows it: nothing is asked of the network, nothing complains, nothing scrolls sideways, no
// two labels of a picture collide, axe-core and html-validate find nothing, in light and in dark, at three widths.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = ["moscow", "hostile", "no-claims", "certain", "many"];
const widths = [360, 768, 1440];

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
});
after(() => browser?.close());

// A page with everything that it complained of and asked for.
async function open(name, { width = 1440, scheme = "light", script = true, bypassCSP = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 }, colorScheme: scheme, javaScriptEnabled: script, bypassCSP,
  });
  const page = await context.newPage(), complaints = [], requests = [];
  page.on("console", (m) => complaints.push(`${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => complaints.push(`error: ${e}`));
  page.on("request", (r) => requests.push(r.url()));
  page.on("dialog", (d) => { complaints.push(`dialog: ${d.message()}`); d.dismiss(); });
  const address = pathToFileURL(`${name}.html`).href;
  await page.goto(address);
  return { page, complaints, requests: requests.filter((r) => r !== address && !r.startsWith("data:")), context };
}

const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));

for (const name of pages)
  describe(name, () => {
    it("neither complains nor asks the network for anything", async () => {
      for (const scheme of ["light", "dark"]) {
        const { page, complaints, requests, context } = await open(name, { scheme });
        await unfold(page);
        for (const a of (await page.locator("a.num").all()).slice(0, 3)) await a.hover();
        assert.deepEqual(complaints, []);
        assert.deepEqual(requests, []);
        await context.close();
      }
    });

    it("never scrolls sideways", async () => {
      for (const width of widths) {
        const { page, context } = await open(name, { width });
        await unfold(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wide, 0, `${width} px: ${wide} px too wide`);
        await context.close();
      }
    });

    it("reads without script", async () => {
      const { page, complaints, context } = await open(name, { script: false });
      assert.ok(await page.locator("h1").isVisible());
      assert.ok(await page.locator("#verdict").isVisible());
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it("passes axe-core in light and dark", async () => {
      // The flagship in every look; of the others one each, so that the test stays quick.
      const looks = [["light", 1440], ["dark", 360], ["dark", 1440], ["light", 360]].slice(0, name === "moscow" ? 4 : 1);
      for (const [scheme, width] of looks) {
        const { page, context } = await open(name, { width, scheme, bypassCSP: true });
          await unfold(page);
          await page.evaluate(axe);
          const found = await page.evaluate(() => axe.run({ exclude: [["svg"]] }, { resultTypes: ["violations"] }));
          const faults = found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.length} x ${v.nodes[0].html.slice(0, 160)}`);
          assert.deepEqual(faults, [], `${scheme}, ${width} px`);
          await context.close();
      }
    });

    // axe-core takes minutes over thousands of letters in pictures; their colours are few.
    it("has letters in pictures that stand out by 4.5 to 1", async () => {
      for (const scheme of ["light", "dark"]) {
        const { page, context } = await open(name, { scheme });
        const weak = await page.evaluate(() => {
          const parse = (c) => c.match(/[\d.]+/g).slice(0, 3).map(Number);
          const light = (c) => {
            const [r, g, b] = c.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const paper = light(parse(getComputedStyle(document.body).backgroundColor)), out = new Set();
          for (const t of document.querySelectorAll("svg text")) {
            const fill = getComputedStyle(t).fill, ink = light(parse(fill));
            const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
            if (ratio < 4.5) out.add(`${fill} ${ratio.toFixed(2)} ${t.getAttribute("class")}`);
          }
          return [...out];
        });
        assert.deepEqual(weak, [], scheme);
        await context.close();
      }
    });

    it("is valid HTML", async () => {
      const judge = new HtmlValidate({
        extends: ["html-validate:standard"],
        rules: { "no-inline-style": "off", "tel-non-breaking": "off", "no-redundant-role": "off" },
      });
      const report = await judge.validateFile(`${name}.html`);
      const faults = report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
      assert.deepEqual([...new Set(faults)].slice(0, 20), []);
    });

    it("has headings in order, ids once, and links that lead somewhere", async () => {
      const { page, context } = await open(name);
      const faults = await page.evaluate(() => {
        const out = [], ids = new Map();
        let level = 0;
        for (const h of document.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
          const now = Number(h.tagName[1]);
          if (now > level + 1) out.push(`${h.tagName} follows H${level}: ${h.textContent}`);
          level = now;
        }
        for (const e of document.querySelectorAll("[id]")) ids.set(e.id, (ids.get(e.id) ?? 0) + 1);
        for (const [id, n] of ids) if (n > 1) out.push(`${n} x id ${id}`);
        for (const a of document.querySelectorAll('a[href^="#"]'))
          if (!ids.has(a.getAttribute("href").slice(1))) out.push(`no ${a.getAttribute("href")}`);
        return out;
      });
      assert.deepEqual(faults, []);
      await context.close();
    });

    it("has no picture whose labels collide, and none without a text", async () => {
      for (const width of widths) {
        const { page, context } = await open(name, { width });
        await unfold(page);
        const faults = await page.evaluate(() => {
          const out = [];
          for (const svg of document.querySelectorAll("svg")) {
            const box = svg.getBoundingClientRect();
            if (box.width === 0) continue;
            if (svg.getAttribute("role") === "img" && !svg.querySelector("title,desc")) out.push(`${svg.id}: no text`);
            const boxes = [...svg.querySelectorAll("text")]
              .filter((t) => t.textContent.trim() && getComputedStyle(t).visibility !== "hidden")
              .map((t) => [t.textContent, t.getBoundingClientRect()]);
            for (const [text, a] of boxes) {
              if (a.left < box.left - 1 || a.right > box.right + 1) out.push(`${svg.id}: "${text}" leaves the picture`);
              for (const [other, b] of boxes) {
                if (a === b || text > other) continue;
                const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                // Line boxes are taller than letters: a third of a line may overlap before letters touch.
                if (across > 1 && down > Math.min(a.height, b.height) / 3) out.push(`${svg.id}: "${text}" over "${other}"`);
              }
            }
          }
          return out;
        });
        assert.deepEqual(faults.slice(0, 20), [], `${width} px`);
        await context.close();
      }
    });
  });

describe("the script", () => {
  it("folds and unfolds, and shows a number where it is pointed at", async () => {
    const { page, context } = await open("moscow");
    const button = page.getByRole("button", { name: "Unfold all" });
    await button.click();
    assert.equal(await page.locator("details:not([open])").count(), 0);
    await page.getByRole("button", { name: "Fold all" }).click();
    assert.equal(await page.locator("details[open]").count(), 0);
    const number = page.locator("a.num").first();
    await number.hover();
    assert.ok(await page.locator(".tip").isVisible());
    assert.match(await page.locator(".tip").textContent(), /:/);
    await page.keyboard.press("Escape");
    assert.ok(await page.locator(".tip").isHidden());
    await context.close();
  });

  it("leads to a folded row of the ledger", async () => {
    const { page, context } = await open("moscow");
    const id = await page.evaluate(() => document.querySelector("details tr[id]").id);
    await page.evaluate((to) => { location.hash = to; }, id);
    await page.waitForFunction((to) => document.getElementById(to).closest("details").open, id);
    await context.close();
  });
});

describe("print", () => {
  it("makes a PDF with everything unfolded", async () => {
    const { page, context } = await open("moscow");
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.length > 50_000);
    await page.emulateMedia({ media: "print" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0);
    await context.close();
  });
});
