import { expect, it } from 'vitest';
import { readJournal, releaseEnded } from './release-journal.ts';
import { releaseRecords } from './release-records.ts';
import { Opened } from './testing/opened.ts';

const records = (gate: Opened) => releaseRecords(gate.journal());

it('has one entry for each occurrence, newest first, with what answered', () => {
  const gate = new Opened();
  gate.raise('a');
  gate.now = 3_000;
  gate.opens();
  gate.now = 4_000;
  gate.raise('b');
  gate.fails('no answer');
  expect(records(gate)).toMatchObject([
    {
      occurrenceId: 'b',
      askedAt: 4_000,
      targets: [{ state: 'failed', why: 'no answer', command: 'c2', answeredAt: null }],
    },
    {
      ...{ occurrenceId: 'a', askedAt: 0, endedAt: null },
      targets: [
        {
          ...{ device: 'gate', action: 'open', state: 'answered', answeredAt: 3_000, afterMs: 3_000, why: null },
          seen: [{ point: 'status', value: 'open' }],
        },
      ],
    },
  ]);
});

it('says what was open and is not any more until it is asked again', () => {
  const gate = new Opened();
  gate.raise('a');
  gate.opens();
  gate.now = 9;
  gate.closes();
  expect(gate.journal().map(({ type }) => type)).toEqual([
    'releaseAsked',
    'releaseAnswered',
    'releaseLost',
    'releaseAsked',
  ]);
  expect(releaseRecords(gate.journal().slice(0, 3))).toMatchObject([
    { targets: [{ state: 'lost', seen: [{ value: 'closed' }] }] },
  ]);
  expect(records(gate)).toMatchObject([{ targets: [{ state: 'asked', askedAt: 0 }] }]);
});

it('says when the alarm was normal again', () => {
  const gate = new Opened();
  gate.raise('a');
  const ended = releaseEnded('fire-1', { alarm: 'fire-1--fire-alarm', occurrenceId: 'a' }, ['gate/open'], 70);
  const rows = [{ ...ended, seq: 99, id: '', recordedAt: 70, epoch: 1 }];
  expect(releaseRecords([...gate.journal(), ...readJournal(rows)])).toMatchObject([{ endedAt: 70 }]);
});

it('leaves out what began before the journal does, and events that it cannot read', () => {
  const gate = new Opened();
  gate.raise('a');
  gate.opens();
  expect(releaseRecords(gate.journal().slice(1))).toEqual([]);
  const [row] = [
    { seq: 1, id: '', recordedAt: 0, epoch: 1, domain: 'fire', type: 'smoke', source: 'x', at: 0, data: {} },
  ];
  expect(readJournal([row])).toEqual([]);
});
