import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DueQueue } from './due-queue.ts';

/** One of twenty items is set to a time, or taken out; or all that are due by a time are taken. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), item: fc.nat(19), at: fc.nat(50) }),
  fc.record({ kind: fc.constant('delete' as const), item: fc.nat(19) }),
  fc.record({ kind: fc.constant('take' as const), at: fc.nat(50) }),
);

it('gives what is due in the order of the times, whatever was added, moved and taken out', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = new DueQueue<number>();
      const model = new Map<number, number>();
      for (const each of steps) {
        if (each.kind === 'set') {
          queue.set(each.item, each.at);
          model.set(each.item, each.at);
        } else if (each.kind === 'delete') {
          queue.delete(each.item);
          model.delete(each.item);
        } else {
          const taken: number[] = [];
          for (let item = queue.take(each.at); item !== undefined; item = queue.take(each.at)) taken.push(item);
          const times = taken.map((item) => model.get(item) ?? NaN);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(taken.toSorted()).toEqual(
            [...model]
              .filter(([, at]) => at <= each.at)
              .map(([item]) => item)
              .toSorted(),
          );
          for (const item of taken) model.delete(item);
        }
        expect(queue.nextDue()).toBe(model.size === 0 ? null : Math.min(...model.values()));
        expect([...queue.items()].toSorted()).toEqual([...model.keys()].toSorted());
      }
    }),
  );
});
