/**
 * `node:http` as far as it is used. An `import` of it asks for all its names, one of them loads undici, and with it 14 MB of
 * memory and a fiftieth of the start that nobody uses; eslint.config.js forbids it.
 */
export const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http');
