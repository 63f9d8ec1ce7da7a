import { DriverError } from '../../../drivers/errors.ts';

/** Asks again, at most `retries` times, where asking again may help. */
export async function retrying<T>(retries: number, ask: () => Promise<T>): Promise<T> {
  for (let left = retries; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (left <= 0 || !(error instanceof DriverError) || !error.retryable) throw error;
    }
  }
}
