/** What a gateway says of a device that it cannot reach: MODBUS Application Protocol V1.1b3, 7, exceptions 0A and 0B. */
export const GATEWAY_EXCEPTIONS: ReadonlySet<number> = new Set([10, 11]);
