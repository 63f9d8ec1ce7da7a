import { expect, it } from 'vitest';
import { parseDlt645Profile } from '../../../drivers/dlt645/parse-profile.ts';
import profile from '../../../config/profiles/dlt645-single-phase.json' with { type: 'json' };
import { profileJson } from './profile-json.ts';

const SECRET = { level: '04', password: '314159', operator: '27182818' };

it('has everything of a profile but what opens a relay', () => {
  const parsed = parseDlt645Profile({ ...profile, credentials: SECRET });
  if (!parsed.ok) throw new Error(parsed.mistakes.map(({ message }) => message).join());
  const json = profileJson(parsed.profile);
  for (const secret of Object.values(SECRET)) expect(json).not.toContain(`"${secret}"`);
  const shown: unknown = JSON.parse(json);
  const credentials = { level: '***', password: '***', operator: '***' };
  expect(shown).toEqual({ ...(JSON.parse(JSON.stringify(parsed.profile)) as object), credentials });
});

it('hides credentials of any shape', () => {
  const profile = { id: 'x', credentials: 'secret' } as unknown as Parameters<typeof profileJson>[0];
  expect(profileJson(profile)).toBe('{"id":"x","credentials":"***"}');
});
