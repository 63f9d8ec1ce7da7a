import { expect, it } from 'vitest';
import { knowledgeOf, toKeep } from './learned.ts';

const METER = { bus: 'tower-3', address: '000012345678', profile: 'dlt645-single-phase' };
const LEARNED = { version: '1997', refusals: {} };

it('is known of the same device again', () => {
  expect(knowledgeOf(METER, toKeep(METER, LEARNED))).toMatchObject(LEARNED);
});

it.each([{ bus: 'tower-4' }, { address: '000087654321' }, { profile: 'dlt645-three-phase' }])(
  'is not known of what has %j instead',
  (other) => {
    expect(knowledgeOf({ ...METER, ...other }, toKeep(METER, LEARNED))).toEqual({});
  },
);

it('that was kept without saying of what stands', () => {
  expect(knowledgeOf(METER, LEARNED)).toEqual(LEARNED);
});
