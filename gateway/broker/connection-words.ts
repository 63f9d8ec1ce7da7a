/** Why a broker cannot be reached, for a person: what the system says of it is for programmers. */

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused: the host is there, and no broker listens on this port',
  EHOSTUNREACH: 'the host cannot be reached: cable, switch or address',
  ENETUNREACH: 'the network cannot be reached: cable, switch or address',
  ETIMEDOUT: 'no answer: the host is off, or the address is wrong',
  ENOTFOUND: 'the name of its host is not known',
  EAI_AGAIN: 'the name of its host cannot be looked up at the moment: no name server answers',
  ECONNRESET: 'the broker reset the connection',
};

/** `url`: the broker's. */
export function connectionWords(error: Error, url: string): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const words = WORDS[code];
  return words === undefined ? error.message || 'the connection failed' : `${new URL(url).host}: ${words}`;
}
