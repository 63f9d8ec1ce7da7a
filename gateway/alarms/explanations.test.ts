/** Which alarms hide which, as the engine does it: the feeder explains the bus, the bus its devices. */
import { beforeEach, describe, expect, it } from 'vitest';
import { House } from './testing/house.ts';
import { carAlarm, definition, OFFLINE, offline, reading } from './testing/site.ts';
import type { AlarmDefinition } from './types.ts';

const BUS = 'line-1--bus-offline';
const FEEDER = 'power-main--power-loss';
const HOLD_MS = 120_000;
const when = (point: string) =>
  ({ kind: 'points', tests: [{ point, kind: 'in', values: [true] }], pulse: null }) as const;
const busOffline = definition('line-1', 'bus.offline', when('offline'), { onDelayMs: 30_000 }, 'bus:line-1');
const powerLoss = definition('power-main', 'power.loss', when('lost'), { priority: 2 }, 'meter-main');
const explained = (by: readonly string[], alarm: AlarmDefinition): AlarmDefinition => ({
  ...alarm,
  explainedBy: by.map((cause) => ({ cause, holdMs: HOLD_MS })),
});
const SITE = [powerLoss, explained([FEEDER], busOffline), explained([BUS, FEEDER], offline), carAlarm];

let house: House;
beforeEach(() => {
  house = new House();
  house.restart(SITE);
});

const bus = (isOffline: boolean) => house.poll({ offline: isOffline }, 'bus:line-1');
const power = (isLost: boolean) => house.poll({ lost: isLost }, 'meter-main');
const letter = (alarm: string) => house.ledger.row(alarm).letter;

describe('a bus that nobody answers on', () => {
  beforeEach(() => {
    house.state('offline');
    bus(true);
  });

  it('is one alarm, and the silence of its devices none', () => {
    expect(house.wait(30_000)).toEqual([`raise ${BUS} B`, `suppress ${OFFLINE} H`]);
    expect(house.wait(60_000)).toEqual([`raise ${OFFLINE} H`]);
  });

  it('explains for as long after it has gone as its devices need to be asked again', () => {
    house.wait(90_000);
    expect(bus(false)).toEqual([`clear ${BUS} D`]);
    house.state('online');
    expect(house.wait(HOLD_MS - 1)).toEqual([`clear ${OFFLINE} H`]);
    // It rose and went while it was explained: nobody has to acknowledge what nobody was told.
    expect(house.wait(1)).toEqual([`unsuppress ${OFFLINE} A`]);
    expect(house.ledger.row(OFFLINE)).toMatchObject({ acked: true, raisedWhileSuppressed: false, suppressedBy: [] });
  });

  it('explains nothing any more about a device that stays silent', () => {
    house.wait(90_000);
    bus(false);
    expect(house.wait(HOLD_MS)).toEqual([`unsuppress ${OFFLINE} B`]);
  });

  it('goes on explaining when it comes back before that', () => {
    house.wait(90_000);
    bus(false);
    house.wait(HOLD_MS - 1);
    bus(true);
    house.wait(HOLD_MS);
    expect(letter(OFFLINE)).toBe('H');
  });

  it('explains over a restart, and its hold begins anew where it had gone', () => {
    house.wait(90_000);
    expect(house.restart(SITE)).toEqual([]);
    expect(letter(OFFLINE)).toBe('H');
    bus(false);
    house.wait(HOLD_MS - 1);
    house.restart(SITE);
    expect(house.wait(HOLD_MS - 1)).toEqual([]);
    expect(house.wait(1)).toEqual([`unsuppress ${OFFLINE} B`]);
  });

  it('explains nothing once the configuration says so', () => {
    house.wait(90_000);
    house.engine.configure([powerLoss, busOffline, offline]);
    expect(house.ledger.news()).toEqual([`unsuppress ${OFFLINE} B`]);
    house.engine.configure(SITE);
    expect(house.ledger.news()).toEqual([`suppress ${OFFLINE} H`]);
  });

  it('that is taken out of the configuration explains nothing', () => {
    house.wait(90_000);
    house.engine.configure([powerLoss, offline]);
    expect(house.ledger.news()).toEqual([`clear ${BUS} D`, `unsuppress ${OFFLINE} B`]);
  });
});

it('leaves an alarm that people have seen for them to acknowledge', () => {
  house.state('offline');
  house.wait(90_000);
  expect(letter(OFFLINE)).toBe('B');
  bus(true);
  expect(house.wait(30_000)).toEqual([`raise ${BUS} B`, `suppress ${OFFLINE} H`]);
  house.state('online');
  bus(false);
  house.wait(HOLD_MS);
  expect(letter(OFFLINE)).toBe('D');
});

it('hides until the last of several causes is over', () => {
  house.state('offline');
  power(true);
  bus(true);
  house.wait(90_000);
  expect([letter(FEEDER), letter(BUS), letter(OFFLINE)]).toEqual(['B', 'H', 'H']);
  expect(house.ledger.row(OFFLINE).suppressedBy).toEqual([BUS, FEEDER]);
  power(false);
  house.wait(HOLD_MS);
  expect([letter(BUS), letter(OFFLINE)]).toEqual(['B', 'H']);
});

it('is one transaction: the cause and what it hides', () => {
  power(true);
  expect(house.ledger.observations.at(-1)?.alarms?.map(({ type }) => type)).toEqual(['raise', 'suppress', 'suppress']);
});

it('hides nothing of priority 1, whoever asks', () => {
  house.restart([powerLoss, explained([FEEDER], carAlarm)]);
  power(true);
  house.engine.observe({ device: 'lift-io-3', seen: [reading('level2', true)], observation: { device: 'lift-io-3' } });
  house.wait(1000);
  expect(letter(carAlarm.alarm)).toBe('B');
});
