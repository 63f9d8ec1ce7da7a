/** The alarm filters of lifts: what they go by is there, and on the module of the button, where all is read together. */
import { CAR_ALARM } from '../../alarms/lift-filters.ts';
import type { Path } from '../mistakes/path.ts';
import { error, type Finding } from '../mistakes/mistake.ts';
import type { CheckInput } from './input.ts';

interface Placed {
  readonly device: string;
  readonly source: string;
  readonly alarm?: string | undefined;
  readonly signal?: string | undefined;
  readonly path: Path;
}

export function checkLifts({ config, lost }: CheckInput): Finding[] {
  if (lost.has(['equipment'])) return [];
  const inputs = config.devices.flatMap(({ id: device, inputs: own }, index) =>
    own.map((input, which): Placed => ({ ...input, device, path: ['devices', index, 'inputs', which] })),
  );
  // Of an input that could not be read nobody can say whether it is the missing one.
  const isSure = !config.devices.some((_, index) => lost.touches(['devices', index, 'inputs']));
  const filters = config.equipment.flatMap(({ id, kind, filter }, index) => {
    if (!filter) return [];
    const path = ['equipment', index, 'filter'];
    if (kind !== 'lift') return [error(path, `${id} is no lift: only the button of a lift has a filter`)];
    return isSure ? checkFilter(id, path, inputs) : [];
  });
  const lifts = new Set(config.equipment.flatMap(({ id, kind }) => (kind === 'lift' ? id : [])));
  const others = new Set(config.equipment.flatMap(({ id }) => (lifts.has(id) ? [] : id)));
  return [...filters, ...checkSignals(inputs, others)];
}

function checkFilter(lift: string, path: Path, inputs: readonly Placed[]): Finding[] {
  const mine = inputs.filter(({ source }) => source === lift);
  const button = mine.find(({ alarm }) => alarm === CAR_ALARM);
  if (!button) return [error(path, `no input is the alarm button of ${lift}`, `give one alarm: ${CAR_ALARM}`)];
  const signals = mine.filter(({ signal }) => signal !== undefined);
  const elsewhere = signals
    .filter(({ device }) => device !== button.device)
    .map(({ device, path: place }) =>
      error(
        [...place, 'signal'],
        `the alarm button of ${lift} is on ${button.device}, and this is on ${device}`,
        'wire it to the module of the button: there both are read together',
      ),
    );
  if (signals.some(({ signal }) => signal === 'doorOpen')) return elsewhere;
  const message = `nothing tells that the doors of ${lift} are open`;
  return [...elsewhere, error(path, message, `an input of ${button.device} with signal: doorOpen`)];
}

function checkSignals(inputs: readonly Placed[], others: ReadonlySet<string>): Finding[] {
  const taken = new Set<string>();
  return inputs.flatMap(({ source, signal, path }) => {
    if (signal === undefined) return [];
    const place = [...path, 'signal'];
    if (others.has(source)) return [error(place, `${source} is no lift: only lifts have signals`)];
    const name = `${source} ${signal}`;
    const isSecond = taken.has(name);
    taken.add(name);
    return isSecond ? [error(place, `${signal} of ${source} is another input already`, 'one signal, one contact')] : [];
  });
}
