/** `decode` as a user and as a program calls it. Frames are those of the vectors' sources, typed by hand. */
import { describe, expect, it } from 'vitest';
import { runCli } from './testing/run-cli.ts';

const REQUEST = '010300000002c40b';
/** Its CRC has one bit changed. */
const DAMAGED = '010300000002c40a';
const CIPHERTEXT = 'AE9CCAEB1EFB8613FEE4DC12B3764EF3CE5510EB2BB23BC191337284511003CEE9D04D31AF16BD6E3B68D4AE128CBCF2';

function decode(args: readonly string[], input?: string) {
  return runCli(['decode', '--protocol', 'modbus-rtu', ...args], input === undefined ? {} : { input });
}

describe('gatehouse decode', () => {
  it('explains each frame of a stream as JSON', async () => {
    const { code, stdout } = await decode(['--json', REQUEST, '01 03 04 3f 80 00 00 f7 cf', 'fe']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      {
        ok: true,
        offset: 0,
        length: 8,
        fields: { unit: 1, fc: 3, function: 'Read Holding Registers', direction: 'request', address: 0, count: 2 },
      },
      {
        ok: true,
        offset: 8,
        length: 9,
        fields: {
          ...{ unit: 1, fc: 3, function: 'Read Holding Registers', direction: 'reply' },
          ...{ registers: [16256, 0], value: 1, wordOrder: 'high-first' },
        },
      },
      { ok: false, offset: 17, length: 1, error: { code: 'garbage', message: '1 byte belongs to no Modbus frame' } },
    ]);
  });

  it('explains Modbus TCP too', async () => {
    const { stdout } = await runCli(['decode', '--protocol', 'modbus-tcp', '--json', '0002000000061103006b0003']);
    expect(JSON.parse(stdout)).toMatchObject([
      { ok: true, fields: { transaction: 2, unit: 17, address: 107, count: 3 } },
    ]);
  });

  it('explains frames of SIA DC-09, with a key those that are encrypted', async () => {
    // Computed from the standard, as drivers/dc09/testdata/vectors has it.
    const frame = `143A007A"*ADM-CID"0108R1L0#A1B2C3[${CIPHERTEXT}`;
    const dc09 = (...args: string[]) =>
      runCli(['decode', '--protocol', 'sia-dc09', '--json', ...args, Buffer.from(frame).toString('hex')]);
    const head = { id: 'ADM-CID', sequence: '0108', receiver: '1', line: '0', account: 'A1B2C3' };
    expect(JSON.parse((await dc09()).stdout)).toMatchObject([{ ok: true, fields: { ...head, data: null } }]);
    const opened = await dc09('--key', '000102030405060708090A0B0C0D0E0F');
    expect(JSON.parse(opened.stdout)).toMatchObject([
      { ok: true, fields: { ...head, data: ['#A1B2C3|1110 02 011'], time: '2026-03-09T02:15:31Z' } },
    ]);
    const noKey = await dc09('--key', '0001');
    expect([noKey.code, noKey.stderr]).toEqual([2, expect.stringContaining('a key is 32, 48 or 64 hex digits')]);
  });

  it('refuses a key where nothing is encrypted', async () => {
    const { code, stderr } = await decode(['--key', '00'.repeat(16), REQUEST]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--key is for --protocol sia-dc09')]);
  });

  it('shows a person the bytes beside their meaning', async () => {
    const { code, stdout } = await decode([REQUEST]);
    expect(stdout).toContain('  00 02  count     2\n  C4 0B  CRC       right\n');
    expect(code).toBe(0);
  });

  it('answers one line of standard input with one line', async () => {
    const lines = [REQUEST, '', 'no hex', DAMAGED, `  ${REQUEST.toUpperCase()}\r`, '01 03'];
    const { code, stdout } = await decode(['--json', '-'], lines.join('\n'));
    const answers = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown); // prettier-ignore
    expect(code).toBe(0);
    expect(answers).toMatchObject([
      [{ ok: true, length: 8 }],
      [],
      [{ ok: false, offset: 0, error: { code: 'hex', message: 'character 1 is "n", which is no hex digit' } }],
      [{ ok: false, offset: 0, error: { code: 'crc', crcFound: 'c40a', crcExpected: 'c40b' } }],
      [{ ok: true, length: 8 }],
      [{ ok: false, error: { code: 'truncated' } }],
    ]);
  });

  it('answers 20,000 lines in their order', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? REQUEST : i.toString(16).padStart(4, '0')));
    const { stdout } = await decode(['--json', '-'], lines.join('\n'));
    const answers = stdout.trimEnd().split('\n').map((line) => (JSON.parse(line) as { ok: boolean }[])[0]?.ok); // prettier-ignore
    expect(answers).toHaveLength(20_000);
    expect(answers.every((ok, i) => ok === (i % 2 === 0))).toBe(true);
  });

  it.each([
    [['01 0g'], 'character 5 is "g"'],
    [['010'], '3 hex digits from character 1 on: a byte has two'],
    [[''], 'there are no bytes to decode'],
  ])('refuses %j with the place of the mistake', async (args, message) => {
    const { code, stdout, stderr } = await decode(args);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('asks for the protocol by its names', async () => {
    const { code, stderr } = await runCli(['decode', REQUEST]);
    expect(stderr).toContain('--protocol modbus-rtu, --protocol modbus-tcp');
    expect(code).toBe(2);
  });
});
