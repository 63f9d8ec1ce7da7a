/** From what a meter says to the model that it may be. Guesses, for a person to confirm. Pure. */
import type { Profile } from '../../../../drivers/contract.ts';
import type { IdentifiedMeter } from '../../../../drivers/cjt188/identify-meter.ts';
import { familyOf } from '../../../../drivers/cjt188/meter-types.ts';
import type { Cjt188Profile } from '../../../../drivers/cjt188/profile.ts';
import type { MbusProfile } from '../../../../drivers/mbus/profile.ts';
import type { FoundSlave } from '../../../../drivers/mbus/who-answers.ts';
import type { Utility } from '../../../metering/model.ts';
import type { ProfileGuess } from './found-meter.ts';

const UTILITY_OF_TYPE: ReadonlyMap<number, Utility> = new Map([
  [0x10, 'coldWater'],
  [0x11, 'hotWater'],
  [0x13, 'reclaimedWater'],
  [0x30, 'gas'],
]);

/** Drinking water is nobody's utility yet. */
export function utilityOfType(meterType: number): Utility | null {
  return UTILITY_OF_TYPE.get(meterType) ?? (familyOf(meterType) === 'heat' ? 'heat' : null);
}

const UTILITY_OF_MEDIUM: readonly (readonly [RegExp, Utility])[] = [
  [/^Electricity/, 'electricity'],
  [/^Gas(?! Logger| Converter| Detector)/, 'gas'],
  [/^Heat(?! Cost)/, 'heat'],
  [/^(?:Warm|Hot) water/i, 'hotWater'],
  [/^(?:Cold water|Water)(?! Logger)/, 'coldWater'],
];

export function utilityOfMedium(medium: string | null): Utility | null {
  if (medium === null) return null;
  return UTILITY_OF_MEDIUM.find(([pattern]) => pattern.test(medium))?.[1] ?? null;
}

/** `phases`: null where it did not say whether it has a phase B. */
export function guessDlt645(
  profiles: readonly Profile[],
  version: '2007' | '1997',
  phases: 1 | 3 | null,
): ProfileGuess {
  if (phases === null) return { id: null, because: 'it did not say whether it has three phases' };
  const single = version === '1997' ? 'dlt645-1997-single-phase' : 'dlt645-single-phase';
  const id = phases === 3 ? 'dlt645-three-phase' : single;
  if (!profiles.some((profile) => profile.id === id)) return { id: null, because: `there is no profile ${id} here` };
  return { id, because: phases === 3 ? 'phase B has a voltage' : 'there is no voltage on a phase B' };
}

/** `identified`: null where it gave no reading. */
export function guessCjt188(profiles: readonly Profile[], identified: IdentifiedMeter | null): ProfileGuess {
  if (identified === null) return { id: null, because: 'it gives no reading' };
  const { meterType, layout } = identified;
  const type = meterType.toString(16).toUpperCase().padStart(2, '0');
  if (layout === null) return { id: null, because: `its reading has no layout of type ${type} that is known` };
  const fits = profiles.filter(isCjt188).filter(({ meter }) => meter.type === type && meter.layout === layout);
  // Who has no valve says that it is open: a command for one that is there can be added by a person who has seen it.
  const chosen = fits.find(({ valve }) => valve === undefined) ?? fits[0];
  if (chosen === undefined) return { id: null, because: `no profile is for type ${type} and layout ${layout}` };
  return { id: chosen.id, because: `type ${type}, and the layout of its reading` };
}

/** The profiles that are for such a slave, those for its maker alone if there are any. */
export function mbusCandidates(
  profiles: readonly Profile[],
  { manufacturer, version, medium }: Pick<FoundSlave, 'manufacturer' | 'version' | 'medium'>,
): readonly MbusProfile[] {
  const fits = profiles.filter(isMbus).filter(({ slave }) => {
    const isMaker = slave.manufacturer === undefined || slave.manufacturer === manufacturer;
    const isVersion = slave.versions === undefined || (version !== null && slave.versions.includes(version));
    return isMaker && isVersion && (slave.media === undefined || medium === null || slave.media.includes(medium));
  });
  const own = fits.filter(({ slave }) => slave.manufacturer !== undefined);
  return own.length > 0 ? own : fits;
}

/** `good`: how many points of a candidate its readout has, by id. */
export function guessMbus(good: ReadonlyMap<string, number>): ProfileGuess {
  const best = Math.max(0, ...good.values());
  const fits = [...good].filter(([, points]) => points === best && best > 0).map(([id]) => id);
  const [id] = fits;
  if (id === undefined) return { id: null, because: 'no profile has what it sends' };
  if (fits.length > 1) return { id: null, because: `it may be any of ${fits.join(', ')}` };
  return { id, because: `${best} points of it are in its readout` };
}

function isCjt188(profile: Profile): profile is Cjt188Profile {
  return profile.driver === 'cjt188';
}

function isMbus(profile: Profile): profile is MbusProfile {
  return profile.driver === 'mbus';
}
