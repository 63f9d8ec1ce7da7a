/** What billing and the lines' budgets go by in the profiles of DL/T 645 meters. */
import { describe, expect, it } from 'vitest';
import { dlt645 } from '../../drivers/dlt645/driver.ts';
import { parseDlt645Profile } from '../../drivers/dlt645/parse-profile.ts';
import type { Dlt645Profile } from '../../drivers/dlt645/profile.ts';
import { shippedFile, shippedIds } from './shipped.ts';

function profileOf(id: string): Dlt645Profile {
  const result = parseDlt645Profile(shippedFile(id));
  if (!result.ok) throw new Error(result.mistakes.map(({ message }) => message).join('\n'));
  return result.profile;
}

function requestsOf(profile: Dlt645Profile, knowledge: object = {}): Record<string, number> {
  const cost = { byteMs: 4.58, overheadMs: 120 };
  const setup = { device: 'm', address: '000006605518', profile, medium: 'line', cost } as const;
  const blocks = dlt645.open({ ...setup, knowledge: { ...knowledge } }).plan();
  return Object.fromEntries([...Map.groupBy(blocks, ({ poll }) => poll)].map(([poll, of]) => [poll, of.length]));
}

it('ships a meter for homes, one with three phases, and an old one', () => {
  expect(shippedIds('dlt645')).toEqual(['dlt645-1997-single-phase', 'dlt645-single-phase', 'dlt645-three-phase']);
});

describe.each(shippedIds('dlt645'))('%s', (id) => {
  const { points, commands } = profileOf(id);
  const now = points.filter(({ frozen }) => frozen === undefined);

  it('has one register of each quantity that is billed: the total and four tariffs', () => {
    for (const obis of ['1-0:1.8.0', '1-0:1.8.1', '1-0:1.8.2', '1-0:1.8.3', '1-0:1.8.4']) {
      expect([obis, now.filter((point) => point.obis === obis).length]).toEqual([obis, 1]);
    }
  });

  it('has the clock of the meter, and asks for it and for what was kept rarely', () => {
    expect(points.find(({ obis }) => obis === '0-0:1.0.0')).toMatchObject({ key: 'meterClock', clock: true });
    for (const { key, frozen, clock, poll } of points) if (frozen ?? clock) expect([key, poll]).toEqual([key, 'rare']);
  });

  it('stands in both versions where both have it: a meter may be exchanged', () => {
    for (const { key, clock, 2007: place } of now) if (!clock) expect([key, place]).not.toEqual([key, undefined]);
    expect(now.filter((point) => point['1997'] !== undefined).length).toBeGreaterThanOrEqual(10);
  });

  it('lets nothing be commanded but supplies, and that its registers be kept', () => {
    expect(commands.every(({ action, supply }) => supply === true || action === 'freezeNow')).toBe(true);
  });
});

it('closes periods with settlements and days that the meter kept itself', () => {
  const kept = profileOf('dlt645-single-phase').points.flatMap(({ frozen, obis }) =>
    frozen && obis === '1-0:1.8.0' ? [`${frozen.kind} ${frozen.ago}`] : [],
  );
  const upTo = (last: number, kind: string) => Array.from({ length: last }, (_, i) => `${kind} ${i + 1}`);
  expect(kept).toEqual([...upTo(12, 'settlement'), ...upTo(7, 'daily')]);
});

it('asks the meter of a home for seven items in each period of its registers, and an old one for eight', () => {
  expect(requestsOf(profileOf('dlt645-single-phase'))).toEqual({ slow: 7, rare: 20 });
  expect(requestsOf(profileOf('dlt645-single-phase'), { version: '1997' })).toMatchObject({ slow: 8 });
});
