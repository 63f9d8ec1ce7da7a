/** The options of `run`, as the command line gives them. */
export interface RunFlags {
  readonly simulate?: boolean;
  /** Another database file than the site names. */
  readonly store?: string;
  /** Begin with an empty database. */
  readonly freshStore?: boolean;
  /** A file for the log. */
  readonly log?: string;
  readonly quiet?: boolean;
  /** For trials: the control port of the simulators whose time is taken for the time. */
  readonly simulatedTime?: string;
}
