/** A contact belongs to something, and says one thing. That its channel exists is for the alarm rules to check. */
import type { CheckInput } from './input.ts';
import { error, type Finding } from '../mistakes/mistake.ts';
import { suggest } from '../mistakes/suggest.ts';

export function checkInputs({ config, known, lost }: CheckInput): Finding[] {
  return config.devices.flatMap(({ inputs }, index) => {
    const taken = new Set<number>();
    return inputs.flatMap(({ channel, source, alarm, signal }, which) => {
      const path = ['devices', index, 'inputs', which] as const;
      const findings: Finding[] = [];
      if (!known.equipment.has(source) && !lost.has(['equipment'])) {
        const hint = suggest(source, [...known.equipment]);
        findings.push(error([...path, 'source'], `there is no equipment ${JSON.stringify(source)}`, hint));
      }
      if (alarm !== undefined && signal !== undefined) {
        findings.push(
          error([...path, 'signal'], 'an input is an alarm or a signal, and not both', 'remove one of them'),
        );
      }
      if (alarm === undefined && signal === undefined && !lost.anyOf(path, ['alarm', 'signal'])) {
        findings.push(error(path, '"alarm" is missing', 'or what signal it is: doorOpen or running'));
      }
      if (taken.has(channel)) {
        findings.push(
          error([...path, 'channel'], `channel ${channel} is used above already`, 'one contact, one meaning'),
        );
      }
      taken.add(channel);
      return findings;
    });
  });
}
