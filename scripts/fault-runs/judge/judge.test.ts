/** What is missing is found: each case is a small run that was right, with one thing taken away. */
import { describe, expect, it } from 'vitest';
import type { Stored, StoredEvent } from '../../../gateway/end-to-end/testing/stored.ts';
import { statesOf } from '../../../gateway/end-to-end/testing/states.ts';
import { normalRow } from '../../../gateway/alarms/lifecycle.ts';
import type { AlarmRow } from '../../../gateway/store/rows.ts';
import type { ConsumerLine, Mirror } from '../consumer-lines.ts';
import { judge, type Evidence } from './judge.ts';

const ALARM = 'place-0--lift-carAlarm';
const OCCURRENCE = `${ALARM}-1`;

function event(seq: number, domain: string, type: string, data: Record<string, unknown>): StoredEvent {
  const source = domain === 'input' ? 'io1' : 'place-0';
  return { seq, domain, type, source, at: seq, recordedAt: seq, data };
}

function transition(seq: number, prevSeq: number, type: string, letters: string, count = 1, by: string | null = null) {
  const [from, to] = letters.split(' ');
  return event(seq, 'alarm', type, { prevSeq, alarm: ALARM, occurrenceId: OCCURRENCE, type, from, to, by, count });
}

/** Two presses: the first is acknowledged, the second comes while it is not active. */
const EVENTS = [
  event(1, 'input', 'pulse', { channel: 0, count: 1 }),
  transition(2, 0, 'raise', 'A B'),
  transition(3, 2, 'clear', 'B E'),
  transition(4, 3, 'ack', 'E F', 1, 'guard-1'),
  event(5, 'input', 'pulse', { channel: 0, count: 1 }),
  transition(6, 4, 'raise', 'F B', 2),
  transition(7, 6, 'clear', 'B E', 2),
];

const row: AlarmRow = {
  ...normalRow({ alarm: ALARM, source: 'place-0', device: 'io1', type: 'lift.carAlarm', channel: null, priority: 1 }),
  ...{ letter: 'E', rev: 7, count: 2, occurrenceId: OCCURRENCE, acked: false, latched: true },
};

const stored: Stored = {
  ...{ integrity: 'ok', epoch: 9, events: EVENTS, alarms: [row], outbox: [], deadLetters: [], gaps: [] },
};

function mirrorOf(store: Stored): Mirror {
  const { head, ...states } = statesOf(store);
  const { seq, nonNormal, stateHash } = head as { seq: number; nonNormal: number; stateHash: string };
  const state = states[`state/${ALARM}`] as Record<string, unknown>;
  const alarms = [{ alarm: ALARM, letter: row.letter, rev: row.rev, state }];
  return { kind: 'mirror', epoch: store.epoch, seq, distrust: null, nonNormal, stateHash, alarms };
}

function happened(seq: number): ConsumerLine {
  return { kind: 'happened', event: { seq, data: EVENTS[seq - 1]?.data ?? {} } };
}

function trust(seq: number, distrust: string | null = null): ConsumerLine {
  return { kind: 'trust', distrust, seq };
}

const LIFE = [trust(2), happened(3), happened(4), trust(4, 'notConnected'), happened(6), happened(7), trust(7)];

const whole: Evidence = {
  contacts: [{ device: 'io1', channel: 0, alarm: ALARM, closings: 2 }],
  stored,
  accepted: [{ verb: 'ack', alarm: ALARM, occurrenceId: OCCURRENCE, rev: 3, by: 'guard-1' }],
  lives: [LIFE, [trust(7), mirrorOf(stored)]],
  mirror: mirrorOf(stored),
};

function findings(evidence: Partial<Evidence>): string {
  return judge({ ...whole, ...evidence })
    .flatMap((judged) => judged.findings)
    .join('\n');
}

function without(...seqs: number[]): Partial<Evidence> {
  return { stored: { ...stored, events: EVENTS.filter(({ seq }) => !seqs.includes(seq)) } };
}

describe('judge', () => {
  it('finds nothing where nothing is missing, and says what it has looked at', () => {
    expect(findings({})).toBe('');
    expect(judge(whole).map(({ looked }) => looked)).toEqual([
      '2 presses of 1 buttons: 2 counted (0 twice), 2 raises',
      '1 acknowledgements and resets that were accepted',
      '7 events, 5 transitions of 1 alarms',
      '2 lives of the consumer: 4 transitions told (0 twice), 0 missed ones told as the state that came of them',
      expect.stringMatching(/^the consumer's mirror: 1 alarms that are not normal, hash [0-9a-f]{16}$/),
    ]);
  });

  it('allows that a press is there twice', () => {
    const contacts = [{ device: 'io1', channel: 0, alarm: ALARM, closings: 1 }];
    expect(findings({ contacts })).toBe('');
    expect(judge({ ...whole, contacts })[0]?.looked).toContain('2 counted (1 twice)');
  });

  it.each([
    ['a press', { contacts: [{ device: 'io1', channel: 0, alarm: ALARM, closings: 3 }] }, 'was pressed 3 times'],
    ['a count', without(5), 'was pressed 2 times, and the journal has 1'],
    ['a raise', without(6), 'what was counted as event 5 has raised nothing'],
    ['a row of the journal', without(3), 'the journal has no event between 2 and 4'],
    ['a link of the chain', without(3), 'event 4 names 3 as the one before it, not 2'],
    ['a transition', without(3), `event 4 takes ${ALARM} from E, and it was in B`],
    ['an acknowledgement', without(4), 'was accepted, and the journal does not have it'],
    [
      'the last transition',
      without(7),
      `the row of ${ALARM} says E, event 7, 2 times; its journal B, event 6, 2 times`,
    ],
    ['the row of an alarm', { stored: { ...stored, alarms: [] } }, `${ALARM} has transitions and no row`],
    ['the whole of the file', { stored: { ...stored, integrity: 'broken' } }, 'the database is damaged: broken'],
    ['an event that was set aside', { stored: { ...stored, deadLetters: [6] } }, 'event 6 was set aside'],
    ['what was told', { lives: [LIFE.toSpliced(4, 1)] }, 'trusts its data at event 7, and was never told of event 6'],
    ['the mirror', { mirror: null }, 'the consumer shows no mirror'],
    ['trust', { mirror: { ...mirrorOf(stored), distrust: 'ahead' } }, 'does not trust its mirror: ahead'],
    ['an alarm of the mirror', { mirror: { ...mirrorOf(stored), alarms: [] } }, `${ALARM} is not there in the mirror`],
  ])('misses %s', (_, evidence, finding) => {
    expect(findings(evidence)).toContain(finding);
  });

  it.each([
    ['presses', { contacts: [] }, 'nobody has pressed anything'],
    ['decisions', { accepted: [] }, 'no decision was accepted'],
    ['transitions that were told', { lives: [[trust(7)]] }, 'the consumer was told of nothing'],
  ])('proves nothing without %s', (_, evidence, finding) => {
    expect(findings(evidence)).toContain(finding);
  });

  it('misses a field of a state in the mirror', () => {
    const { alarms, ...rest } = mirrorOf(stored);
    const changed = alarms.map((held) => ({ ...held, state: { ...held.state, ackedBy: 'nobody' } }));
    expect(findings({ mirror: { ...rest, alarms: changed } })).toContain('"ackedBy":"nobody"');
  });

  it('sees a decision that was carried out upon something else, or twice', () => {
    const [decision] = whole.accepted;
    if (!decision) return expect.unreachable();
    expect(findings({ accepted: [{ ...decision, rev: 2 }] })).toContain('which is not what was decided');
    const twice = [...EVENTS, transition(8, 7, 'ack', 'E F', 2, 'guard-1')];
    expect(findings({ stored: { ...stored, events: twice } })).toContain('is in the journal 2 times');
  });

  it('sees what was told and is not so', () => {
    const invented: ConsumerLine = { kind: 'happened', event: { seq: 7, data: { alarm: ALARM, to: 'A' } } };
    expect(findings({ lives: [[trust(2), invented]] })).toContain('was told of event 7, which is not so');
  });

  it('takes a state that was told for the transitions that led to it, and a normal alarm for no news', () => {
    const stands: ConsumerLine = { kind: 'stands', alarms: [{ alarm: ALARM, letter: 'E', rev: 7 }] };
    expect(findings({ lives: [[trust(2), stands, trust(7), happened(3)]] })).toBe('');
    const over = [...EVENTS, transition(8, 7, 'ack', 'E F', 2), transition(9, 8, 'reset', 'F A', 2)];
    const alarms = [{ ...row, ...({ letter: 'A', rev: 9 } as const) }];
    const normal = { ...stored, events: over, alarms };
    const mirror = { ...mirrorOf(normal), alarms: [] };
    expect(findings({ stored: normal, mirror, lives: [[trust(2), trust(9), happened(3)]] })).toBe('');
  });

  it('asks nothing of a consumer that was killed before it was in step', () => {
    expect(findings({ lives: [[trust(0, 'catchingUp')], [trust(6), happened(7)]] })).toBe('');
  });
});
