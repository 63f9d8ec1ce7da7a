import { describe, expect, it } from 'vitest';
import { Contacts, type Edge } from './contacts.ts';

function watched(options: ConstructorParameters<typeof Contacts>[0]) {
  const contacts = new Contacts(options);
  const seen: string[] = [];
  const moved: string[] = [];
  const write = (edge: Edge): string => `${edge.channel}${edge.level ? '↑' : '↓'}${edge.at}`;
  contacts.onSeen((edge) => seen.push(write(edge)));
  contacts.onMoved((edge) => moved.push(write(edge)));
  return { contacts, seen, moved };
}

describe('Contacts', () => {
  it('a press closes at once and opens when its time is over, each at its own time', () => {
    const { contacts, seen } = watched({ channels: 2 });
    contacts.press(1, 200, 1_000);
    expect(contacts.level(1)).toBe(true);
    contacts.advance(5_000);
    expect(contacts.level(1)).toBe(false);
    expect(seen).toEqual(['1↑1000', '1↓1200']);
  });

  it('happens also when nobody looks until long afterwards', () => {
    const { contacts, seen } = watched({ channels: 1 });
    contacts.press(0, 100, 0);
    contacts.set(0, true, 1_000);
    expect(seen).toEqual(['0↑0', '0↓100', '0↑1000']);
  });

  it('a new press takes the place of what was going to happen', () => {
    const { contacts, seen } = watched({ channels: 1 });
    contacts.press(0, 500, 0);
    contacts.press(0, 500, 300);
    contacts.advance(2_000);
    expect(seen).toEqual(['0↑0', '0↓800']);
  });

  it('bounces are seen by a module without a filter, and are not in the ledger', () => {
    const { contacts, seen, moved } = watched({ channels: 1 });
    contacts.press(0, 100, 0, 6);
    contacts.advance(1_000);
    expect(seen.filter((edge) => edge.includes('↑')).length).toBeGreaterThan(1);
    expect(moved).toEqual(['0↑0', '0↓100']);
    expect(contacts.level(0)).toBe(false);
  });

  it('a filter hides the bounces and delays the edges', () => {
    const { contacts, seen } = watched({ channels: 1, filterMs: () => 50 });
    contacts.press(0, 200, 0, 6);
    contacts.advance(1_000);
    expect(seen).toEqual(['0↑56', '0↓256']);
  });

  it('a press that is shorter than the filter is never seen, but it is in the ledger', () => {
    const { contacts, seen, moved } = watched({ channels: 1, filterMs: () => 50 });
    contacts.press(0, 30, 0);
    contacts.advance(1_000);
    expect(seen).toEqual([]);
    expect(moved).toEqual(['0↑0', '0↓30']);
  });

  it('channels do not disturb each other', () => {
    const { contacts, seen } = watched({ channels: 2 });
    contacts.press(0, 100, 0);
    contacts.press(1, 100, 50);
    contacts.advance(1_000);
    expect(seen).toEqual(['0↑0', '1↑50', '0↓100', '1↓150']);
  });

  it('says which channels there are when asked for another', () => {
    expect(() => new Contacts({ channels: 8 }).press(8, 100, 0)).toThrow('there is no channel 8: 0 to 7');
  });
});
