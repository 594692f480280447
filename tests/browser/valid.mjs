// What html-validate has to say of the pages in this folder.
import { HtmlValidate } from "html-validate";

const judge = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: { "no-inline-style": "off", "tel-non-breaking": "off", "no-redundant-role": "off" },
});
let faults = 0;
for (const name of ["moscow", "hostile", "no-claims", "certain", "many", "turned"]) {
  const report = await judge.validateFile(`${name}.html`);
  const messages = report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
  for (const m of messages.slice(0, 20)) console.error(`${name}.html:${m}`);
  faults += messages.length;
}
process.exit(faults ? 1 : 0);
