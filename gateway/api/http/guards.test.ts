import { expect, it } from 'vitest';
import { refusal } from './guards.ts';

it.each([
  'localhost',
  'localhost:8080',
  'LocalHost:8080',
  '127.0.0.1:8080',
  '[::1]:8080',
  '[::1]',
  // The end of a tunnel has a port of its own.
  'localhost:9000',
])('lets in whoever asks %s', (host) => {
  expect(refusal('GET', { host })).toBeUndefined();
});

it.each([
  undefined,
  '',
  'evil.example',
  'evil.example:8080',
  'localhost.evil.example',
  'localhost@evil.example',
  'localhost.',
  '127.0.0.1.evil.example:8080',
  '127.0.0.2',
  '0.0.0.0:8080',
  '[::]:8080',
  '192.168.1.5:8080',
  'localhost:8080:8080',
  'localhost:',
])('refuses whoever asks %s: it may be a page that has rebound its name', (host) => {
  expect(refusal('GET', host === undefined ? {} : { host })?.code).toBe('foreignHost');
});

it.each([
  ['POST', undefined, undefined],
  ['POST', 'http://localhost:8080', undefined],
  ['GET', 'http://evil.example', undefined],
  ['POST', 'http://evil.example', 'crossOrigin'],
  ['POST', 'http://localhost:3000', 'crossOrigin'],
  ['POST', 'http://127.0.0.1:8080', 'crossOrigin'],
  ['POST', 'https://localhost:8080', 'crossOrigin'],
  ['POST', 'null', 'crossOrigin'],
  ['POST', '', 'crossOrigin'],
  ['DELETE', 'http://evil.example', 'crossOrigin'],
  ['OPTIONS', 'http://evil.example', 'crossOrigin'],
] as const)('%s from a page of %s: %s', (method, origin, code) => {
  const headers = origin === undefined ? {} : { origin };
  expect(refusal(method, { host: 'localhost:8080', ...headers })?.code).toBe(code);
});
