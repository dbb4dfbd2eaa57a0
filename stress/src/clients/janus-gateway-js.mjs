// janus-gateway-js, a client by others.
import { createRequire } from 'node:module';
import { ECHO, check, done, listedSessions, run, url, wait } from './common.mjs';

const Janus = createRequire(import.meta.url)('janus-gateway-js');

run(async () => {
  const client = new Janus.Client(url, { keepalive: 1_000 });
  const connection = await client.createConnection('one');
  const session = await connection.createSession();
  const id = session.getId();
  done('create');
  const plugin = await session.attachPlugin(ECHO);
  done('attach');
  await wait(13_000);
  check((await listedSessions()).includes(id), 'not listed, so its keepalives did not keep it alive');
  done('keepalive, and admin list_sessions');
  await plugin.detach();
  done('detach');
  await session.destroy();
  check(!(await listedSessions()).includes(id), 'still listed after destroy');
  done('destroy');
  await connection.close();
});
