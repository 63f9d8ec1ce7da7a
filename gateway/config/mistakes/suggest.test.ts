import { describe, expect, it } from 'vitest';
import { suggest } from './suggest.ts';

describe('suggest', () => {
  it.each([
    ['hots', ['host', 'port', 'path'], 'did you mean "host"?'],
    ['prot', ['root', 'port'], 'did you mean "port"?'],
    ['replytimeout', ['replyTimeoutMs', 'retries'], 'did you mean "replyTimeoutMs"?'],
    ['LIFTS', ['lifts', 'pumps'], 'did you mean "lifts"?'],
    ['zzz', ['host', 'port'], 'there is host, port'],
    ['x', [], undefined],
  ])('%s among %j: %s', (wrong, names, hint) => {
    expect(suggest(wrong, names)).toBe(hint);
  });

  it('names a dozen at most', () => {
    const names = Array.from({ length: 15 }, (_, index) => `device-${index}`);
    expect(suggest('z', names)).toMatch(/^there is device-0, .*device-11 and 3 more$/);
  });
});
