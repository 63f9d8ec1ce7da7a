/** `gatehouse profiles`: the device models that this gateway knows. */
import { Command } from 'commander';
import type { ProfilesOptions } from './profiles/options.ts';
import { profileFolderOption } from './options/profile-folder.ts';

export function profilesCommand(): Command {
  return new Command('profiles')
    .summary('list the device models, or show one in full')
    .description('Lists the device models of a folder of profiles, or shows one with its points, commands and manual.')
    .argument('[id]', 'the profile to show in full')
    .addOption(profileFolderOption())
    .option('--json', 'JSON instead of text')
    .addHelpText(
      'after',
      '\nExamples:\n  $ scripts/gatehouse profiles\n  $ scripts/gatehouse profiles moxa-iologik-e1210',
    )
    .action(async (id: string | undefined, options: ProfilesOptions) => {
      const { runProfiles } = await import('./profiles/run-profiles.ts');
      await runProfiles(id, options);
    });
}
