/** Name and password to identity. Without users everybody is anonymous: the broker is bound to loopback then. */
import type { Clock } from '../../clock.ts';
import { parsePasswordHash, unmatchableHash, verifyPassword, type PasswordHash } from '../password.ts';
import { ANONYMOUS, type Identity, type Role } from './acl.ts';
import { LoginThrottle } from './login-throttle.ts';

export interface User {
  readonly name: string;
  /** As `hashPassword` makes it. */
  readonly password: string;
  readonly role: Role;
}

export interface Credentials {
  readonly name: string | undefined;
  readonly password: Buffer | undefined;
  readonly address: string;
}

/** Each check takes tens of milliseconds of a core and 32 MiB. */
const CHECKS_AT_ONCE = 2;

export class Authenticator {
  readonly #clock: Clock;
  readonly #users: ReadonlyMap<string, { readonly identity: Identity; readonly hash: PasswordHash }>;
  readonly #nobody = unmatchableHash();
  readonly #throttle = new LoginThrottle();
  readonly #queue: (() => void)[] = [];
  #checking = 0;

  /** Throws where a user's password is not a hash. */
  constructor(users: readonly User[], clock: Clock) {
    this.#clock = clock;
    this.#users = new Map(users.map(({ name, password, role }) => {
      const hash = parsePasswordHash(password);
      if (!hash) throw new Error(`broker user ${name}: the password is not a hash made by scripts/gatehouse password`);
      return [name, { identity: { name, role }, hash }];
    })); // prettier-ignore
  }

  /** Null: refused. */
  async identify({ name, password, address }: Credentials): Promise<Identity | null> {
    if (this.#users.size === 0) return ANONYMOUS;
    if (name === undefined || password === undefined) return null;
    const user = this.#users.get(name);
    const who = `${address} ${user ? name : '?'}`;
    await this.#turn();
    try {
      if (!this.#throttle.mayTry(who, this.#clock.monotonic())) return null;
      const right = await verifyPassword(password, user?.hash ?? this.#nobody);
      if (right && user) {
        this.#throttle.succeeded(who);
        return user.identity;
      }
      this.#throttle.failed(who, this.#clock.monotonic());
      return null;
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#checking -= 1;
    }
  }

  /** Whoever leaves hands its place to the next in the queue, which connections bound. */
  async #turn(): Promise<void> {
    if (this.#checking < CHECKS_AT_ONCE) this.#checking += 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
  }
}
