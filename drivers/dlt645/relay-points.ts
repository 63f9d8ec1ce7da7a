/** Which points of a profile tell of the relay. */
import type { Reading } from '../contract.ts';
import type { RelayState } from './meter-relay.ts';
import type { Place } from './place.ts';

export const STATUS_WORD_3 = '04000503';
const ALL_STATUS_WORDS = '040005FF';

/** By the names of the fields of status word 3. */
const FIELDS = {
  relayOpen: 'relayOpen',
  relayCommandOpen: 'commandOpen',
  preTripAlarm: 'preTripAlarm',
  keepPower: 'keepPower',
} as const satisfies Readonly<Record<string, keyof RelayState>>;

type RelayField = keyof typeof FIELDS;

interface PlacedPoint {
  readonly '2007'?: Place | undefined;
}

/** What the point tells of the relay; nothing where it tells of something else. */
export function relayPlaces(point: PlacedPoint): readonly RelayField[] {
  const place = point['2007'];
  const isWord3 = place?.item === STATUS_WORD_3 || (place?.item === ALL_STATUS_WORDS && place.part === 'status word 3');
  return (Object.keys(FIELDS) as RelayField[]).filter((field) => isWord3 && place.status === field);
}

/** What `state` means for those of `points` that tell of it. */
export function relayReadings(
  points: readonly (PlacedPoint & { readonly key: string })[],
  state: RelayState,
): Reading[] {
  return points.flatMap((point) =>
    relayPlaces(point).map((field) => ({
      point: point.key,
      value: state[FIELDS[field]],
      quality: 'good' as const,
      at: state.at,
    })),
  );
}
