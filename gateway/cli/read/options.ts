/** The options of `read`. */

export const TABLE_NAMES = ['coil', 'discrete', 'input', 'holding'] as const;

export interface ReadOptions {
  readonly site: string;
  readonly profileFolder: string;
  readonly bus?: string;
  readonly unit?: number;
  readonly meter?: string;
  readonly profile?: string;
  readonly table?: (typeof TABLE_NAMES)[number];
  readonly address?: number;
  readonly count: number;
  readonly points?: readonly string[];
  /** Undefined: on a terminal only. */
  readonly wire?: boolean;
  readonly json?: boolean;
}
