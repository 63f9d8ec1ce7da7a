/** What the operating system refuses, in words. */
import { getSystemErrorMessage } from 'node:util';

/** `permission denied`, `no such file or directory`: what the system says of a file or port. Rethrows what it is not from. */
export function systemWords(error: unknown): string {
  if (!isSystemError(error)) throw error;
  // Node counts its own checks upwards, and what the system refuses downwards.
  return getSystemErrorMessage(-Math.abs(error.errno));
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly errno: number } {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number';
}
