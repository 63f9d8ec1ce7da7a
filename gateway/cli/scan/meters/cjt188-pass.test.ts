import { describe, expect, it } from 'vitest';
import { heardFrom } from '../../../../drivers/cjt188/testing/scripted-line.ts';
import { sealed, vectorBytes } from '../../../../drivers/cjt188/testing/vectors.ts';
import type { Link } from '../../../../drivers/contract.ts';
import { loadProfiles } from '../../options/load-profiles.ts';
import { scanCjt188 } from './cjt188-pass.ts';
import type { MeterSeen } from './found-meter.ts';

/** Cold water meters that answer to any address and to their own, DI with its high byte first. */
const [ONE, OTHER] = ['00201510261022', '00201510261120'];
/** What stands on the line when both say their addresses at once: a 0 wins over a 1, and the checksum is right as well. */
const NOBODY = '00201510261020';

const reversed = (digits: string): string => Buffer.from(digits, 'hex').reverse().toString('hex');

/** `68 T A0…A6 C L DI DI SER …` in hex, wake-up bytes apart. */
const REQUEST = /^68(..)(.{14})(..)03(....)(..)/;

function replyOf(address: string, request: string): Uint8Array | null {
  const [, type = '', asked = '', control = '', di = '', ser = ''] = REQUEST.exec(request) ?? [];
  const isMeant = ['aa', '10'].includes(type) && ['aa'.repeat(7), reversed(address)].includes(asked);
  if (!isMeant) return null;
  const head = `68 10 ${reversed(address)}`;
  if (control === '03' && di === '810a') return sealed(`${head} 83 03 810a ${ser}`);
  if (control !== '01' || di !== '901f') return null;
  return sealed(`${head} 81 16 901f ${ser} 78563412 2c 00000000 2c 00000000000000 0000`);
}

/** Those who are meant answer in the same moment. */
function lineOf(addresses: readonly string[]): Link {
  return {
    ...{ medium: 'line', now: () => 0, wait: () => Promise.resolve() },
    exchange: (exchange) => {
      const text = Buffer.from(exchange.request)
        .toString('hex')
        .replace(/^(?:fe)+/, '');
      const [first = new Uint8Array(), ...others] = addresses.flatMap((address) => replyOf(address, text) ?? []);
      const heard = others.reduce((sum, each) => sum.map((byte, i) => byte & (each[i] ?? 0xff)), first);
      return exchange.reply?.optional === true ? Promise.resolve(heard) : heardFrom(exchange, heard);
    },
  };
}

async function scan(addresses: readonly string[], listed: readonly string[] = []) {
  const found: string[] = [];
  const unresolved: string[] = [];
  await scanCjt188({
    ...{ link: lineOf(addresses), profiles: [], listed, primary: undefined, pending: () => undefined },
    isKnown: (address) => found.includes(address),
    found: ({ address }) => void found.push(address),
    unresolved: (where, reason) => void unresolved.push(`${where}: ${reason}`),
  });
  return { found, unresolved };
}

/** A captured heat meter: it listens to type 20 alone, and answers as 25, with a SER of its own. */
const HEAT = '00312718241912';
const heatLine: Link = {
  ...{ medium: 'line', now: () => 0, wait: () => Promise.resolve() },
  exchange: (exchange) => {
    const text = Buffer.from(exchange.request).toString('hex');
    const hears = /6820(?:12192418273100|aaaaaaaaaaaaaa)01031f90/.test(text);
    const heard = hears ? vectorBytes('028') : new Uint8Array();
    return exchange.reply?.optional === true ? Promise.resolve(heard) : heardFrom(exchange, heard);
  },
};

describe('scanCjt188', () => {
  it.each([[[]], [[HEAT]]])(
    'finds a heat meter that answers as another type than it listens to; listed: %j',
    async (listed) => {
      const profiles = [...(await loadProfiles('config/profiles')).values()];
      const found: MeterSeen[] = [];
      await scanCjt188({
        ...{ link: heatLine, profiles, listed, primary: undefined, pending: () => undefined },
        isKnown: (address) => found.some((one) => one.address === address),
        found: (meter) => void found.push(meter),
        unresolved: (where) => expect.fail(where),
      });
      expect(found).toEqual([
        {
          address: HEAT,
          number: HEAT,
          says: '20 heat, answers as 25 reserved for heat meters, DI low byte first',
          utility: 'heat',
          profile: { id: 'cjt188-heat-2004', because: 'type 20, and the layout of its reading' },
        },
      ]);
    },
  );

  it('finds a meter that is alone', async () => {
    expect(await scan([ONE])).toEqual({ found: [ONE], unresolved: [] });
  });

  it('calls nobody a meter whose address only two answers at once have made', async () => {
    const { found, unresolved } = await scan([ONE, OTHER]);
    expect(found).toEqual([]);
    expect(unresolved).toContain(`CJ/T 188, ${NOBODY}: it was heard once, and does not answer to its address`);
  });

  it('finds both of them by a list', async () => {
    expect((await scan([ONE, OTHER], [ONE, OTHER, NOBODY])).found).toEqual([ONE, OTHER]);
  });
});
