import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { DriverError } from '../errors.ts';
import { readItem } from './read-item.ts';
import { MemoryLine, scripted } from './testing/memory-line.ts';
import { fromHex, vectors2007, vectors1997 } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

const METER = { address: '000000000161', version: '2007' } as const;
const OLD = { address: '000000000161', version: '1997' } as const;

/** A line on which the requests to the left are answered by what is to the right: control and data. */
function line(...dialogue: readonly (readonly [number, string, number, string])[]): MemoryLine {
  const script: Record<string, string[]> = {};
  for (const [control, data, answer, answerData] of dialogue) {
    const request = hex(wireFrame(METER.address, control, data));
    (script[request] ??= []).push(hex(wireFrame(METER.address, answer, answerData)));
  }
  return new MemoryLine(scripted(script));
}

async function failure(promise: Promise<unknown>): Promise<DriverError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof DriverError) return error;
  throw new Error('it did not fail as a driver fails');
}

describe('readItem', () => {
  const dialogues = [...Map.groupBy([...vectors2007, ...vectors1997], ({ exchange }) => exchange)].flatMap(
    ([exchange, [request, reply]]) => {
      const isRead = ['11', '01'].includes(String(request?.decoded['control']));
      return exchange !== undefined && isRead && request && reply ? [{ exchange, request, reply }] : [];
    },
  );

  it.each(dialogues)('has published dialogue $exchange', async ({ request, reply }) => {
    const { address, version, di } = request.decoded;
    const memory = new MemoryLine(scripted({ [request.hex.replace(/^(?:fe)*/, '')]: reply.hex }));
    const item = await readItem(
      memory,
      { address: String(address), version: version === '1997' ? '1997' : '2007' },
      String(di),
    );
    const { value, values = [value] } = reply.decoded as { value?: unknown; values?: readonly unknown[] };
    const numbers = item.values.map((one) =>
      typeof values[0] === 'number' ? one.value && Number(one.value) : one.value,
    );
    expect(numbers).toEqual(values);
  });

  it('has dialogues to judge by', () => {
    expect(dialogues.length).toBe(20);
  });

  it('sends four wake-up bytes, and no effect', async () => {
    const memory = line([0x11, '00000100', 0x91, '00000100 56341200']);
    await readItem(memory, METER, '00010000');
    expect(memory.sent).toEqual([`fefefefe${hex(wireFrame(METER.address, 0x11, '00000100'))}`]);
    expect(memory.effects).toEqual([]);
  });

  it('puts the frames that follow together, wherever a value was cut', async () => {
    const memory = line(
      [0x11, '00ff0100', 0xb1, '00ff0100 290100'],
      [0x12, '00ff0100 01', 0xb2, '00ff0100 0062000000 01'],
      [0x12, '00ff0100 02', 0x92, '00ff0100 60000000 02'],
    );
    expect(await readItem(memory, METER, '0001ff00')).toMatchObject({
      di: '0001FF00',
      frames: 3,
      values: [{ value: '1.29' }, { value: '0.62' }, { value: '0.60' }],
      at: memory.now(),
    });
  });

  it('puts the frames of 1997 together, which have no number', async () => {
    const memory = line([0x01, '1f90', 0xa1, '1f90 547209'], [0x02, '1f90', 0x82, '1f90 0072690100aa']);
    expect(await readItem(memory, OLD, '901F')).toMatchObject({
      frames: 2,
      blockEnd: true,
      values: [{ value: '972.54' }, { value: '169.72' }],
    });
  });

  it('asks the meter that has answered to a wildcard for more', async () => {
    const any = 'aaaaaaaaaaaa';
    const memory = new MemoryLine(
      scripted({
        [hex(wireFrame(any, 0x11, '00ff0100'))]: hex(wireFrame(METER.address, 0xb1, '00ff0100 29010000')),
        [hex(wireFrame(METER.address, 0x12, '00ff0100 01'))]: hex(
          wireFrame(METER.address, 0x92, '00ff0100 62000000 01'),
        ),
      }),
    );
    expect(await readItem(memory, { ...METER, address: any }, '0001FF00')).toMatchObject({
      address: METER.address,
      frames: 2,
    });
  });

  it('gives no part of what does not come to its end', async () => {
    const memory = line([0x11, '00ff0100', 0xb1, '00ff0100 29010000'], [0x12, '00ff0100 01', 0xd2, '02']);
    expect(await failure(readItem(memory, METER, '0001FF00'))).toMatchObject({ code: 'unsupported', detail: 2 });
  });

  it('ends with a meter that never does', async () => {
    const endless = new MemoryLine((request) => {
      const sequence = hex(Uint8Array.of(((request.at(-3) ?? 0) - 0x33) & 0xff));
      const isFirst = request.length === 4 + 16;
      return wireFrame(METER.address, isFirst ? 0xb1 : 0xb2, `00ff0100 29010000 ${isFirst ? '' : sequence}`);
    });
    expect(await failure(readItem(endless, METER, '0001FF00'))).toMatchObject({ code: 'foreign' });
    expect(endless.sent.length).toBe(256);
  });

  it('does not ask on and on for what is empty', async () => {
    const memory = line([0x11, '00ff0100', 0xb1, '00ff0100 29010000'], [0x12, '00ff0100 01', 0xb2, '00ff0100 01']);
    expect(await failure(readItem(memory, METER, '0001FF00'))).toMatchObject({ code: 'foreign' });
  });

  it.each([
    ['has no such item', '02', 'unsupported', 'it has no such data'],
    ['wants a password', '04', 'refused', 'wrong password, or not authorised'],
    ['says both', '06', 'refused', 'it has no such data, wrong password, or not authorised'],
    ['says nothing', '00', 'refused', 'no reason given'],
  ])('rejects where the meter %s', async (_, err, code, words) => {
    const error = await failure(readItem(line([0x11, '00000100', 0xd1, err]), METER, '00010000'));
    expect(error).toMatchObject({ code, message: `meter 000000000161 refused to read 00010000: ${words}` });
    expect(error.retryable).toBe(false);
  });

  it.each([
    ['silence', '', 'timeout'],
    ['noise', '010203', 'checksum'],
    ['another meter', hex(wireFrame('000000000162', 0x91, '00000100 56341200')), 'foreign'],
  ])('rejects after %s', async (_, answer, code) => {
    const memory = new MemoryLine(() => fromHex(answer));
    expect(await failure(readItem(memory, METER, '00010000'))).toMatchObject({ code, retryable: true });
  });

  it('asks for nothing where the identifier is none', async () => {
    const memory = line();
    expect(await failure(readItem(memory, METER, '9010'))).toMatchObject({ code: 'config' });
    expect(await failure(readItem(memory, { ...METER, address: '999999999999' }, '00010000'))).toMatchObject({
      code: 'config',
    });
    expect(memory.sent).toEqual([]);
  });

  it('expects the reply to be as long as the item usually is', async () => {
    const replies: Readonly<Record<string, number>> = {
      '00010000': 4,
      '0001FF00': 5 * 4,
      '0201FF00': 3 * 2,
      '0203FF00': 4 * 3,
      '03010000': 6 * 3,
      '0506FF01': 196,
      F1000001: 16,
    };
    for (const [di, data] of Object.entries(replies)) {
      const memory = line();
      await failure(readItem(memory, METER, di));
      expect([di, memory.expectedLengths]).toEqual([di, [4 + 12 + 4 + data]]);
    }
  });
});
