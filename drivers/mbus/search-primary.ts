/** Finds the slaves of a line by their primary addresses. EN 13757-2, link layer. */
import type { Link } from '../contract.ts';
import { listen } from './ask.ts';
import { ALL_ANSWER, HIGHEST_PRIMARY } from './frame-control.ts';
import { buildDataRequest, buildLinkReset } from './requests.ts';
import { whoAcknowledges, whoSendsData, type FoundSlave, type Identified } from './who-answers.ts';

export type PrimaryFound =
  | { readonly address: number; readonly kind: 'slave'; readonly slave: FoundSlave }
  /** Somebody answers who does not say who it is. */
  | { readonly address: number; readonly kind: 'unnamed' }
  /** More than one slave has this address, or the line is noisy. */
  | { readonly address: number; readonly kind: 'several' };

export interface PrimarySearchOptions {
  /** In 0 to 250, by default all of them: 0 are slaves that have not been given an address. */
  readonly from?: number;
  readonly to?: number;
  /** Told before each address. */
  readonly onProbe?: (address: number, found: number) => void;
}

/** How often is asked before nobody is there. */
const ATTEMPTS = 3;

/**
 * Whether anything is heard after a question to FE, which every slave answers to whatever its own address (EN 13757-2, link
 * layer addresses): silence spares the question to each of 251 addresses. Several answers at once, and noise, are somebody.
 * Rejects with DriverError where the line fails.
 */
export async function isAnybodyThere(link: Link): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const heard = await listen(link, buildLinkReset(ALL_ANSWER));
    if (heard.length > 0) return true;
  }
  return false;
}

/** Rejects with DriverError where the line fails. */
export async function searchPrimary(link: Link, options: PrimarySearchOptions = {}): Promise<PrimaryFound[]> {
  const { from = 0, to = HIGHEST_PRIMARY, onProbe } = options;
  const found: PrimaryFound[] = [];
  for (let address = from; address <= to; address++) {
    onProbe?.(address, found.length);
    const here = await whoIsAt(link, address);
    if (here !== null) found.push(here);
  }
  return found;
}

async function whoIsAt(link: Link, address: number): Promise<PrimaryFound | null> {
  const acknowledged = whoAcknowledges(await listen(link, buildLinkReset(address), true));
  if (acknowledged === 'silence') return null;
  const who = await whoIsIt(link, address);
  switch (who.kind) {
    case 'slave':
      return acknowledged === 'several' ? { address, kind: 'several' } : { address, kind: 'slave', slave: who.slave };
    case 'unclear':
      return { address, kind: 'several' };
    case 'unnamed':
      return { address, kind: 'unnamed' };
    case 'silence':
      // Noise alone is nobody.
      return acknowledged === 'unclear' ? null : { address, kind: 'unnamed' };
  }
}

/** Who has acknowledged is asked again where its data do not come: they may have been late. The same FCB asks for the same data. */
async function whoIsIt(link: Link, address: number): Promise<Identified> {
  for (let attempt = 1; ; attempt++) {
    const who = whoSendsData(await listen(link, buildDataRequest(address, 1)));
    if (who.kind !== 'silence' || attempt === ATTEMPTS) return who;
  }
}
