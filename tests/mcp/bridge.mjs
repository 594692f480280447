// Streamable HTTP in front of entente mcp, for a client that speaks nothing else. The newest version is served by one
// process for all, the version with a handshake by one process a session. Headers and statuses are the bridge's own
// business (the transport's); every message is entente's.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const key = 'io.modelcontextprotocol/protocolVersion';

class Child {
  constructor() {
    this.process = spawn(process.env.ENTENTE, ['mcp', '--root', process.env.ENTENTE_MCP_ROOT], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.open = new Map(); // our id: { id, each }
    this.last = 0;
    createInterface({ input: this.process.stdout }).on('line', (line) => this.said(JSON.parse(line)));
  }
  said(message) {
    const subscription = message.params?._meta?.['io.modelcontextprotocol/subscriptionId'];
    const entry = this.open.get(message.id ?? message.params?.progressToken ?? subscription);
    if (!entry) return;
    if (message.id !== undefined) {
      this.open.delete(message.id);
      entry.each({ ...message, id: entry.id }, true);
    } else {
      if (subscription !== undefined) message.params._meta['io.modelcontextprotocol/subscriptionId'] = entry.id;
      if (message.params?.progressToken !== undefined) message.params.progressToken = entry.token;
      entry.each(message, false);
    }
  }
  send(message, each) {
    if (message.id === undefined) return void this.process.stdin.write(JSON.stringify(message) + '\n');
    const mine = ++this.last;
    const sent = structuredClone({ ...message, id: mine });
    const token = sent.params?._meta?.progressToken;
    if (token !== undefined) sent.params._meta.progressToken = mine;
    this.open.set(mine, { id: message.id, each, token });
    this.process.stdin.write(JSON.stringify(sent) + '\n');
    return () => {
      if (!this.open.delete(mine)) return;
      const params = { requestId: mine };
      this.process.stdin.write(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params }) + '\n');
    };
  }
  end() {
    this.process.stdin.end();
  }
}

export function bridge() {
  const stateless = new Child();
  const sessions = new Map();
  const answer = (response, status, body, headers = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const session = sessions.get(request.headers['mcp-session-id']);
    if (request.method === 'DELETE' && session) {
      session.end();
      sessions.delete(request.headers['mcp-session-id']);
      return answer(response, 200);
    }
    if (request.method !== 'POST') return answer(response, 405);
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return answer(response, 400, { jsonrpc: '2.0', error: { code: -32700, message: 'Parse error' } });
    }
    const version = message.params?._meta?.[key];
    const header = request.headers['mcp-protocol-version'];
    const mismatch = (what) =>
      answer(response, 400, { jsonrpc: '2.0', id: message.id, error: { code: -32020, message: `Header mismatch: ${what}` } });
    if (!session && version !== undefined) {
      if (header !== version) return mismatch('MCP-Protocol-Version');
      if (request.headers['mcp-method'] !== message.method) return mismatch('Mcp-Method');
    }
    let child = session ?? stateless;
    const headers = {};
    if (!session && message.method === 'initialize' && version === undefined && header !== '2026-07-28') {
      const id = randomUUID();
      child = new Child();
      sessions.set(id, child);
      headers['mcp-session-id'] = id;
    }
    if (message.id === undefined) {
      child.send(message);
      return answer(response, 202, undefined, headers);
    }
    const streams = ['tools/call', 'subscriptions/listen'].includes(message.method);
    let begun = false;
    const stop = child.send(message, (m, last) => {
      if (!streams || (last && !begun)) {
        const code = m.error?.code;
        const status = session || headers['mcp-session-id'] ? 200
          : code === -32601 ? 404 : code === undefined ? 200 : 400;
        return answer(response, status, m, headers);
      }
      if (!begun) response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
      begun = true;
      response.write(`event: message\ndata: ${JSON.stringify(m)}\n\n`);
      if (last) response.end();
    });
    response.on('close', () => stop());
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}/mcp`,
        close() {
          server.closeAllConnections();
          server.close();
          stateless.end();
          for (const s of sessions.values()) s.end();
        },
      }),
    ),
  );
}
