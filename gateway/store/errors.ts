/** Why a store cannot be opened or written, for a person. */
export type StoreErrorCode = 'newer' | 'corrupt' | 'unwritable' | 'full' | 'otherSite';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
