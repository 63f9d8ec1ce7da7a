/** What `--help` says where a command opens a line. */

export const ONE_MASTER =
  'A serial line has one master: while the gateway of --site runs and has the line open, this refuses to touch it. A ' +
  'gateway or program on another machine is not seen from here: stop it first.';
