import { expect, it } from 'vitest';
import { connectionWords } from './connection-words.ts';

const URL_OF = 'mqtt://broker.example:1883';

it('says which host, and what a person can look at', () => {
  const error = Object.assign(new Error('getaddrinfo EAI_AGAIN broker.example'), { code: 'EAI_AGAIN' });
  expect(connectionWords(error, URL_OF)).toBe(
    'broker.example:1883: the name of its host cannot be looked up at the moment: no name server answers',
  );
});

it.each([
  [new Error('Connection refused: Not authorized'), 'Connection refused: Not authorized'],
  [Object.assign(new Error('unable to verify'), { code: 'UNABLE_TO_VERIFY' }), 'unable to verify'],
  [Object.assign(new Error('Connection refused: Bad user name'), { code: 4 }), 'Connection refused: Bad user name'],
  [new AggregateError([]), 'the connection failed'],
])('leaves %s as it is', (error, words) => {
  expect(connectionWords(error, URL_OF)).toBe(words);
});
