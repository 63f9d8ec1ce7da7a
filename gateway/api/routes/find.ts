/** What a path names, or a 404 with the nearest name. */
import { closest } from 'fastest-levenshtein';
import type { BusConfig, DeviceConfig } from '../../config/schema.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { suggest } from '../../config/mistakes/suggest.ts';
import { ApiError, type ErrorCode } from '../errors.ts';
import { inWords } from '../http/error-replies.ts';

export function findBus({ buses }: SiteConfig, id: string): BusConfig {
  const bus = buses.find((candidate) => candidate.id === id);
  if (!bus) throw notFound('unknownBus', `there is no bus ${id}`, id, namesOf(buses));
  return bus;
}

export function findDevice({ devices }: SiteConfig, id: string): DeviceConfig {
  const device = devices.find((candidate) => candidate.id === id);
  if (!device) throw notFound('unknownDevice', `there is no device ${id}`, id, namesOf(devices));
  return device;
}

/** `message` says what is not there; the hint comes from `names`. */
export function notFound(code: ErrorCode, message: string, wrong: string, names: readonly string[]): ApiError {
  return new ApiError(code, inWords(message, hintFor(wrong, names)));
}

/** Above so many names, only the nearest is looked at closely: a wrong name must not hold the gateway. */
const FEW_NAMES = 200;

function hintFor(wrong: string, names: readonly string[]): string | undefined {
  if (names.length <= FEW_NAMES) return suggest(wrong, names);
  const hint = suggest(wrong, [closest(wrong, names)]);
  return hint?.startsWith('did you mean') ? hint : undefined;
}

export function namesOf(things: readonly { readonly id: string }[]): string[] {
  return things.map(({ id }) => id);
}
