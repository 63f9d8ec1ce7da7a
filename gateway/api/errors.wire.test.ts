import type { InjectOptions } from 'fastify';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecisionAnswer } from '../alarms/decide.ts';
import { ERRORS, type ErrorCode } from './errors.ts';
import { OF_BILLING, OF_READINGS } from './metering-errors.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';
import { CAR_ALARM, LIFT_FAULT } from './testing/site.ts';

const { SqliteError } = Database;
const get = (url: string): InjectOptions => ({ method: 'GET', url: `/api/v1${url}` });
const post = (url: string, payload: object): InjectOptions => ({ method: 'POST', url: `/api/v1${url}`, payload });
const command = (body: object, device = 'pump') => post(`/devices/${device}/commands`, { by: 'li', ...body });

/** The alarm's row as a guard has it on the screen. */
function seen({ store }: TestGateway, alarm: string) {
  const { occurrenceId, rev } = store.alarms.get(alarm) ?? { occurrenceId: '', rev: 0 };
  return { occurrenceId: occurrenceId ?? '', rev, by: 'li' };
}
const decide = (gateway: TestGateway, verb: string, alarm: string, also: object = {}) =>
  post(`/alarms/${alarm}/${verb}`, { ...seen(gateway, alarm), ...also });

/** What brings a code about. */
type Provocation = (gateway: TestGateway) => InjectOptions | Promise<InjectOptions>;

const READS: Partial<Record<ErrorCode, Provocation>> = {
  invalidRequest: () => get('/events?limit=0'),
  foreignHost: () => ({ ...get('/site'), headers: { host: 'evil.example' } }),
  crossOrigin: () => ({ ...command({ action: 'start' }), headers: { origin: 'http://evil.example' } }),
  unknownRoute: () => get('/sites'),
  unknownBus: () => get('/buses/lift'),
  unknownRegistry: () => get('/registry/versions/v1'),
  unknownDevice: () => get('/devices/pmup'),
  unknownPoint: () => get('/points/pump/freqency'),
  unknownAlarm: () => get('/alarms/lift-1--lift-carAlram'),
  unknownCommand: () => get('/commands/nobody'),
  unknownOccurrence: () => get('/alarms/occurrences/nobody/report'),
  methodNotAllowed: () => ({ method: 'DELETE', url: '/api/v1/alarms' }),
  gone: async (gateway) => {
    await gateway.events({}, {}, {});
    await gateway.store.write('outboxDone', [1, 2, 3]);
    await gateway.store.write('pruneEvents', gateway.time.now + 1, 1);
    return get('/events?after=0');
  },
  bodyTooLarge: () => command({ action: 'x'.repeat(70_000) }),
  pathTooLong: () => get(`/devices/${'x'.repeat(300)}`),
  unsupportedMediaType: () => ({ ...command({}), headers: { 'content-type': 'text/plain' } }),
};

const DECISIONS: Partial<Record<ErrorCode, Provocation>> = {
  stale: async (gateway) => {
    await gateway.contact('di0', true);
    return decide(gateway, 'acknowledge', CAR_ALARM, { rev: 0 });
  },
  notActive: async (gateway) => {
    await gateway.contact('di1', true);
    await gateway.contact('di1', false);
    const { occurrenceId, rev } = seen(gateway, LIFT_FAULT);
    await gateway.deps.decide({ verb: 'ack', alarm: LIFT_FAULT, occurrenceId, rev, by: 'li', note: null });
    return decide(gateway, 'acknowledge', LIFT_FAULT);
  },
  alreadyAcknowledged: async (gateway) => {
    await gateway.contact('di0', true);
    await gateway.deps.decide({ verb: 'ack', alarm: CAR_ALARM, ...seen(gateway, CAR_ALARM), note: null });
    return decide(gateway, 'acknowledge', CAR_ALARM);
  },
  acknowledgeFirst: async (gateway) => {
    await gateway.contact('di0', true);
    await gateway.contact('di0', false);
    return decide(gateway, 'reset', CAR_ALARM, { note: 'looked' });
  },
  stillActive: async (gateway) => {
    await gateway.contact('di0', true);
    return decide(gateway, 'reset', CAR_ALARM, { note: 'looked' });
  },
  notLatched: async (gateway) => {
    await gateway.contact('di1', true);
    await gateway.contact('di1', false);
    return decide(gateway, 'reset', LIFT_FAULT, { note: 'looked' });
  },
  noteRequired: async (gateway) => {
    await gateway.contact('di0', true);
    await gateway.deps.decide({ verb: 'ack', alarm: CAR_ALARM, ...seen(gateway, CAR_ALARM), note: null });
    await gateway.contact('di0', false);
    return decide(gateway, 'reset', CAR_ALARM, { note: '  ' });
  },
};

const named = (by: string) => ({ id: by, name: by, roles: ['guard'] as const });

const PEOPLE: Partial<Record<ErrorCode, Provocation>> = {
  unknownPerson: async (gateway) => {
    Object.assign(gateway.config, { people: [named('wang')] });
    await gateway.contact('di0', true);
    return decide(gateway, 'acknowledge', CAR_ALARM);
  },
  roleMissing: async (gateway) => {
    Object.assign(gateway.config, { people: [named('li')] });
    Object.assign(gateway.config.alarms[0]?.settings ?? {}, { resetRoles: ['engineer'] });
    await gateway.contact('di0', true);
    return decide(gateway, 'reset', CAR_ALARM, { note: 'looked' });
  },
};

const DRILL = { type: 'lift.fault', source: 'lift-1', by: 'li' };

const DRILLS: Partial<Record<ErrorCode, Provocation>> = {
  notNormal: async (gateway) => {
    await gateway.contact('di1', true);
    return post('/alarms/drills', DRILL);
  },
  noDrill: () => post(`/alarms/${LIFT_FAULT}/end-drill`, { by: 'li' }),
};

const HOUR_MS = 3_600_000;
const WHY = { note: 'the spare part is on order' };

/** Somebody wants to hide an alarm that is active. */
const hiding =
  (contact: 'di0' | 'di1', verb: string, alarm: string, also: object, forMs = HOUR_MS): Provocation =>
  async (gateway) => {
    await gateway.contact(contact, true);
    const until = verb === 'shelve' ? { until: new Date(gateway.time.now + forMs).toISOString() } : {};
    return decide(gateway, verb, alarm, { ...until, ...also });
  };

const HIDING: Partial<Record<ErrorCode, Provocation>> = {
  priorityOne: hiding('di0', 'shelve', CAR_ALARM, WHY),
  reasonRequired: hiding('di1', 'shelve', LIFT_FAULT, { note: ' ' }),
  tooLong: hiding('di1', 'shelve', LIFT_FAULT, WHY, 1_000 * HOUR_MS),
  notFuture: hiding('di1', 'shelve', LIFT_FAULT, WHY, -1),
  notPermitted: hiding('di0', 'remove-from-service', CAR_ALARM, { note: 'permit 12' }),
  notHidden: () => post(`/alarms/${LIFT_FAULT}/unshelve`, { by: 'li' }),
};

const COMMANDS: Partial<Record<ErrorCode, Provocation>> = {
  disabledDevice: () => command({ action: 'start' }, 'spare'),
  unknownAction: () => command({ action: 'stop' }),
  badValue: () => command({ action: 'start', value: 1 }),
  outOfRange: () => command({ action: 'frequency', value: 51 }),
  badExpiry: () => command({ action: 'start', expiresInMs: 60_000 }),
  badId: () => command({ action: 'start', commandId: 'a b' }),
  conflict: async (gateway) => {
    await gateway.deps.submitCommand({ id: 'c1', device: 'pump', action: 'start', by: 'li', via: 'api' });
    return command({ action: 'relay', value: true, commandId: 'c1' });
  },
  busy: async (gateway) => {
    for (const id of ['1', '2', '3', '4'])
      await gateway.deps.submitCommand({ id, device: 'pump', action: 'start', by: 'li', via: 'api' });
    return command({ action: 'start' });
  },
};

const CUT = { device: 'pump', action: 'cut', by: 'li', note: 'burst pipe, order 17' };
const ask = (also: object = {}) => post('/supply-requests', { ...CUT, ...also });

async function asked({ deps }: TestGateway): Promise<string> {
  const answer = await deps.supply.ask(CUT);
  return answer.ok ? answer.value.id : '';
}

const SUPPLY: Partial<Record<ErrorCode, Provocation>> = {
  needsConfirmation: () => command({ action: 'cut' }),
  supplyNotAllowed: () => ask({ device: 'spare' }),
  notSupply: () => ask({ action: 'start' }),
  supplyNoteRequired: () => ask({ note: ' ' }),
  unknownSupplyRequest: () => post('/supply-requests/nobody/confirm', { by: 'wang' }),
  secondPersonNeeded: async (gateway) => post(`/supply-requests/${await asked(gateway)}/confirm`, { by: 'li' }),
  supplyRequestOver: async (gateway) => {
    const id = await asked(gateway);
    gateway.time.now += 600_001;
    return post(`/supply-requests/${id}/confirm`, { by: 'wang' });
  },
};

async function answerTo(gateway: TestGateway, provoke: Provocation) {
  try {
    return await gateway.app.inject(await provoke(gateway));
  } finally {
    await gateway.close();
  }
}

const PROVOKED = { ...READS, ...DECISIONS, ...PEOPLE, ...DRILLS, ...HIDING, ...COMMANDS, ...SUPPLY };

describe.each(Object.entries(PROVOKED) as [ErrorCode, Provocation][])('%s', (code, provoke) => {
  it(`is answered with ${ERRORS[code].status} in the one shape`, async () => {
    const answer = await answerTo(await createGateway(), provoke);
    const body = answer.json<{ error: { code: string; message: string; details?: object } }>();
    expect(body.error.code).toBe(code);
    expect(answer.statusCode).toBe(ERRORS[code].status);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(body.error.message).not.toBe('');
    expect(Object.keys(body)).toEqual(['error']);
  });
});

describe('what only the gateway can bring about', () => {
  const refuse = (code: 'suppressed' | 'notShelvable' | 'notDrillable' | 'unstored'): Promise<DecisionAnswer> =>
    Promise.resolve({ ok: false, code, message: 'because' });

  it.each(['suppressed', 'notShelvable', 'notDrillable', 'unstored'] as const)(
    'passes on %s from the alarm engine',
    async (code) => {
      const gateway = await createGateway({ decide: () => refuse(code) });
      const answer = await answerTo(gateway, async (behind) => {
        await behind.contact('di0', true);
        return decide(behind, 'acknowledge', CAR_ALARM);
      });
      expect([answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([
        ERRORS[code].status,
        code,
      ]);
    },
  );

  it('says storeUnavailable, and when to come back, while a command cannot be written', async () => {
    const refusal = { ok: false, code: 'storeUnavailable', message: 'full' } as const;
    const answer = await answerTo(await createGateway({ submitCommand: () => Promise.resolve(refusal) }), () =>
      command({ action: 'start' }),
    );
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1']);
  });

  it.each([
    [new SqliteError('disk I/O error', 'SQLITE_IOERR_READ'), 'storeUnavailable'],
    [new TypeError('reason is not a function'), 'internal'],
  ] as const)('says no more of %s than %s', async (defect, code) => {
    const health = (): never => {
      throw defect;
    };
    const answer = await answerTo(await createGateway({ health }), () => get('/health'));
    expect(answer.json()).toEqual({ error: { code, message: ERRORS[code].meaning } });
    expect(answer.statusCode).toBe(ERRORS[code].status);
  });

  it('writes a defect into the log', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
    const health = (): never => {
      throw new TypeError('reason is not a function');
    };
    await answerTo(await createGateway({ health, log }), () => get('/health'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('reason is not a function');
  });
});

it('has a test for every code', () => {
  const elsewhere: ErrorCode[] = [
    'suppressed',
    'notShelvable',
    'notDrillable',
    'unstored',
    'storeUnavailable',
    'internal',
    'tooManyStreams',
    // fire-releases.wire.test.ts
    'heldOpen',
    // lifts.wire.test.ts
    'unknownLift',
    'noPress',
    // home-security.wire.test.ts
    'homeNotGuarded',
    'zonesNotClosed',
    'disarmFirst',
    // shifts.wire.test.ts
    ...(['unknownShift', 'unknownHandover', 'unknownNote', 'nobodyOnDuty', 'alreadyOnDuty', 'notOnDuty'] as const),
    ...(['notIncoming', 'samePerson', 'notHandedOver', 'noteNotOpen'] as const),
  ];
  // metering.wire.test.ts has those of meters and bills.
  const ofMetering = Object.keys({ ...OF_BILLING, ...OF_READINGS });
  expect([...Object.keys(PROVOKED), ...elsewhere, ...ofMetering].sort()).toEqual(Object.keys(ERRORS).sort());
});

describe('a refusal helps', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await createGateway();
    await gateway.contact('di0', true);
  });
  afterAll(() => gateway.close());
  const messageOf = async (request: InjectOptions) =>
    (await gateway.app.inject(request)).json<{ error: { message: string } }>().error.message;

  it.each([
    [get('/devices/pmup'), 'there is no device pmup (did you mean "pump"?)'],
    [get('/buses/lift'), 'there is no bus lift (did you mean "lifts"?)'],
    [get('/points/pump/freqency'), 'pump has no point freqency (did you mean "frequency"?)'],
    [get('/device'), 'there is no /api/v1/device (did you mean "/api/v1/devices"?)'],
    [
      get('/alarms/lift-1--lift-carAlarm/ack'),
      'there is no /api/v1/alarms/lift-1--lift-carAlarm/ack (did you mean "/api/v1/alarms/lift-1--lift-carAlarm/acknowledge"?)',
    ],
    [get('/events?limt=5'), 'unknown key "limt" (did you mean "limit"?)'],
    [get('/events?limit=many'), '"limit" must be a number, not "many"'],
    [get('/events?limit=5000'), '"limit" must be at most 1000, not "5000"'],
    [get('/events?limit=1&limit=2'), '"limit" must be a number, not a list'],
    [get('/events?after='), '"after" must be a number, not ""'],
    [get('/devices?state=down'), '"state" must be one of online, degraded, offline, disabled, unknown, not "down"'],
    [command({ action: 'start', valeu: 1 }), 'unknown key "valeu" (did you mean "value"?)'],
    [post('/devices/pump/commands', {}), '"action" is missing; "by" is missing'],
    [
      command({ action: 'frequency', value: [35] }),
      '"value" must be a number, true or false, text, or nothing, not a list',
    ],
    [post('/devices/pump/commands', [1]), 'the body must be a JSON object'],
    [{ method: 'POST', url: '/api/v1/devices/pump/commands' }, 'the body must be a JSON object'],
  ])('%j: %s', async (request, message) => {
    expect(await messageOf(request)).toBe(message);
  });

  it('names the methods that a path takes', async () => {
    const answer = await gateway.app.inject({ method: 'PUT', url: '/api/v1/alarms', payload: 'not json' });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it('shows the alarm as it is now to whoever decided on an older one', async () => {
    const answer = await gateway.app.inject(decide(gateway, 'acknowledge', CAR_ALARM, { occurrenceId: 'another' }));
    expect(answer.json()).toMatchObject({
      error: { code: 'stale', details: { alarm: { alarm: CAR_ALARM, letter: 'B', nameZh: '轿厢报警' } } },
    });
  });
});
