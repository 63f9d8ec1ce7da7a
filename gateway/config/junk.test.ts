/** Whatever stands in the files, a load ends in a configuration or in mistakes that have a place: it never throws. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Loaded } from './load.ts';
import { SiteCopy } from './testing/site-copy.ts';

const RUNS = 150;
const FILES = ['site.yaml', 'meters.csv', 'rules.yaml', 'profiles/tiny-meter.json', 'profiles/tiny-inputs.json'];

let site: SiteCopy;
let good: Map<string, Buffer>;
beforeEach(() => {
  site = new SiteCopy();
  good = new Map(FILES.map((file) => [file, Buffer.from(site.read(file))]));
});
afterEach(() => site.remove());

async function loadWith(file: string, content: Uint8Array): Promise<Loaded> {
  site.write(file, content);
  const loaded = await site.load();
  site.write(file, good.get(file) ?? '');
  return loaded;
}

function isAccounted(loaded: Loaded): boolean {
  const said = loaded.ok ? loaded.warnings : loaded.mistakes;
  const placed = said.every(
    ({ line, column, message, file }) => line >= 1 && column >= 1 && message !== '' && file !== '',
  );
  return placed && (loaded.ok || said.some(({ severity }) => severity === 'error'));
}

const file = fc.constantFrom(...FILES);

describe('a file', { timeout: 120_000 }, () => {
  it('of any bytes', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(file, bytes, async (name, content) => isAccounted(await loadWith(name, content))),
      { numRuns: RUNS },
    );
  });

  it('that was cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.double({ min: 0, max: 1, noNaN: true }), async (name, share) => {
        const whole = good.get(name) ?? Buffer.alloc(0);
        return isAccounted(await loadWith(name, whole.subarray(0, Math.floor(share * whole.length))));
      }),
      { numRuns: RUNS },
    );
  });

  it('with a few bytes replaced, removed or repeated', async () => {
    const spot = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.nat(8),
      put: fc.uint8Array({ maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(file, fc.array(spot, { minLength: 1, maxLength: 4 }), async (name, spots) => {
        let content = good.get(name) ?? Buffer.alloc(0);
        for (const { at, drop, put } of spots) {
          const from = Math.floor(at * content.length);
          content = Buffer.concat([content.subarray(0, from), put, content.subarray(from + drop)]);
        }
        return isAccounted(await loadWith(name, content));
      }),
      { numRuns: RUNS },
    );
  });

  it('whose values are anything that JSON can say', async () => {
    const keys = [
      'site',
      'broker',
      'equipment',
      'buses',
      'devices',
      'deviceFiles',
      'profiles',
      'alarmRules',
      'poll',
      'store',
      'api',
    ];
    const content = fc.dictionary(fc.constantFrom(...keys, '__proto__', 'constructor'), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(content, async (value) =>
        isAccounted(await loadWith('site.yaml', Buffer.from(JSON.stringify(value)))),
      ),
      { numRuns: RUNS },
    );
    expect(await site.complaints()).toEqual([]);
  });

  it('of alarm rules whose values are anything that JSON can say', async () => {
    const keys = ['type', 'profile', 'point', 'is', 'above', 'set', 'state', 'priority', 'lift.fault', '__proto__'];
    const entry = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 }));
    const rules = fc.record({ points: fc.array(entry), devices: fc.array(entry) }, { requiredKeys: [] });
    const content = fc.record({ types: fc.oneof(entry, fc.dictionary(fc.constantFrom(...keys), entry)), rules });
    await fc.assert(
      fc.asyncProperty(content, async (value) =>
        isAccounted(await loadWith('rules.yaml', Buffer.from(JSON.stringify(value)))),
      ),
      { numRuns: RUNS },
    );
  });
});
