// What the clients' scripts share. Arguments: address, admin address, admin secret.
import parsePrometheus from 'parse-prometheus-text-format';
import WebSocket from 'ws';

export const [url, adminUrl, secret] = process.argv.slice(2);
export const ECHO = 'janus.plugin.echotest';

/** A step that was taken. The caller counts them. */
export function done(step) {
  console.log('ok ' + step);
}

export function check(condition, what) {
  if (!condition) throw new Error(what);
}

export function wait(millis) {
  return new Promise(resolve => setTimeout(resolve, millis));
}

/** The ids that the admin API lists, asked on a plain socket. */
export function listedSessions() {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(adminUrl, 'janus-admin-protocol');
    socket.on('error', reject);
    socket.on('open', () => socket.send(JSON.stringify(
      { janus: 'list_sessions', transaction: 'list', admin_secret: secret })));
    socket.on('message', data => {
      socket.close();
      resolve(JSON.parse(data).sessions);
    });
  });
}

/** What /metrics says, read by a parser that is not the gateway's: the sum of each figure by its name. */
export async function figures() {
  const response = await fetch(adminUrl.replace(/^ws/, 'http') + 'metrics');
  check(response.headers.get('content-type').startsWith('text/plain; version=0.0.4'), 'type of /metrics');
  const sums = new Map();
  for (const { name, type, help, metrics } of parsePrometheus(await response.text())) {
    check(['GAUGE', 'COUNTER'].includes(type) && help && !sums.has(name), `${name}: ${type}, ${help}`);
    check((type === 'COUNTER') === name.endsWith('_total'), `${name} is a ${type}`);
    const values = metrics.map(metric => Number(metric.value));
    check(values.length > 0 && values.every(Number.isFinite), `${name}: ${values}`);
    // The parser takes whatever stands before an equals sign.
    const labels = metrics.flatMap(metric => Object.keys(metric.labels ?? {}));
    check([name, ...labels].every(text => /^[a-z][a-z_]*$/.test(text)), `${name}: ${labels}`);
    sums.set(name, values.reduce((sum, value) => sum + value));
  }
  return sums;
}

/** Runs a script, and fails if it takes too long. */
export function run(script) {
  const late = setTimeout(() => fail(new Error('took longer than 30 s')), 30_000);
  const fail = error => {
    console.log('failed ' + (error && error.stack || error));
    process.exit(1);
  };
  process.on('unhandledRejection', fail);
  script().then(() => {
    clearTimeout(late);
    console.log('passed');
    process.exit(0);
  }, fail);
}
