/** Makes one transaction of what it is given. */
export type Atomic = <A extends unknown[], R>(write: (...args: A) => R) => (...args: A) => R;
