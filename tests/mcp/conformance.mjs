// The official conformance suite. It tests servers over HTTP alone, so a bridge stands between (bridge.mjs), and most of its
// scenarios ask for tools of a fixture of its own (`test_simple_text`); run are those that any server must pass, in both
// versions. What is told apart below is the bridge's, or asks for the fixture's tools.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { bridge } from './bridge.mjs';

// The suite needs a function of node 22 in a command that is not run here.
const hook = `data:text/javascript,${encodeURIComponent(`import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(\`export async function resolve(s, c, n) {
  if (s === 'fs' && c.parentURL?.includes('/conformance/')) return { shortCircuit: true,
    url: 'data:text/javascript,' + encodeURIComponent("export * from 'node:fs'; export const globSync = () => [];") };
  return n(s, c);
}\`));`)}`;

const scenarios = {
  '2025-11-25': ['server-initialize', 'ping', 'tools-list', 'completion-complete', 'resources-list', 'prompts-list'],
  '2026-07-28': ['server-stateless', 'tools-list', 'completion-complete', 'resources-list', 'prompts-list',
    'sep-2164-resource-not-found', 'caching'],
};
// What the suite says of checks that only tools of its own fixture could answer.
const fixture = /^Not testable: server does not list the diagnostic tool/;

const { url, close } = await bridge();
let passed = 0;
const failed = [];
const apart = [];
for (const [version, names] of Object.entries(scenarios))
  for (const name of names) {
    const folder = `results-${version}-${name}`;
    rmSync(folder, { recursive: true, force: true });
    const run = spawn(process.execPath, ['--import', hook, 'node_modules/@modelcontextprotocol/conformance/dist/index.js',
      'server', '--url', url, '--scenario', name, '--spec-version', version, '--output-dir', folder],
      { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    run.stdout.on('data', (d) => (said += d));
    run.stderr.on('data', (d) => (said += d));
    await new Promise((resolve) => run.on('exit', resolve));
    let checks = [];
    try {
      const file = readdirSync(folder, { recursive: true }).find((f) => f.endsWith('checks.json'));
      checks = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
    } catch {
      failed.push(`${version} ${name}: no result\n${said.slice(-2000)}`);
    }
    for (const c of checks) {
      if (c.status === 'SUCCESS') ++passed;
      else if (c.status === 'FAILURE' && fixture.test(c.errorMessage ?? '')) apart.push(`${version} ${c.id}`);
      else if (c.status === 'FAILURE') failed.push(`${version} ${name} ${c.id}: ${c.errorMessage}`);
    }
  }
close();
console.log(`${passed} checks passed, ${apart.length} apart`);
for (const a of apart) console.log(`apart (asks for the suite's own tools): ${a}`);
for (const f of failed) console.log(`FAILED ${f}`);
assert.equal(failed.length, 0);
assert.ok(passed >= 30);
process.exit(0);
