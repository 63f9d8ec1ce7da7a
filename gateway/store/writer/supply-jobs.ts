/** What is written of requests to cut a supply or to give it back, each with its row of the audit. */
import type { WriteTables } from '../tables/index.ts';
import type { NewSupplyRequest } from '../tables/supply-requests.ts';
import type { Atomic } from './atomic.ts';

export function createSupplyJobs({ audit, supplyRequests }: WriteTables, atomic: Atomic) {
  return {
    askSupply: atomic((request: NewSupplyRequest): void => {
      const { id, device, action, by, note, at } = request;
      supplyRequests.ask(request);
      audit.append({ at, who: by, what: 'supply.ask', detail: { id, device, action, note } });
    }),
    /** False, and nothing written, unless it is open, in time, and asked for by somebody else. */
    confirmSupply: atomic((id: string, by: string, now: number): boolean => {
      if (!supplyRequests.confirm(id, by, now)) return false;
      audit.append({ at: now, who: by, what: 'supply.confirm', detail: { id } });
      return true;
    }),
    withdrawSupply: atomic((id: string, by: string, now: number): boolean => {
      if (!supplyRequests.withdraw(id, by)) return false;
      audit.append({ at: now, who: by, what: 'supply.withdraw', detail: { id } });
      return true;
    }),
  };
}
