/** Whether a device still holds what its profile had set. A module that restarts forgets it, and nobody tells. */
import type { Reading } from '../contract.ts';
import { means } from './decode.ts';
import type { ModbusProfile } from './profile.ts';

export class SettingsWatch {
  readonly #profile: ModbusProfile;
  /** What an action writes changes on purpose. */
  readonly #written: ReadonlySet<string>;
  readonly #counters: ReadonlySet<string>;
  /** Empty while it is not set up, or known not to be. */
  #held: ReadonlySet<string> = new Set();
  readonly #counts = new Map<string, number>();

  constructor(profile: ModbusProfile) {
    this.#profile = profile;
    const steps = profile.actions.flatMap((action) => action.steps);
    this.#written = new Set(steps.map((step) => ('pulse' in step ? step.pulse : step.write)));
    this.#counters = new Set(profile.points.flatMap(({ key, role }) => (role === 'counter' ? [key] : [])));
  }

  /** It has just been set up: it holds these. */
  begin(held: readonly string[]): void {
    this.#held = new Set(held.filter((key) => !this.#written.has(key)));
    this.#counts.clear();
  }

  /** Whether `readings` show that it has forgotten them; once, until it is set up again. */
  isLost(readings: readonly Reading[]): boolean {
    if (this.#held.size === 0 || !readings.some((reading) => this.#shows(reading))) return false;
    this.#held = new Set();
    return true;
  }

  /** That a setting is another, or that a counter has begun again. */
  #shows({ point, value, quality }: Reading): boolean {
    if (quality === 'bad') return false;
    if (this.#counters.has(point) && typeof value === 'number') return this.#hasBegunAgain(point, value);
    if (!this.#held.has(point)) return false;
    const { setup, points } = this.#profile;
    const wanted = setup.find((setting) => setting.point === point);
    const place = points.find(({ key }) => key === point);
    return wanted !== undefined && place !== undefined && !means(place, value, wanted.value);
  }

  #hasBegunAgain(point: string, count: number): boolean {
    const before = this.#counts.get(point) ?? 0;
    this.#counts.set(point, count);
    return count < before;
  }
}
