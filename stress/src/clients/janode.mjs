// janode, Meetecho's client for Node.
import Janode from 'janode';
import { ECHO, adminUrl, check, done, figures, run, secret, url, wait } from './common.mjs';

run(async () => {
  const connection = await Janode.connect({ is_admin: false, address: { url } });
  const info = await connection.getInfo();
  check(info.janus === 'server_info', 'info: ' + JSON.stringify(info));
  done('info');

  // A keepalive that is not answered within half the interval counts as lost.
  const session = await connection.create(7);
  check(Number.isSafeInteger(session.id), 'session id ' + session.id);
  done('create');
  const handle = await session.attach({ id: ECHO });
  done('attach');

  // Longer than the gateway's session timeout: only the keepalives of the library keep it alive.
  await wait(13_000);
  const ack = await session.sendRequest({ janus: 'keepalive' });
  check(ack.janus === 'ack', 'keepalive: ' + JSON.stringify(ack));
  done('keepalive');

  const admin = await Janode.connect({ is_admin: true, address: { url: adminUrl, apisecret: secret } });
  const listed = (await admin.listSessions()).sessions;
  check(listed.includes(session.id), 'list_sessions: ' + listed);
  done('admin list_sessions');
  const handles = (await admin.listHandles(session.id)).handles;
  check(handles.length === 1 && handles[0] === handle.id, 'list_handles: ' + handles);
  const details = (await admin.handleInfo(session.id, handle.id)).info;
  check(details.plugin === ECHO && details.session_timeout === 12, 'handle_info: ' + JSON.stringify(details));
  done('admin list_handles and handle_info');

  const sums = await figures();
  const [live, creates, ends] = ['sessions_live', 'creates_total', 'ends_total'].map(name => sums.get('rollcall_' + name));
  check(live === 1 && creates === live + ends, `figures: ${JSON.stringify([...sums])}`);
  check(sums.get('rollcall_sessions_attached') + sums.get('rollcall_sessions_detached') === live, 'attached and detached');
  done('figures for Prometheus');

  await handle.detach();
  done('detach');
  await session.destroy();
  check(!(await admin.listSessions()).sessions.includes(session.id), 'still listed after destroy');
  done('destroy');
  await admin.close();
  await connection.close();
});
