import { describe, expect, it } from 'vitest';
import { createConnectionNews } from './connection-news.ts';

function listen() {
  const said: string[] = [];
  return { said, news: createConnectionNews({ away: (reason) => said.push(reason), back: () => said.push('back') }) };
}

describe('news of the connection to a broker', () => {
  it('says why it is away once, however often that is found', () => {
    const { said, news } = listen();
    for (const reason of ['refused', 'refused', 'refused']) news.trouble(reason);
    expect(said).toEqual(['refused']);
  });

  it('says another reason', () => {
    const { said, news } = listen();
    for (const reason of ['refused', 'wrong password', 'wrong password']) news.trouble(reason);
    expect(said).toEqual(['refused', 'wrong password']);
  });

  it('says that it is back, and then the same reason anew', () => {
    const { said, news } = listen();
    news.trouble('refused');
    news.connected();
    news.trouble('refused');
    expect(said).toEqual(['refused', 'back', 'refused']);
  });

  it('has nothing to say of a connection that there was no trouble with', () => {
    const { said, news } = listen();
    news.connected();
    expect(said).toEqual([]);
  });
});
