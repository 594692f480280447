// The official client library over standard input and output: what it takes for valid is judged by its own schemas, and
// structured content by the output schema of each tool.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const transport = new StdioClientTransport({
  command: process.env.ENTENTE,
  args: ['mcp', '--root', process.env.ENTENTE_MCP_ROOT],
});
const client = new Client({ name: 'entente-test', version: '1' });
await client.connect(transport);
assert.equal(client.getServerVersion().name, 'entente');

const { tools } = await client.listTools();
assert.ok(tools.length >= 10);
assert.ok(!tools.some((t) => t.name === 'entente_write'));
const call = async (name, args, options) => client.callTool({ name, arguments: args }, undefined, options);

const checked = await call('entente_check', { path: 'cable.yaml' });
assert.equal(checked.structuredContent.answer.errors, 0);
const seen = [];
const doubted = await call('entente_doubt', { path: 'cable.yaml', draws: 20000 }, { onprogress: (p) => seen.push(p) });
assert.ok(doubted.structuredContent.answer.claims.pays.probability > 0.5);
for (let i = 1; i < seen.length; ++i) assert.ok(seen[i].progress > seen[i - 1].progress);
const refused = await call('entente_doubt', { path: '../secret.yaml' });
assert.equal(refused.isError, true);
for (const name of ['entente_ask', 'entente_quantities', 'entente_report', 'entente_fields', 'entente_world'])
  assert.ok(!(await call(name, /fields|world/.test(name) ? {} : { path: 'cable.yaml' })).isError, name);
assert.ok((await call('entente_turn', { path: 'cable.yaml', claim: 'dead', draws: 100 })).structuredContent !== undefined);
await assert.rejects(call('no_such_tool', {}), /Unknown tool/);

const stop = new AbortController();
const slow = call('entente_doubt', { path: 'cable.yaml', draws: 100000 }, { signal: stop.signal });
setTimeout(() => stop.abort('enough'), 50);
await assert.rejects(slow);
await client.ping();

const { resources } = await client.listResources();
assert.ok(resources.some((r) => r.uri === 'entente://guide/for-assistants'));
assert.ok(resources.some((r) => r.uri === 'entente://situation/cable.yaml'));
for (const uri of ['entente://guide/numbers', 'entente://schema', 'entente://situation/cable.yaml'])
  assert.ok((await client.readResource({ uri })).contents[0].text.length > 100, uri);
await assert.rejects(client.readResource({ uri: 'entente://situation/../x.yaml' }), /not found/);
assert.equal((await client.listResourceTemplates()).resourceTemplates.length, 3);
const { prompts } = await client.listPrompts();
assert.deepEqual(prompts.map((p) => p.name), ['from-an-article', 'weakest-number', 'other-side']);
const p = await client.getPrompt({ name: 'other-side', arguments: { situation: 'cable.yaml', claim: 'pays' } });
assert.match(p.messages[0].content.text, /`cable.yaml`/);
const done = await client.complete({
  ref: { type: 'ref/prompt', name: 'other-side' },
  argument: { name: 'situation', value: 'ca' },
});
assert.deepEqual(done.completion.values, ['cable.yaml']);
await client.close();
console.log(`${tools.length} tools, ${resources.length} resources, ${prompts.length} prompts`);
