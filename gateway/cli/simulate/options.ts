/** The options of `simulate` and its subcommands. */

/** Where simulators take orders that were not told another port. */
export const DEFAULT_CONTROL = 'http://127.0.0.1:15000';

export interface ControlOptions {
  /** Where the simulators take orders, such as `http://127.0.0.1:15000`. */
  readonly control: string;
}

export interface PlayOptions extends ControlOptions {
  readonly speed: number;
}

export interface SimulateOptions extends ControlOptions {
  readonly size: 'small' | 'large' | 'metering';
  readonly homes?: number;
  readonly heatedHomes?: number;
  readonly scenario?: string;
  readonly pty: boolean;
  readonly portOffset?: number;
  readonly seed?: number;
}
