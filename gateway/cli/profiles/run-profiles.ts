/** Prints the profiles of a folder, or one of them. */
import { loadProfiles, profileOf } from '../options/load-profiles.ts';
import type { ProfilesOptions } from './options.ts';
import { paletteFor } from '../text/palette.ts';
import { sourceOf } from './source.ts';
import { listLines } from './list-lines.ts';
import { profileJson } from './profile-json.ts';
import { profileLines } from './profile-lines.ts';

export async function runProfiles(id: string | undefined, { profileFolder, json }: ProfilesOptions): Promise<void> {
  const profiles = await loadProfiles(profileFolder);
  const colours = paletteFor(process.stdout);
  if (id !== undefined) {
    const profile = profileOf(profiles, id);
    if (json) console.log(profileJson(profile));
    else for (const line of profileLines(profile, colours)) console.log(line);
    return;
  }
  const all = [...profiles.values()];
  if (json) {
    const items = all.map((profile) => {
      const { maker, model, nameZh, driver, points, commands } = profile;
      const { verified } = sourceOf(profile);
      const counts = { points: points.length, commands: commands.map(({ action }) => action) };
      return { id: profile.id, driver, maker, model, nameZh, ...counts, verified };
    });
    console.log(JSON.stringify(items));
  } else for (const line of listLines(all, colours)) console.log(line);
}
