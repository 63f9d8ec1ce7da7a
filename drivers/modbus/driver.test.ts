import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Link, Session } from '../contract.ts';
import { modbus } from './driver.ts';

const AT = 1_768_435_200_000;

function sessionOf(id: string): Session {
  const file = new URL(`../../config/profiles/${id}.json`, import.meta.url);
  const parsed = modbus.parseProfile(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes));
  const { profile } = parsed;
  const cost = { byteMs: 0, overheadMs: 0 };
  return modbus.open({ device: 'd', address: '1', profile, medium: 'ip', cost, knowledge: {} });
}

/** `answer`: the PDU after the function code. Modbus Messaging on TCP/IP V1.0b, 3.1.3. */
function linkTo(
  answer: (fc: number, address: number, value: number) => number[],
  wait = () => Promise.resolve(),
): Link {
  return {
    medium: 'ip',
    now: () => AT,
    wait,
    exchange: ({ request }) => {
      const [high = 0, low = 0, , , , , unit = 0, fc = 0] = request;
      const view = new DataView(request.buffer, request.byteOffset);
      const pdu = answer(fc, view.getUint16(8), view.getUint16(10));
      return Promise.resolve(Uint8Array.of(high, low, 0, 0, 0, pdu.length + 1, unit, ...pdu));
    },
  };
}

const ILLEGAL_ADDRESS = 2;

it('asks for a contact that was refused as often as for what is normal, and for what is rare no more often than before', async () => {
  const session = sessionOf('moxa-iologik-e1210');
  const refusing = linkTo((fc) => [fc | 0x80, ILLEGAL_ADDRESS]);
  for (let learned = true; learned;) {
    const results = [];
    for (const block of session.plan()) results.push(await session.poll(block, refusing).catch(() => ({})));
    learned = results.some((result) => 'learned' in result);
  }
  const pollOf = (key: string) => session.plan().find(({ points }) => points.some((point) => point.key === key))?.poll;
  expect([pollOf('di2'), pollOf('di2Count'), pollOf('di2Overflow')]).toEqual(['normal', 'normal', 'slow']);
});

it('does not release a relay that a command is pulsing', async () => {
  const session = sessionOf('relay-barrier');
  const coils = [0, 0, 0];
  const pulse = Promise.withResolvers<undefined>();
  const begun = Promise.withResolvers<undefined>();
  const line = linkTo(
    (fc, address, value) => {
      if (fc === 5) coils[address] = Number(value !== 0);
      if (fc === 5) return [5, 0, address, value >> 8, 0];
      return [fc, 1, fc === 1 ? (coils[address] ?? 0) : 1];
    },
    () => {
      begun.resolve(undefined);
      return pulse.promise;
    },
  );
  const opened = session.execute({ action: 'open' }, line);
  await begun.promise;
  await session.prepare(line);
  expect(coils).toEqual([1, 0, 0]);
  pulse.resolve(undefined);
  await opened;
  expect(coils).toEqual([0, 0, 0]);
  coils[0] = 1;
  await session.prepare(line);
  expect(coils).toEqual([0, 0, 0]);
});
