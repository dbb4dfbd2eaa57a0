// janus.js, the official client, written for browsers: what it needs of one is stubbed.
import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import WebSocket from 'ws';
import { ECHO, check, done, listedSessions, run, url, wait } from './common.mjs';

const sockets = [];
let polls = 0;

function counted(address, options) {
  if (options.method === 'GET') polls++;
  return fetch(address, options);
}

class Socket extends WebSocket {
  constructor(address, protocol) {
    super(address, protocol);
    sockets.push(this);
  }
}

async function load() {
  const nothing = () => {};
  globalThis.window = globalThis;
  globalThis.addEventListener = nothing;
  globalThis.document = { querySelector: () => null };
  globalThis.RTCPeerConnection = nothing;
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'node', platform: '' }, configurable: true });
  // It is an ES module in a package that does not say so.
  const require = createRequire(import.meta.url);
  const source = require.resolve('janus-gateway/npm/dist/janus.es.js');
  const module = source.replace(/\.js$/, '.mjs');
  copyFileSync(source, module);
  const Janus = (await import(pathToFileURL(module))).default;
  await new Promise(resolve => Janus.init({
    debug: false,
    callback: resolve,
    dependencies: Janus.useDefaultDependencies(
      { adapter: { browserDetails: { browser: 'node', version: 1 } }, WebSocket: Socket, fetch: counted }),
  }));
  return Janus;
}

function promised(call) {
  return new Promise((success, error) => call({ success, error: reason => error(new Error(reason)) }));
}

function connect(Janus, options) {
  const lost = {};
  lost.noticed = new Promise(resolve => { lost.notice = resolve; });
  let janus;
  const created = new Promise((resolve, reject) => {
    let isCreated = false;
    janus = new Janus({
      ...options,
      iceServers: [],
      success: () => { isCreated = true; resolve(); },
      error: reason => isCreated ? lost.notice(reason) : reject(new Error(reason)),
    });
  });
  return created.then(() => ({ janus, lost }));
}

/** Sends a message over a handle and waits for its echo. */
function echo(handle, echoes, number) {
  return new Promise((resolve, reject) => {
    echoes.next = message => message.body.number === number ? resolve() : reject(new Error(JSON.stringify(message)));
    handle.send({ message: { number }, error: reason => reject(new Error(reason)) });
  });
}

async function attach(janus) {
  const echoes = {};
  const handle = await promised(callbacks =>
    janus.attach({ plugin: ECHO, opaqueId: 'mine', onmessage: message => echoes.next(message), ...callbacks }));
  return { handle, echoes };
}

run(async () => {
  const Janus = await load();
  const { janus, lost } = await connect(Janus, { server: url, keepAlivePeriod: 1_000 });
  const id = janus.getSessionId();
  done('create');
  const { handle, echoes } = await attach(janus);
  done('attach');
  await echo(handle, echoes, 1);
  done('message and event');
  await wait(13_000);
  check((await listedSessions()).includes(id), 'not listed, so its keepalives did not keep it alive');
  done('keepalive, and admin list_sessions');

  for (let i = 2; i < 5; i++) {
    sockets.at(-1)._socket.resetAndDestroy();
    if (i === 2) await lost.noticed;
    await promised(callbacks => janus.reconnect(callbacks));
    check(janus.getSessionId() === id, 'claimed ' + janus.getSessionId() + ' instead of ' + id);
    await echo(handle, echoes, i);
  }
  done('reconnect and claim after a socket was cut, three times');
  await promised(callbacks => janus.reconnect(callbacks));
  await echo(handle, echoes, 9);
  check(sockets.at(-1).readyState === WebSocket.OPEN, 'the notice to the former socket closed the new one');
  done('claim while the former socket is open');

  await promised(callbacks => handle.detach(callbacks));
  done('detach');
  await promised(callbacks => janus.destroy(callbacks));
  check(!(await listedSessions()).includes(id), 'still listed after destroy');
  done('destroy');

  const http = url.replace(/^ws/, 'http') + 'janus';
  const polled = (await connect(Janus, { server: http })).janus;
  const other = await attach(polled);
  await echo(other.handle, other.echoes, 1);
  await promised(callbacks => polled.reconnect(callbacks));
  await echo(other.handle, other.echoes, 2);
  // From now on it polls twice at a time. A poll lasts for half of the session timeout, and may be answered late.
  polls = 0;
  await wait(9_000);
  check(polls > 0 && polls < 10, polls + ' polls in 9 s');
  await echo(other.handle, other.echoes, 3);
  await promised(callbacks => polled.destroy(callbacks));
  done('create, attach, events by long poll, reconnect and destroy over HTTP');
});
