import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ProfileMistake } from '../contract.ts';
import { parseModbusProfile } from './parse-profile.ts';

const folder = new URL('./testdata/profiles/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

interface BadCase {
  readonly profile: unknown;
  /** Every mistake in it: the exact path, and words that the message has. */
  readonly mistakes: readonly ProfileMistake[];
}

const names = readdirSync(new URL('bad/', folder)).map((file) => file.replace('.json', ''));

describe('a bad profile', () => {
  it.each(names)('is refused: %s', (name) => {
    const { profile, mistakes } = read(`bad/${name}.json`) as BadCase;
    const result = parseModbusProfile(profile);
    const found = result.ok ? [] : result.mistakes;
    expect(found.map(({ path }) => path)).toEqual(mistakes.map(({ path }) => path));
    mistakes.forEach(({ message }, index) => expect(found[index]?.message).toContain(message));
  });
});

describe('a good profile', () => {
  const result = parseModbusProfile(read('good.json'));

  it('is taken, with the defaults filled in', () => {
    expect(result).toMatchObject({ ok: true, profile: { id: 'sample', limits: { maxRegisters: 16, maxBits: 2000 } } });
  });

  it('offers its actions as commands without a value, and says which of them nothing shows', () => {
    const commands = result.ok ? result.profile.commands : [];
    expect(commands.slice(0, 3)).toEqual([
      { action: 'open', nameZh: '开', passage: 'opens' },
      { action: 'close', nameZh: '开', blind: true },
      { action: 'stop', nameZh: '开' },
    ]);
  });

  it('offers a writable point as a command with what its value may be', () => {
    const commands = result.ok ? result.profile.commands : [];
    expect(commands.slice(3)).toEqual([
      { action: 'start', nameZh: '起动', value: { type: 'boolean' }, blind: true },
      { action: 'setpoint', nameZh: '给定', value: { type: 'number', min: 0, max: 100 } },
      { action: 'command', nameZh: '指令', value: { type: 'enum', values: [1, 5] } },
    ]);
  });

  it('keeps the points that an action or setup writes for themselves, or an interlock could be gone around', () => {
    const offered = result.ok ? result.profile.commands.map(({ action }) => action) : [];
    for (const driven of ['openRelay', 'closeRelay', 'key']) expect(offered).not.toContain(driven);
  });
});
