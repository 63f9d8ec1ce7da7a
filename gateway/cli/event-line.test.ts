import { describe, expect, it } from 'vitest';
import { formatEvent, type EventNames, type LiveEvent } from './event-line.ts';
import { palette } from './text/palette.ts';

const names: EventNames = {
  site: { timezone: 'Asia/Shanghai' },
  equipment: [{ id: 'lift-3-2', nameZh: '3号楼2号电梯' }],
  devices: [{ id: 'lift-io-3', nameZh: '3号楼电梯输入模块' }, { id: 'plain' }],
  buses: [{ id: 'pump-room', nameZh: '泵房' }],
  alarms: [{ type: 'lift.carAlarm', settings: { nameZh: '轿厢报警' } }],
};

const AT = Date.UTC(2026, 0, 2, 14, 3, 12);

function line(event: Partial<LiveEvent>, coloured = false): string | null {
  const whole = { domain: 'alarm', type: 'raise', source: 'lift-3-2', at: AT, data: {}, ...event };
  return formatEvent(whole, names, palette(coloured));
}

function alarm(type: string, data: Readonly<Record<string, unknown>> = {}): string | null {
  const usual = {
    alarm: 'lift-3-2--lift-carAlarm',
    alarmType: 'lift.carAlarm',
    priority: 1,
    count: 1,
    by: null,
    note: null,
  };
  return line({ type, data: { ...usual, from: 'A', to: 'B', detectedAfterOutage: false, drill: false, ...data } });
}

describe('formatEvent of alarms', () => {
  it('says when by the clock of the site, what, where and what happened', () => {
    expect(alarm('raise')).toBe('22:03:12 ▲ P1 轿厢报警  3号楼2号电梯 (lift-3-2)  raised');
  });

  it.each([
    ['raise', { count: 2 }, 'raised, 2 times now'],
    ['raise', { detectedAfterOutage: true }, 'raised, began while nobody was looking'],
    ['raise', { drill: true }, 'raised, a drill'],
    ['raise', { to: 'H' }, 'raised while it is hidden'],
    ['raiseAgain', { count: 3 }, 'raised again, 3 times now'],
    ['ack', { by: 'duty-1', note: 'on the way', to: 'C' }, 'acknowledged by duty-1: on the way; still active'],
    ['ack', { by: 'duty-1', to: 'F' }, 'acknowledged by duty-1; to be reset'],
    ['ack', { by: 'duty-1', to: 'A' }, 'acknowledged by duty-1'],
    ['clear', { to: 'D' }, 'no longer active; to be acknowledged'],
    ['clear', { to: 'E' }, 'no longer active; to be acknowledged and reset'],
    ['clear', { to: 'A' }, 'no longer active'],
    ['reset', { by: 'duty-1', note: 'freed', to: 'A' }, 'reset by duty-1: freed'],
    ['reAlarm', {}, 'still active: announced again'],
    ['standing', { to: 'B', raisedAt: AT - 3_600_000 }, 'stands since 2026-01-02 21:03:12; to be acknowledged'],
    ['standing', { to: 'D', raisedAt: null }, 'stands; to be acknowledged'],
    ['standing', { to: 'G', raisedAt: null }, 'stands; hidden'],
    ['standing', { to: 'A', raisedAt: null }, 'normal again'],
    ['escalate', { escalation: 2 }, 'nobody has acknowledged it: level 2'],
    ['shelve', { by: 'duty-1', note: 'valve on order' }, 'shelved by duty-1: valve on order'],
    ['unshelve', { to: 'B' }, 'shown again'],
    ['suppress', { note: 'line-1--bus-offline' }, 'hidden: line-1--bus-offline explains it'],
    [
      'unsuppress',
      { note: 'line-1--bus-offline', to: 'D' },
      'shown again: line-1--bus-offline is over; to be acknowledged',
    ],
    ['unsuppress', { note: 'line-1--bus-offline', to: 'A' }, 'no longer explained: line-1--bus-offline is over'],
    [
      'unsuppress',
      { note: 'line-1--bus-offline', to: 'H' },
      'no longer explained: line-1--bus-offline is over; still hidden',
    ],
    ['removeFromService', { by: 'wang', note: 'permit 12' }, 'taken out of service by wang: permit 12'],
    ['placeInService', { by: 'wang', to: 'B' }, 'shown again by wang'],
    ['placeInService', { by: 'wang', to: 'A' }, 'put back in service by wang'],
    ['unshelve', { by: 'duty-1', to: 'I' }, 'unshelved by duty-1; still hidden'],
  ])('words %s with %j', (type, data, words) => {
    expect(alarm(type, data)?.split('  ').at(-1)).toBe(words);
  });

  it('calls a bus by its name, too', () => {
    expect(line({ source: 'pump-room', data: { alarmType: 'bus.offline', priority: 3, to: 'B' } })).toContain(
      'bus.offline  泵房 (pump-room)  raised',
    );
  });

  it('tells two alarms of one type and one equipment apart by their channel', () => {
    expect(alarm('raise', { alarm: 'lift-3-2--lift-carAlarm--drive' })).toBe(
      '22:03:12 ▲ P1 轿厢报警 drive  3号楼2号电梯 (lift-3-2)  raised',
    );
  });

  it('shows the type where it has no name', () => {
    expect(alarm('raise', { alarmType: 'home.gas' })).toContain('P1 home.gas');
  });

  it('colours life apart from everything else', () => {
    const raised = (priority: number): string => line({ data: { alarmType: 'x', priority } }, true) ?? '';
    const starts = [1, 2, 3, 4].map((priority) => /▲.*?P\d/.exec(raised(priority))?.[0].length);
    const codes = [1, 2, 3, 4].map((priority) => raised(priority).split('▲')[0]);
    expect(new Set(codes).size).toBe(4);
    expect(starts.every((length) => length !== undefined)).toBe(true);
    expect(line({ data: { alarmType: 'x', priority: 1 } })).not.toContain('\u001b');
  });
});

describe('formatEvent of other events', () => {
  it.each<[Partial<LiveEvent>, string]>([
    [
      { domain: 'device', type: 'offline', source: 'lift-io-3', data: { reason: '3 polls in a row failed' } },
      '22:03:12 ○ device  3号楼电梯输入模块 (lift-io-3)  offline: 3 polls in a row failed',
    ],
    [{ domain: 'device', type: 'online', source: 'plain' }, '22:03:12 ● device  plain  online'],
    [
      { domain: 'device', type: 'settingsLost', source: 'plain', data: { en: 'it has forgotten its settings' } },
      '22:03:12 ! device  plain  it has forgotten its settings',
    ],
    [
      { domain: 'device', type: 'degraded', source: 'plain', data: { reason: '1 of 3 blocks fail' } },
      '22:03:12 ◐ device  plain  answers in part: 1 of 3 blocks fail',
    ],
    [
      { domain: 'device', type: 'offline', source: 'plain', data: { reason: 'no reply', since: AT - 62_000 } },
      '22:03:12 ○ device  plain  offline: no reply, since 22:02:10',
    ],
    [
      { domain: 'device', type: 'offline', source: 'plain', data: { reason: 'no reply', since: AT - 90_000_000 } },
      '22:03:12 ○ device  plain  offline: no reply, since 2026-01-01 21:03:12',
    ],
    [
      { domain: 'device', type: 'offline', source: 'plain', data: { reason: 'no reply', since: AT - 900 } },
      '22:03:12 ○ device  plain  offline: no reply',
    ],
    [
      { domain: 'meter', type: 'clockOff', source: 'plain', data: { offS: 90, en: "the meter's clock is 90 s ahead" } },
      "22:03:12 · meter clockOff  plain  the meter's clock is 90 s ahead",
    ],
    [
      { domain: 'command', type: 'done', source: 'plain', data: { action: 'open', value: null, by: 'duty-1' } },
      '22:03:12 ✓ command open  plain  done (asked by duty-1)',
    ],
    [
      { domain: 'command', type: 'failed', source: 'plain', data: { action: 'speed', value: 50, error: 'no answer' } },
      '22:03:12 ✗ command speed 50  plain  failed: no answer',
    ],
    [
      { domain: 'command', type: 'expired', source: 'plain', data: { action: 'open' } },
      '22:03:12 ✗ command open  plain  not sent in time',
    ],
    [
      {
        domain: 'input',
        type: 'pulse',
        source: 'lift-io-3',
        data: { channel: 2, point: 'di2Count', count: 1, afterOutage: false },
      },
      '22:03:12 ∿ input 2  3号楼电梯输入模块 (lift-io-3)  counted once',
    ],
    [
      { domain: 'input', type: 'pulse', source: 'plain', data: { channel: 0, count: 3, afterOutage: true } },
      '22:03:12 ∿ input 0  plain  counted 3 times while nobody was looking',
    ],
    [
      { domain: 'alarmFlood', type: 'began', source: 'east-garden' },
      '22:03:12 ▲ flood of alarms  east-garden  more than 10 in 10 minutes: go by the groups',
    ],
    [{ domain: 'alarmFlood', type: 'ended', source: 'east-garden' }, '22:03:12 ▽ flood of alarms  east-garden  over'],
    [
      { domain: 'gateway', type: 'offline', source: '' },
      '22:03:12 ○ gateway  offline: no alarm comes until it is back',
    ],
    [
      { domain: 'door', type: 'opened', source: 'plain', data: { by: 'card' } },
      '22:03:12 · door opened  plain  {"by":"card"}',
    ],
    [{ domain: 'door', type: 'opened', source: 'plain' }, '22:03:12 · door opened  plain'],
    [
      { domain: 'shift', type: 'began', source: 'cuihu', data: { shift: 1, persons: ['li', 'wang'], by: 'li' } },
      '22:03:12 ◆ shift 1  cuihu  li, wang on duty',
    ],
    [
      { domain: 'shift', type: 'noted', source: 'cuihu', data: { shift: 1, note: 7, by: 'li' } },
      '22:03:12 · shift 1  cuihu  note 7 by li',
    ],
    [
      { domain: 'shift', type: 'signed', source: 'cuihu', data: { shift: 1, incoming: ['zhao'], by: 'li' } },
      '22:03:12 ◇ shift 1  cuihu  handed over by li; waits for zhao',
    ],
    [
      { domain: 'shift', type: 'objected', source: 'cuihu', data: { shift: 1, by: 'zhao' } },
      '22:03:12 ◇ shift 1  cuihu  zhao objects to the handover',
    ],
    [
      { domain: 'shift', type: 'handedOver', source: 'cuihu', data: { shift: 1, next: 2, persons: ['zhao'] } },
      '22:03:12 ◆ shift 1  cuihu  over; zhao on duty, shift 2',
    ],
  ])('words %j', (event, expected) => {
    expect(line(event)).toBe(expected);
  });

  it.each<Partial<LiveEvent>>([
    { domain: 'device', type: 'unknown' },
    { domain: 'command', type: 'accepted' },
    { domain: 'command', type: 'sent' },
  ])('has no line for %j', (event) => {
    expect(line(event)).toBeNull();
  });
});

describe('formatEvent of homes with zones', () => {
  const home = (type: string, data: Readonly<Record<string, unknown>>) => line({ domain: 'home', type, data });

  it.each<[type: string, data: Readonly<Record<string, unknown>>, happened: string]>([
    ['armed', { mode: 'away', by: 'li', bypassed: [], notRead: [] }, '● home  {}  armed to away by li'],
    [
      'armed',
      { mode: 'stay', by: 'li', bypassed: ['window'], notRead: ['glass'] },
      '● home  {}  armed to stay by li, not read: glass',
    ],
    ['zoneBypassed', { zone: 'window', by: 'li' }, '! home  {}  armed without window by li'],
    ['armingRefused', { by: 'keyswitch', zones: ['cellar'] }, '! home  {}  not armed by keyswitch: not closed: cellar'],
    [
      'entryBegan',
      { zone: 'door', entryS: 30, why: 'tripped' },
      '! home  {}  door was opened: an alarm in 30 s unless disarmed',
    ],
    ['entryJoined', { zone: 'hall' }, '! home  {}  hall was opened, too'],
    ['disarmed', { by: 'li', entered: [] }, '○ home  {}  disarmed by li'],
    ['disarmed', { by: 'li', entered: ['door', 'hall'] }, '○ home  {}  disarmed by li, in time after door, hall'],
    ['moved', {}, '· home moved  {}'],
  ])('%s', (type, data, happened) => {
    expect(home(type, data)).toBe(`22:03:12 ${happened.replace('{}', '3号楼2号电梯 (lift-3-2)')}`);
  });
});

describe('formatEvent of fire releases', () => {
  const fire = (type: string, data: Readonly<Record<string, unknown>>) =>
    line({ domain: 'fire', type, source: 'plain', data: { alarm: 'fire-1--fire-alarm', action: 'open', ...data } });

  it.each([
    ['releaseAsked', {}, '·', 'asked to open: fire-1--fire-alarm'],
    ['releaseAnswered', { afterMs: 3_980 }, '✓', 'open after 4.0 s'],
    ['releaseFailed', { why: 'no answer' }, '✗', 'not open, and asked again: no answer'],
    ['releaseLost', {}, '▲', 'not open any more, and asked again'],
    ['releaseEnded', {}, '·', 'over: fire-1--fire-alarm is normal again. What was opened stays open'],
  ])('%s', (type, data, symbol, happened) => {
    expect(fire(type, data)).toBe(`22:03:12 ${symbol} fire release open  plain  ${happened}`);
  });
});
