/** A guard's terminal: `alarms` and what is decided with it, by a real API over a real store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { START } from '../api/testing/figures.ts';
import { createGateway, type TestGateway } from '../api/testing/gateway.ts';
import { CAR_ALARM, LIFT_FAULT } from '../api/testing/site.ts';
import { releaseEvent } from '../fire/release-journal.ts';
import { freePort } from '../testing/programs.ts';
import { runCli, type CliResult } from './testing/run-cli.ts';

let gateway: TestGateway;
let address: string;

beforeEach(async () => {
  gateway = await createGateway();
  address = await gateway.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => gateway.close());

const alarms = (...args: readonly string[]): Promise<CliResult> => runCli(['alarms', ...args, '--api', address]);
const by = (verb: string, ...args: readonly string[]) => alarms(verb, ...args, '--by', 'li');

describe('gatehouse alarms', () => {
  it('lists what is not normal, most urgent first, and all where they are asked for', async () => {
    expect(await alarms()).toMatchObject({ code: 0, stdout: '✓ everything is normal\n' });
    await gateway.contact('di1', true);
    await gateway.contact('di0', true);
    const { code, stdout } = await alarms();
    expect(stdout).toMatch(
      /^P .*\nP1 +轿厢报警 +一号电梯 +B .*2026-01-01 08:00:00 .*\nP3 +电梯故障 .*\n\n2 alarms not normal\n$/,
    );
    expect(code).toBe(0);
    await gateway.contact('di1', false);
    await by('ack', LIFT_FAULT);
    expect((await alarms()).stdout).not.toContain('电梯故障');
    expect((await alarms('--all')).stdout).toMatch(/^P3 +电梯故障 +一号电梯 +A 正常 normal +lift-1--lift-fault$/m);
  });

  it('prints what the API answers, for programs', async () => {
    await gateway.contact('di0', true);
    const { stdout } = await alarms('--json');
    expect(JSON.parse(stdout)).toMatchObject({ seq: 1, items: [{ alarm: CAR_ALARM, letter: 'B', rev: 1 }] });
  });

  it('acknowledges and resets what it is now, in the name of whoever says so', async () => {
    await gateway.contact('di0', true);
    const acknowledged = await by('ack', CAR_ALARM, '--note', 'on the way');
    expect(acknowledged.stdout).toMatch(/^✓ P1 轿厢报警 {2}一号电梯 \(lift-1--lift-carAlarm\) {2}acknowledged; now C /);
    expect((await alarms()).stdout).toMatch(/^P1 .* li +lift-1--lift-carAlarm$/m);
    await gateway.contact('di0', false);
    expect((await by('reset', CAR_ALARM, '--note', 'freed')).stdout).toContain('reset; now A');
    const rows = gateway.store.events.list({ domain: 'alarm', limit: 9 });
    expect(rows.map(({ type, data }) => [type, data['by'], data['note']])).toEqual([
      ['reset', 'li', 'freed'],
      ['clear', null, null],
      ['ack', 'li', 'on the way'],
      ['raise', null, null],
    ]);
  });

  it('says in words why something is refused, and decides about the others all the same', async () => {
    await gateway.contact('di1', true);
    const refused = await by('reset', LIFT_FAULT, '--note', 'x');
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^error: .+\n/) as string });
    const unknown = await by('ack', 'lift-1--lift-fualt');
    expect(unknown.stderr).toContain('there is no alarm lift-1--lift-fualt');
    const both = await by('ack', 'lift-1--lift-fualt', LIFT_FAULT);
    expect(both.stderr).toContain('✗ lift-1--lift-fualt: there is no alarm');
    expect([both.code, both.stdout]).toEqual([1, expect.stringContaining('acknowledged; now C')]);
  });

  it('shelves for a time by the clock of the gateway, shows again, and takes out of service and back', async () => {
    await gateway.contact('di1', true);
    const note = ['--note', 'on order'];
    expect((await by('shelve', LIFT_FAULT, '--for', '2h', ...note)).stdout).toContain('shelved; now G');
    expect(gateway.store.alarms.get(LIFT_FAULT)?.shelving).toEqual({
      until: START + 7_200_000,
      by: 'li',
      reason: 'on order',
    });
    expect((await by('unshelve', LIFT_FAULT)).stdout).toContain('shown again; now B');
    const until = new Date(START + 60_000).toISOString();
    expect((await by('shelve', LIFT_FAULT, '--until', until, ...note)).stdout).toContain('shelved; now G');
    await by('unshelve', LIFT_FAULT);
    expect((await by('remove', LIFT_FAULT, '--note', 'permit 12')).stdout).toContain('out of service; now I');
    expect((await by('place', LIFT_FAULT)).stdout).toContain('in service; now B');
  });

  it('shows what happened, for people, programs and spreadsheets, and tells of one in full', async () => {
    await gateway.contact('di1', true);
    await by('ack', LIFT_FAULT, '--note', '=1+1');
    await gateway.contact('di0', true);
    const { stdout } = await alarms('history', '--by', 'li');
    expect(stdout).toMatch(
      /^2026-01-01 08:00:00 +P3 +电梯故障 +一号电梯 .* li +C .*=1\+1 +lift-1--lift-fault-\d+\n\n1 occurrence\n$/m,
    );
    const [found] = JSON.parse(
      (await alarms('history', '--source', 'lift-1', '--limit', '1', '--json')).stdout,
    ) as object[];
    expect(found).toMatchObject({ alarm: CAR_ALARM, state: 'open' });
    const csv = await alarms('history', '--type', 'lift.fault', '--csv');
    expect(csv.stdout.startsWith('\ufeff发生编号 occurrence,')).toBe(true);
    expect(csv.stdout).toContain("'=1+1");
    const { occurrenceId } = gateway.store.alarms.get(LIFT_FAULT) ?? {};
    expect((await alarms('report', occurrenceId ?? '')).stdout).toMatch(
      /确认 acknowledged +B → C +li +=1\+1\n[^]*轿厢报警/,
    );
    expect((await alarms('report', occurrenceId ?? '', '--html')).stdout).toMatch(/^<!doctype html>[^]*<\/html>/);
    expect((await alarms('history', '--from', '2027-01-01T00:00:00Z')).stdout).toBe(
      'nothing of that kind has happened\n',
    );
  });

  it('shows in few lines what is to be dealt with, the alarm that came first, and what each explains', async () => {
    expect((await alarms('groups')).stdout).toBe('✓ there is nothing to be dealt with\n');
    await gateway.contact('di1', true);
    await gateway.contact('di0', true);
    await by('shelve', LIFT_FAULT, '--for', '1h', '--note', 'on order');
    expect((await alarms('groups')).stdout).toMatch(
      /^P .*\nP1 +轿厢报警 +一栋 +1 +1 +2026-01-01 08:00:00 +lift-1--lift-carAlarm\n1 alarm hidden besides/,
    );
    expect(JSON.parse((await alarms('groups', '--json')).stdout)).toMatchObject({ flood: null, hidden: [LIFT_FAULT] });
  });

  it('counts how the alarm system performs, and names what chatters', async () => {
    for (const level of [true, false, true, false, true]) await gateway.contact('di1', level);
    gateway.time.now += 90_000;
    await by('ack', LIFT_FAULT);
    gateway.time.now += 1_000;
    const { stdout } = await alarms('figures', '--by', 'source');
    expect(stdout).toMatch(/^合计 all +3 +0\.02 +3 +1 +1 +1 +1 min 30 s$/m);
    expect(stdout).toMatch(/^一号电梯 \(lift-1\) +3 /m);
    expect(stdout).toContain(
      '抖动 chattering P3 电梯故障 一号电梯 (lift-1--lift-fault): came 3 times, 3 within a minute',
    );
    expect(JSON.parse((await alarms('figures', '--json')).stdout)).toMatchObject({ by: 'type', total: { alarms: 3 } });
  });

  it('lists what fire alarms asked to open, and what answered', async () => {
    expect((await alarms('releases')).stdout).toBe('no fire alarm has asked for anything to be opened\n');
    const target = { id: 'pump/start', device: 'pump', action: 'start', value: null, sources: null };
    const cause = { alarm: 'fire-1--fire-alarm', occurrenceId: 'fire-1--fire-alarm-1' };
    const seen = [{ point: 'status', value: 'open', at: START }];
    const answered = { type: 'releaseAnswered', cause, command: 'c1', seen, afterMs: 1_250 } as const;
    await gateway.events(
      releaseEvent(target, { type: 'releaseAsked', cause, command: 'c1' }, START),
      releaseEvent(target, answered, START),
    );
    expect((await alarms('releases')).stdout).toMatch(
      /^2026-01-01 08:00:00 {2}fire-1--fire-alarm-1 {2}1 of 1 open and held open\n.*\n已打开 open +.*\(pump\) +start +1\.3 s +status open\n$/,
    );
  });

  it('notes that the button of a lift was tried', async () => {
    const passed = ['lift-1', '--result', 'passed', '--note', 'heard'];
    expect((await by('button-test', ...passed)).stderr).toContain('nothing was seen of a press');
    await gateway.contact('di0', true);
    expect((await by('button-test', ...passed)).stdout).toMatch(/^✓ lift-1: passed; the press was seen at 2026-/);
    expect((await alarms('button-test', 'lift-1')).code).toBe(2);
  });

  it('begins a drill, and ends it', async () => {
    expect((await by('drill', LIFT_FAULT, '--for', '5m', '--note', 'monthly')).stdout).toContain(
      'a drill has begun; now B',
    );
    expect(gateway.store.alarms.get(LIFT_FAULT)).toMatchObject({ drill: true, drillEndsAt: START + 300_000 });
    expect((await alarms()).stdout).toContain('a drill');
    expect((await by('end-drill', LIFT_FAULT)).stdout).toContain('drill ended; now D');
    expect((await alarms('history', '--drill', 'true')).stdout).toContain('电梯故障 (演练 drill)');
  });

  it.each([
    [['report', 'nobody'], 'no occurrence', 1],
    [['history', '--json', '--csv'], 'two forms', 2],
    [['shelve', LIFT_FAULT, '--note', 'x'], 'until when?', 2],
    [['shelve', CAR_ALARM, '--note', 'x', '--for', '2h'], 'priority 1', 1],
    [['reset', CAR_ALARM], "required option '--note <text>'", 2],
  ])('refuses %j', async (args, words, expected) => {
    const { code, stderr } = await alarms(...args);
    expect(stderr).toContain(words);
    expect(code).toBe(expected);
  });

  it('says where no gateway answers', async () => {
    const { code, stderr } = await runCli(['alarms', '--api', `http://127.0.0.1:${await freePort()}`]);
    expect(stderr).toContain('no gateway answers at');
    expect(code).toBe(1);
  });
});
