// node shoot.mjs PAGE.html FOLDER: the page as pictures at three widths, in light and dark, and as a PDF.
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, folder] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const colorScheme of ["light", "dark"])
  for (const width of [360, 768, 1440]) {
    const page = await browser.newPage({ viewport: { width, height: 1000 }, colorScheme });
    await page.goto(pathToFileURL(file).href);
    await page.screenshot({ path: `${folder}/${width}-${colorScheme}.png` });
    await page.close();
  }
const page = await browser.newPage();
await page.goto(pathToFileURL(file).href);
await page.pdf({ path: `${folder}/page.pdf`, format: "A4", printBackground: true });
await browser.close();
