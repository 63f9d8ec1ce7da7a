/** `tail` on a real broker (mosquitto) with the messages that the gateway renders, and on an event stream. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventMessage } from '../broker/event-messages.ts';
import { deviceMessage, headMessage } from '../broker/messages.ts';
import type { Message } from '../broker/publisher.ts';
import { createTopics } from '../broker/topics.ts';
import type { EventRow } from '../store/rows.ts';
import { freePort, listens, startProgram, until, type Program } from '../testing/programs.ts';
import { startCli, type RunningCli } from './testing/run-cli.ts';

const topics = createTopics('community', 'east-garden');
const raised: EventRow = {
  ...{ seq: 7, id: 'east-garden-1-7', epoch: 1, recordedAt: 0, at: Date.UTC(2026, 0, 2, 14, 3, 12) },
  ...{ domain: 'alarm', type: 'raise', source: 'lift-3-2' },
  data: {
    ...{ prevSeq: 0, alarm: 'lift-3-2--lift-carAlarm', alarmType: 'lift.carAlarm', occurrenceId: 'o1', type: 'raise' },
    ...{ from: 'A', to: 'B', by: null, note: null, priority: 1, count: 1, drill: false, detectedAfterOutage: false },
  },
};

function rendered(row: EventRow): Message {
  const result = eventMessage(topics, row, false);
  if ('poison' in result) throw new Error(result.poison);
  return result.message;
}

let running: RunningCli | undefined;

afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended;
  running = undefined;
});

function tail(...args: string[]): RunningCli {
  running = startCli(['tail', ...args]);
  return running;
}

describe('gatehouse tail on MQTT', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tail-'));
  let port: number;
  let broker: Program;
  let publisher: MqttClient;

  async function startBroker(): Promise<void> {
    const file = join(folder, 'open.conf');
    writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
    broker = startProgram('mosquitto', ['-c', file], 'mosquitto');
    await until(() => listens(port), 'mosquitto to listen');
  }

  const publish = ({ topic, payload, retain }: Message): Promise<unknown> =>
    publisher.publishAsync(topic, payload, { retain, qos: 1 });

  beforeAll(async () => {
    port = await freePort();
  });

  beforeEach(async () => {
    await startBroker();
    publisher = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 100 });
  });

  afterEach(async () => {
    await publisher.endAsync(true);
    await broker.stop();
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  async function listening(...args: string[]): Promise<RunningCli> {
    const started = tail('--mqtt', `mqtt://127.0.0.1:${port}`, ...args);
    await started.says('connected to');
    // Connected is not yet subscribed: what it has heard once, it hears from here on.
    const probe = rendered({ ...raised, domain: 'probe', type: 'ready', data: {} });
    const timer = setInterval(() => void publish(probe), 20);
    await started.says('probe').finally(() => clearInterval(timer));
    return started;
  }

  it('prints a line with the names and the clock of the site', async () => {
    const started = await listening();
    await publish(rendered(raised));
    await started.says('22:03:12 ▲ P1 轿厢报警  3号楼2号电梯 (lift-3-2)  raised\n');
  });

  it('does without a site file where it is told the site', async () => {
    const started = await listening('--site', join(folder, 'none.yaml'), '--id', 'east-garden');
    await publish(rendered(raised));
    await started.says('▲ P1 lift.carAlarm  lift-3-2  raised\n');
  });

  it('tells of devices that are not well when it starts, and not of the others', async () => {
    const state = { since: raised.at, lastGood: raised.at };
    await publish(
      deviceMessage(topics, { ...state, device: 'genset', state: 'offline', reason: 'no answer from unit 1' }),
    );
    await publish(deviceMessage(topics, { ...state, device: 'meter-main', state: 'online', reason: 'answers' }));
    const started = await listening();
    expect(started.stdout()).toContain('○ device  发电机控制器 (genset)  offline: no answer from unit 1');
    expect(started.stdout()).not.toContain('meter-main');
  });

  it('prints messages as they are', async () => {
    const started = await listening('--json');
    await publish(rendered(raised));
    await started.says('lift-3-2--lift-carAlarm');
    const last = started.stdout().trimEnd().split('\n').map((line) => JSON.parse(line) as object).at(-1); // prettier-ignore
    expect(last).toMatchObject({
      topic: topics.alarmEvent,
      retained: false,
      payload: { type: 'gatehouse.alarm.raise', seq: 7 },
    });
  });

  it('comes back after the broker has been away, and says both once', async () => {
    const started = await listening('--silence', '1');
    await broker.stop();
    await started.says('trying again');
    // By then it has tried more than once.
    await started.says('nothing was heard for 5 s');
    await startBroker();
    await until(() => started.stderr().split('connected to mqtt').length === 3, 'tail to connect again');
    expect(started.stderr().split('trying again')).toHaveLength(2);
  });

  it('says when nothing is heard', async () => {
    const started = tail('--mqtt', `mqtt://127.0.0.1:${port}`, '--silence', '1');
    await started.says('nothing was heard for 2 s');
  });

  it('takes a quiet gateway for what it is by its heads, and does not show them', async () => {
    const started = await listening('--json', '--silence', '2');
    const head = headMessage(topics, { epoch: 1, seq: 7, nonNormal: 0, stateHash: '0'.repeat(16), at: 0 });
    const silences = (): number => started.stderr().split('nothing was heard').length - 1;
    const before = silences();
    let heads = 0;
    const timer = setInterval(() => void publish(head).then(() => (heads += 1)), 100);
    await until(() => heads > 35, 'three seconds and a half of heads').finally(() => clearInterval(timer));
    expect(silences()).toBe(before);
    expect(started.stdout()).not.toContain(topics.alarmHead);
    await started.says('nothing was heard for 2 s: does the gateway run?');
  });

  it('ends well when it is asked to, and without a word of a connection that it has ended itself', async () => {
    const started = await listening();
    started.child.kill('SIGINT');
    const { code, stderr } = await started.ended;
    expect(stderr).not.toContain('not connected');
    expect(code).toBe(0);
  });

  it.each([
    [['--password-file', 'secret'], 'whose password?', 2],
    [['--username', 'guard', '--password-file', '/nowhere'], '/nowhere cannot be read: no such file or directory', 1],
  ])('does not go on without what %j needs', async (options, words, expected) => {
    const { code, stderr } = await tail('--mqtt', `mqtt://127.0.0.1:${port}`, ...options).ended;
    expect(stderr).toContain(words);
    expect(code).toBe(expected);
  });

  it('says that the broker does not know the user', async () => {
    const file = join(folder, 'closed.conf');
    const closed = await freePort();
    writeFileSync(file, `listener ${closed} 127.0.0.1\nallow_anonymous false\n`);
    const strict = startProgram('mosquitto', ['-c', file], 'mosquitto');
    await until(() => listens(closed), 'mosquitto to listen');
    const { code, stderr } = await tail('--mqtt', `mqtt://127.0.0.1:${closed}`).ended;
    await strict.stop();
    expect(stderr).toContain('does not let this user in');
    expect(stderr).toContain('--username');
    expect(code).toBe(1);
  });
});

describe('gatehouse tail on the API', () => {
  let server: Server;
  let origin: string;
  const asked: (string | undefined)[] = [];
  let onStream: (response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer(({ url, headers }, response) => {
      if (url !== '/api/v1/events/stream') {
        response.writeHead(404).end();
        return;
      }
      asked.push(headers['last-event-id']?.toString());
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      onStream(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const event = `id: 1:7\ndata: ${JSON.stringify({ ...raised, at: new Date(raised.at).toISOString() })}\n\n`;

  it('prints the same line, and resumes after the event that it has', async () => {
    onStream = (response) => {
      response.write(event);
      if (asked.length === 1) response.end();
    };
    const started = tail('--api', origin);
    await started.says('22:03:12 ▲ P1 轿厢报警  3号楼2号电梯 (lift-3-2)  raised\n');
    await until(() => asked.length === 2, 'tail to come back');
    expect(asked).toEqual([undefined, '1:7']);
  });

  it('takes a stream for alive by its comments', async () => {
    let beats = 0;
    onStream = (response) => {
      const timer = setInterval(() => {
        beats += 1;
        response.write(': still here\n\n');
      }, 100);
      response.on('close', () => clearInterval(timer));
    };
    const started = tail('--api', origin, '--silence', '1');
    await until(() => beats > 25, 'two seconds and a half of comments');
    expect(started.stderr()).not.toContain('nothing was heard');
    started.child.kill('SIGTERM');
    expect(await started.ended).toMatchObject({ code: 0, stderr: `connected to ${origin}\n` });
  });

  it('says that events are missing', async () => {
    onStream = (response) => response.write('id: 1:9\nevent: gap\ndata: {"oldest":10}\n\n');
    await tail('--api', origin).says('events are missing here');
  });

  it('ends where something else than a gateway answers', async () => {
    const other = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { code, stderr } = await tail('--api', `http://127.0.0.1:${(other.address() as AddressInfo).port}`).ended;
    other.closeAllConnections();
    other.close();
    expect(stderr).toContain('answers 404 and no event stream');
    expect(code).toBe(1);
  });
});
