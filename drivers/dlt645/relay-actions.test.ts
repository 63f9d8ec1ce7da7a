/** Commands of a session: sent once, valid by the meter's clock, proved by its status word. */
import { describe, expect, it } from 'vitest';
import { answerOf, byteMeter, clockItems, type ByteMeter } from './testing/byte-meter.ts';
import { MemoryLine } from './testing/memory-line.ts';
import { CLOCK, RELAY_OPEN, profileOf } from './testing/sample-profile.ts';
import { ADDRESS, asked, openSession } from './testing/sessions.ts';
import { wireFrame } from './testing/wire-frame.ts';

const SECRET = '271828';
const PROFILE = profileOf(
  [
    RELAY_OPEN,
    { key: 'relayOpenCommanded', 2007: { item: '04000503', status: 'relayCommandOpen' } },
    { key: 'powerKept', 2007: { item: '04000503', status: 'keepPower' } },
    CLOCK,
  ],
  {
    credentials: { level: '02', password: SECRET, operator: '00000007' },
    actions: [
      { key: 'tripRelay', nameZh: '拉闸', relay: 'trip' },
      { key: 'closeRelay', nameZh: '允许合闸', relay: 'closePermit' },
    ],
  },
);

function meterWith(words: string | string[]): ByteMeter {
  return byteMeter(ADDRESS, { ...clockItems('2026-12-31 23:58:30'), '04000503': words });
}

const lineOf = (meter: ByteMeter): MemoryLine => new MemoryLine((request) => answerOf(meter, request));

describe('a command', () => {
  it('is valid for five minutes by the clock of the meter, and proved by the status word', async () => {
    const meter = meterWith('5000');
    const line = lineOf(meter);
    const { seen } = await openSession(PROFILE).execute({ action: 'tripRelay' }, line);
    // Level, password, operator, trip, 00, and until when: 2027-01-01 00:03:30, the lowest first.
    expect(meter.commands).toEqual(['02' + '281827' + '07000000' + '1a00' + '300300010127']);
    expect(seen).toEqual([
      { point: 'relayOpen', value: true, quality: 'good', at: line.now() },
      { point: 'relayOpenCommanded', value: true, quality: 'good', at: line.now() },
      { point: 'powerKept', value: false, quality: 'good', at: line.now() },
    ]);
    expect(line.effects).toHaveLength(1);
    expect(asked(line)[0]).toBe('04000101');
    expect(asked(line).at(-1)).toBe('04000503');
  });

  it('shows that the relay waits for the button', async () => {
    const { seen } = await openSession(PROFILE).execute({ action: 'closeRelay' }, lineOf(meterWith('1000')));
    expect(seen).toMatchObject([{ value: true }, { value: false }, {}]);
  });

  it('is not done where the meter only accepted it', async () => {
    const meter = meterWith('0000');
    await expect(openSession(PROFILE).execute({ action: 'tripRelay' }, lineOf(meter))).rejects.toMatchObject({
      code: 'unconfirmed',
    });
    expect(meter.commands).toHaveLength(1);
  });

  it('is not sent to a meter whose clock tells no time: nobody could say until when it holds', async () => {
    const meter = byteMeter(ADDRESS, { '04000101': '00000000', '04000102': '000000' });
    await expect(openSession(PROFILE).execute({ action: 'tripRelay' }, lineOf(meter))).rejects.toMatchObject({
      code: 'refused',
      message: `the clock of meter ${ADDRESS} tells no time, and a command needs one: not set (00000000)`,
    });
    expect(meter.commands).toEqual([]);
  });

  it('is none of 1997, and of a meter that is not known it is found out first', async () => {
    const old = { ...byteMeter(ADDRESS, { '9010': '00000000' }), version: '1997' as const };
    const line = lineOf(old);
    await expect(openSession(PROFILE, {}).execute({ action: 'tripRelay' }, line)).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect(line.effects).toEqual([]);
  });

  it('is refused where the profile does not have it', async () => {
    const line = lineOf(meterWith('0000'));
    for (const action of ['directClose', 'relayOpen', 'meterClock', 'broadcastTime']) {
      await expect(openSession(PROFILE).execute({ action }, line)).rejects.toMatchObject({ code: 'config' });
    }
    expect(line.sent).toEqual([]);
  });

  it('never tells its password', async () => {
    const line = new MemoryLine((request) => {
      const isRelay = request[4 + 8] === 0x1c;
      return isRelay ? wireFrame(ADDRESS, 0xdc, '04') : answerOf(meterWith('0000'), request);
    });
    const failed = await openSession(PROFILE)
      .execute({ action: 'tripRelay' }, line)
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'refused', message: expect.stringContaining('not authorised') as string });
    expect(JSON.stringify(failed) + String(failed)).not.toContain(SECRET);
    expect(line.effects).toHaveLength(1);
  });
});
