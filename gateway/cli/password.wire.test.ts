import { describe, expect, it } from 'vitest';
import { parsePasswordHash, verifyPassword } from '../broker/password.ts';
import { runCli } from './testing/run-cli.ts';

describe('gatehouse password', () => {
  it.each(['correct horse\n', 'correct horse', 'correct horse\r\nand more\n'])(
    'prints the hash of the first line of %j',
    async (input) => {
      const { code, stdout } = await runCli(['password'], { input });
      const hash = parsePasswordHash(stdout.trim());
      expect(hash && (await verifyPassword('correct horse', hash))).toBe(true);
      expect(hash && (await verifyPassword('and more', hash))).toBe(false);
      expect(code).toBe(0);
    },
  );

  it('makes another hash each time', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => runCli(['password'], { input: 'x\n' })));
    expect(a?.stdout).not.toBe(b?.stdout);
  });

  it.each(['', '\n'])('refuses an empty password (%j)', async (input) => {
    const { code, stdout, stderr } = await runCli(['password'], { input });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('at least one character');
  });
});
