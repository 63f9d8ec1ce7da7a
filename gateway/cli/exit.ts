/** How a command ends. docs/commands.md has the table. */

export const EXIT = {
  ok: 0,
  /** It did what it was asked to, and what it found is not well. */
  findings: 1,
  /** It was asked for something that it cannot do. */
  usage: 2,
  /** A defect of the program. */
  defect: 70,
  /** Ended by Ctrl-C before it was through: 128 and the number of SIGINT, as shells say it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Something that a person can mend: it ends the command with a message and no stack trace. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** What to do about it. */
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(message: string, hint?: string, exitCode: ExitCode = EXIT.findings) {
    super(message);
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

/** The command line itself is wrong. */
export function usageError(message: string, hint?: string): CliError {
  return new CliError(message, hint, EXIT.usage);
}
