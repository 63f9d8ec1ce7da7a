/** Why a gateway has not started, where a person can mend it. */
import { isDamaged, StoreError } from '../../store/errors.ts';
import { explain } from '../../store/open.ts';
import { CliError } from '../exit.ts';
import { isSystemError, systemWords } from '../system-words.ts';

/** Throws CliError for a store that cannot be used, a port that cannot be had, a file that cannot be written. `store`: its file. */
export function refuseStart(error: unknown, store: string): never {
  if (isDamaged(error)) throw new CliError(explain(error, store).message);
  if (error instanceof StoreError)
    throw new CliError(error.message, error.code === 'unwritable' ? FILE_HINT : undefined);
  if (!isSystemError(error)) throw error;
  if (error.path !== undefined) throw new CliError(`${error.path} cannot be written: ${systemWords(error)}`, FILE_HINT);
  throw new CliError(error.message, portHint(error.code));
}

const FILE_HINT = 'the user that runs the gateway must be able to write there; --store names another file';

function portHint(code: string | undefined): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return 'another gateway, broker or web server has this port: end it, or choose another in the site file';
    case 'EACCES':
      return 'ports below 1024 need a privilege: choose a higher one in the site file';
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'broker and API listen on an address of this machine: choose one in the site file';
    default:
      return undefined;
  }
}
