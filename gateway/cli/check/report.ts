/** The mistakes of a site as lines for a person and for an editor's error matcher. Pure. */
import type { Mistake } from '../../config/mistakes/mistake.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { counted } from '../text/counted.ts';
import type { Palette } from '../text/palette.ts';

export function countMistakes(mistakes: readonly Mistake[]): { readonly errors: number; readonly warnings: number } {
  const errors = mistakes.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: mistakes.length - errors };
}

/** `file:line:column: error: message`, as compilers say it, and what would be right on a line below. */
export function mistakeLines(mistakes: readonly Mistake[], colours: Palette): string[] {
  return mistakes.flatMap(({ file, line, column, severity, message, hint }) => {
    const paint = severity === 'error' ? colours.bad : colours.warning;
    const said = `${colours.strong(`${file}:${line}:${column}:`)} ${paint(`${severity}:`)} ${message}`;
    return hint === undefined ? [said] : [said, `    ${colours.faint('hint:')} ${hint}`];
  });
}

/** `config` is null where there are errors. */
export function summaryLines(
  file: string,
  config: SiteConfig | null,
  mistakes: readonly Mistake[],
  colours: Palette,
): string[] {
  const { errors, warnings } = countMistakes(mistakes);
  const found = [errors > 0 && counted(errors, 'error'), warnings > 0 && counted(warnings, 'warning')];
  const said = found.filter((text) => text !== false).join(', ');
  if (!config) return [colours.bad(`✗ ${file}: ${said}`)];
  const { devices, buses, profiles, alarms, registry } = config;
  const { meters, homes } = registry;
  const parts = [
    counted(devices.length, 'device'),
    `on ${counted(buses.length, 'bus', 'buses')}`,
    `of ${counted(profiles.size, 'profile')}`,
    `with ${counted(alarms.length, 'alarm')} that can occur`,
    ...(meters.size + homes.size > 0 ? [`and ${counted(meters.size, 'meter')} of ${counted(homes.size, 'home')}`] : []),
  ].join(' ');
  const verdict = warnings === 0 ? colours.good('✓ no mistakes') : colours.warning(`! ${said}`);
  return [`${verdict} in ${file}: ${parts}`];
}
