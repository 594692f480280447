// The inspector's command line, as a person would use it to look at the server.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

const inspect = (...words) => {
  const out = execFileSync(
    process.execPath,
    ['node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', '--cli', process.env.ENTENTE, 'mcp',
      '--root', process.env.ENTENTE_MCP_ROOT, ...words],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 120000 },
  );
  return JSON.parse(out);
};
assert.ok(inspect('--method', 'tools/list').tools.length >= 10);
assert.ok(inspect('--method', 'resources/list').resources.length > 10);
assert.equal(inspect('--method', 'prompts/list').prompts.length, 3);
const checked = inspect('--method', 'tools/call', '--tool-name', 'entente_check', '--tool-arg', 'path=cable.yaml');
assert.equal(checked.structuredContent.answer.errors, 0);
console.log('lists and calls');
