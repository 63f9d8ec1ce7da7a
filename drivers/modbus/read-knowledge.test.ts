import { expect, test } from 'vitest';
import type { Knowledge } from '../contract.ts';
import { NOTHING_KNOWN, parseReadKnowledge } from './read-knowledge.ts';

test('what is known survives the store', () => {
  const known: Knowledge = {
    missing: [{ table: 'input', from: 4, to: 5 }],
    seams: [{ table: 'coil', from: 7, to: 9 }],
    suspects: [{ table: 'holding', from: 0, to: 99, low: -1, high: 50 }],
    untried: [{ table: 'holding', from: 50, to: 99 }],
    lengths: { holding: { answered: 40, refused: 80 }, coil: { answered: 3 } },
  };
  expect(parseReadKnowledge(JSON.parse(JSON.stringify(known)))).toEqual(known);
});

test.each([[undefined], [{}], [{ ...NOTHING_KNOWN, missing: [{ table: 'input', from: 4 }] }], [[]]])(
  'what it does not understand is nothing known: %j',
  (stored) => {
    expect(parseReadKnowledge(stored)).toEqual(NOTHING_KNOWN);
  },
);
