/** What is said of a site's monitoring station when the site is checked. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SiteCopy } from './testing/site-copy.ts';

let site: SiteCopy;
beforeEach(() => {
  site = new SiteCopy();
});
afterEach(() => site.remove());

const RECEIVER = '{ host: a, port: 1 }';

/** `keys`: besides the account and a receiver, where they do not name others. */
async function said(keys: string, account = '"A1B2C3"', receivers = `[${RECEIVER}]`): Promise<string[]> {
  const station = `monitoringStation: { account: ${account}, receivers: ${receivers}${keys} }`;
  site.edit('site.yaml', 'deviceFiles:', `${station}\ndeviceFiles:`);
  return site.complaints();
}

describe('a monitoring station', () => {
  it('is said once to be told nothing of the types that have no code', async () => {
    expect(await said('')).toEqual([
      expect.stringMatching(
        /^site.yaml:39:1: warning: the station is not told of alarms without a code: lift.carAlarm, lift.fault/,
      ) as string,
    ]);
  });

  it('is told of types with a code of its format', async () => {
    const rules = site.read('rules.yaml').replaceAll(/^ {4}nameZh:/gm, '    sia: QA\n    nameZh:');
    site.write('rules.yaml', rules);
    expect(await said('')).toEqual([]);
    expect((await site.load()).ok).toBe(true);
  });

  it.each([
    ['no file', undefined, 'there is no file'],
    ['a key that is too short', '0011', 'station.key has no key'],
    ['something else', 'password', 'station.key has no key'],
  ])('has no key where the key file holds %s', async (_, content, message) => {
    if (content !== undefined) site.write('station.key', content);
    expect(await said(', keyFile: station.key')).toContainEqual(expect.stringContaining(message));
    expect((await site.load()).ok).toBe(false);
  });

  it('has a key where the key file holds one, and a line end after it', async () => {
    site.write('station.key', `${'0a'.repeat(32)}\n`);
    expect(await said(', keyFile: station.key')).toHaveLength(1);
    expect((await site.load()).ok).toBe(true);
  });

  it('has zones for what there is', async () => {
    expect(await said(', zones: { lift-1: 1, lift-io: 2, lift-9: 3 }')).toContainEqual(
      expect.stringContaining('error: there is no equipment or device "lift-9" (did you mean "lift-1"?)'),
    );
  });

  it('has two ways only by two receivers', async () => {
    expect(await said('', undefined, `[${RECEIVER}, ${RECEIVER}]`)).toContainEqual(
      expect.stringContaining('warning: both receivers are the same'),
    );
  });

  it.each([
    ['an account that is no hex', '"XYZ"', undefined, '"account"'],
    ['an account that is a number', '1234', undefined, 'put it in quotes'],
    ['no receiver', undefined, '[]', '"receivers"'],
    ['three receivers', undefined, `[${RECEIVER}, ${RECEIVER}, ${RECEIVER}]`, '"receivers"'],
    ['a receiver without a port', undefined, '[{ host: a }]', '"port" is missing'],
  ])('is refused with %s, which hides no other mistake', async (_, account, receivers, message) => {
    site.edit('site.yaml', 'profile: tiny-meter', 'profile: nosuch');
    expect(await said('', account, receivers)).toEqual(
      expect.arrayContaining([
        expect.stringContaining(message),
        expect.stringContaining('there is no profile "nosuch"'),
      ]),
    );
  });
});
