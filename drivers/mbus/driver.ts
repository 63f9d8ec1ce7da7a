/** The M-Bus driver (EN 13757-2 and -3): one readout brings all points of a meter. */
import type {
  Block,
  CommandOutcome,
  Driver,
  DriverCommand,
  Link,
  PollResult,
  Session,
  SessionSetup,
} from '../contract.ts';
import { DriverError } from '../errors.ts';
import { mbusAddressing, meterAddressOf } from './meter-address.ts';
import { parseMbusProfile } from './parse-profile.ts';
import { pointReadings } from './point-readings.ts';
import type { MbusProfile } from './profile.ts';
import { readMeter, type MeterAddress } from './read-meter.ts';
import { readoutLengths, parseReadoutSize, sizeOf, longer, type ReadoutSize } from './readout-size.ts';

export const mbus: Driver<MbusProfile> = {
  name: 'mbus',
  addressing: mbusAddressing,
  parseProfile: parseMbusProfile,
  open: (setup) => new MbusSession(setup),
};

class MbusSession implements Session {
  readonly #profile: MbusProfile;
  readonly #address: MeterAddress;
  #size: ReadoutSize;

  constructor({ profile, address, knowledge }: SessionSetup<MbusProfile>) {
    this.#profile = profile;
    this.#address = meterAddressOf(address);
    this.#size = parseReadoutSize(knowledge['readout']);
  }

  plan(): readonly Block[] {
    const { poll, points } = this.#profile;
    return [{ id: 'readout', poll, points, ...readoutLengths(this.#address, this.#size) }];
  }

  async poll({ points }: Block, link: Link): Promise<PollResult> {
    const readout = await readMeter(link, this.#address);
    const wanted = new Set(points.map(({ key }) => key));
    const own = this.#profile.points.filter(({ key }) => wanted.has(key));
    const readings = pointReadings(own, this.#profile.slave, readout, link.now());
    const size = longer(this.#size, sizeOf(readout));
    if (size === this.#size) return { readings };
    this.#size = size;
    return { readings, learned: { readout: size } };
  }

  execute({ action }: DriverCommand): Promise<CommandOutcome> {
    return Promise.reject(new DriverError('config', `M-Bus meters are only read here: there is no ${action}`));
  }

  prepare(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
}
