import { describe, expect, it } from 'vitest';
import { hex } from '../bytes/hex.ts';
import { DriverError } from '../errors.ts';
import { commandRelay, readRelay, type RelayOrder } from './meter-relay.ts';
import { MemoryLine, type Answer } from './testing/memory-line.ts';
import { fromHex, vectorBytes } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

const METER = { address: '563412004321', version: '2007' } as const;
const order = (command: RelayOrder['command']): RelayOrder => ({
  command,
  credentials: { level: '02', password: '123456', operator: '00000002' },
  validUntil: { year: 2026, month: 3, day: 1, hour: 8, minute: 15, second: 30 },
});
const NOTHING = new Uint8Array();
const ACCEPTED = wireFrame(METER.address, 0x9c);
const word = (bytes: string): Uint8Array => wireFrame(METER.address, 0x91, `03050004 ${bytes}`);
const OPEN = word('5000');
const CLOSED = word('0000');
/** The relay is open and may be closed: the customer has to press the button. */
const WAITS_FOR_BUTTON = word('1000');

/** A meter that answers a relay command with `reply`, and the reads of its status word with `words`, the last one for ever. */
function meter(reply: ReturnType<Answer>, ...words: readonly ReturnType<Answer>[]): MemoryLine {
  let reads = 0;
  return new MemoryLine((request) => {
    if (request[4 + 8] === 0x1c) return reply;
    reads += 1;
    return words[Math.min(reads, words.length) - 1] ?? NOTHING;
  });
}

async function failure(promise: Promise<unknown>): Promise<DriverError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof DriverError) return error;
  throw new Error('it did not fail as a driver fails');
}

describe('commandRelay', () => {
  it('trips, and reads back that the relay is open', async () => {
    const line = meter(ACCEPTED, OPEN);
    expect(await commandRelay(line, METER, order('trip'))).toMatchObject({
      answered: true,
      state: { relayOpen: true, commandOpen: true, word: '0x0050' },
    });
    expect(line.sent.length).toBe(2);
    expect(line.sent[1]).toBe(`fefefefe${hex(wireFrame(METER.address, 0x11, '03050004'))}`);
  });

  it('sends the published permit to close', async () => {
    const line = meter(ACCEPTED, CLOSED);
    await commandRelay(line, METER, order('closePermit'));
    expect(line.effects).toEqual([`fefefefe${hex(vectorBytes('P-dlt645-2007-063'))}`]);
  });

  it('does not take the acceptance for the deed', async () => {
    const line = meter(ACCEPTED, CLOSED);
    const error = await failure(commandRelay(line, METER, order('trip')));
    expect(error).toMatchObject({
      code: 'unconfirmed',
      message: 'trip was accepted, and its effect is not seen: status word 3 is 0x0000',
      retryable: false,
    });
    expect(line.effects.length).toBe(1);
    expect(line.waits).toEqual(Array<number>(9).fill(1_000));
  });

  it('waits for a relay that takes its time', async () => {
    const line = meter(ACCEPTED, CLOSED, CLOSED, OPEN);
    expect(await commandRelay(line, METER, order('trip'))).toMatchObject({ state: { relayOpen: true } });
    expect(line.waits.length).toBe(2);
  });

  it('is content with a permit to close while the button is not pressed, and says that the relay is open', async () => {
    const line = meter(ACCEPTED, WAITS_FOR_BUTTON);
    expect(await commandRelay(line, METER, order('closePermit'))).toMatchObject({
      state: { relayOpen: true, commandOpen: false },
    });
  });

  it('is not content with a close while the relay is open', async () => {
    const error = await failure(commandRelay(meter(ACCEPTED, WAITS_FOR_BUTTON), METER, order('directClose')));
    expect(error.code).toBe('unconfirmed');
  });

  it.each([
    ['alarmOn', '8000', '0000'],
    ['alarmOff', '0000', '8000'],
    ['keepPowerOn', '0010', '0000'],
    ['keepPowerOff', '0000', '0010'],
    ['directClose', '0000', '1000'],
  ] as const)('proves %s by the status word', async (command, done, otherwise) => {
    await commandRelay(meter(ACCEPTED, word(done)), METER, order(command));
    expect((await failure(commandRelay(meter(ACCEPTED, word(otherwise)), METER, order(command)))).code).toBe(
      'unconfirmed',
    );
  });

  it('neither repeats nor reads back what the meter does not authorise', async () => {
    const line = meter(wireFrame(METER.address, 0xdc, '04'), OPEN);
    expect(await failure(commandRelay(line, METER, order('trip')))).toMatchObject({
      code: 'refused',
      detail: 4,
      message: 'meter 563412004321 refused to trip: wrong password, or not authorised',
      retryable: false,
    });
    expect(line.sent.length).toBe(1);
  });

  it.each([
    ['is lost', NOTHING],
    ['is damaged', ACCEPTED.map((byte, i) => (i === 10 ? 0 : byte))],
    ['is another meter’s', wireFrame('000000000162', 0x9c)],
    ['did not come before the line closed', new DriverError('closed', 'port unplugged')],
  ])('looks for the effect when the answer %s', async (_, reply) => {
    const line = meter(reply, OPEN);
    expect(await commandRelay(line, METER, order('trip'))).toMatchObject({
      answered: false,
      state: { relayOpen: true },
    });
    expect(line.effects.length).toBe(1);
  });

  it('says that nothing is known when neither the command nor the status word is answered', async () => {
    const line = meter(NOTHING, NOTHING);
    const error = await failure(commandRelay(line, METER, order('trip')));
    expect(error).toMatchObject({ code: 'unconfirmed', retryable: false });
    expect(error.message).toContain('was sent and not answered (no answer from meter 563412004321)');
    expect(line.effects.length).toBe(1);
  });

  it('says so when the meter has no status word', async () => {
    const line = meter(ACCEPTED, wireFrame(METER.address, 0xd1, '02'));
    expect((await failure(commandRelay(line, METER, order('trip')))).message).toContain('it has no such data');
    expect(line.waits).toEqual([]);
  });

  it('takes no status word that is filled with FF for a state', async () => {
    const error = await failure(commandRelay(meter(ACCEPTED, word('ffff')), METER, order('trip')));
    expect(error).toMatchObject({ code: 'unconfirmed' });
    expect(error.message).toContain('absent (FF)');
  });

  it('looks until the line is there again', async () => {
    const line = meter(new DriverError('closed', 'reset'), new DriverError('unsent', 'reset'), OPEN);
    expect(await commandRelay(line, METER, order('trip'))).toMatchObject({ answered: false });
    expect(line.waits).toEqual([1_000]);
  });

  it('passes on that the command was not sent', async () => {
    const line = meter(new DriverError('unsent', 'its expiry had passed'), OPEN);
    expect(await failure(commandRelay(line, METER, order('trip')))).toMatchObject({
      code: 'unsent',
      message: 'its expiry had passed',
    });
    expect(line.sent.length).toBe(1);
  });

  it('sends nothing to a meter of 1997', async () => {
    const line = meter(ACCEPTED, OPEN);
    const error = await failure(commandRelay(line, { ...METER, version: '1997' }, order('trip')));
    expect(error.code).toBe('unsupported');
    expect(line.sent).toEqual([]);
  });
});

describe('readRelay', () => {
  it('gives the published state of meter 151230011061', async () => {
    const line = new MemoryLine(() => vectorBytes('P-dlt645-2007-066'));
    expect(await readRelay(line, { address: '151230011061', version: '2007' })).toEqual({
      relayOpen: false,
      commandOpen: false,
      preTripAlarm: false,
      keepPower: false,
      word: '0x0000',
      at: line.now(),
    });
  });

  it('rejects a word of one byte', async () => {
    const line = new MemoryLine(() => wireFrame(METER.address, 0x91, hex(fromHex('0305000450'))));
    expect((await failure(readRelay(line, METER))).code).toBe('foreign');
  });
});
