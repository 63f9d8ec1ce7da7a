/** The tables of docs/home-security.md, case by case. */
import { describe, expect, it } from 'vitest';
import { ENTRY_S, EXIT_S } from './testing/flat-site.ts';
import { Flat } from './testing/flat.ts';

const INTRUSION = 'home.intrusion';

describe('a home that is not armed', () => {
  it('raises nothing when its doors and windows are used, and its panic button at once', () => {
    const flat = new Flat();
    flat.allClosed();
    expect(flat.poll({ door: true, hall: true, window: true })).toEqual([]);
    expect(flat.count('window', 3)).toEqual([]);
    expect(flat.poll({ button: true })).toEqual(['raise home.sos button B']);
    flat.poll({ button: false });
    expect(flat.count('button', 2)).toEqual(['raise home.sos button B']);
  });

  it('tells a broken line, after a second', () => {
    const flat = new Flat();
    flat.allClosed();
    for (const value of [0.1, 10.3, 3.3, -4]) {
      expect(flat.line(value)).toEqual([]);
      expect(flat.wait(1_000)).toEqual([expect.stringMatching(/^raise(Again)? input.lineFault glass B$/)]);
      expect(flat.line(2.2)).toEqual([]);
      expect(flat.wait(5_000)).toEqual(['clear input.lineFault glass E']);
    }
    expect(flat.line(6.4)).toEqual([]);
    expect(flat.wait(1_000)).toEqual(['raise input.tamper glass B']);
  });
});

describe('arming', () => {
  it('needs every zone that counts to be read and closed; the way out may be open', async () => {
    const flat = new Flat();
    expect(await flat.tryToArm()).toBe(
      'zonesNotClosed, door unknown, hall unknown, window unknown, cellar unknown, glass unknown',
    );
    flat.allClosed();
    flat.poll({ door: true, hall: true, window: true, cellar: null });
    flat.line(0);
    expect(await flat.tryToArm()).toBe('zonesNotClosed, window open, cellar unknown, glass short');
    flat.allClosed();
    flat.poll({ door: true, hall: true });
    expect(await flat.tryToArm()).toBe('done');
    expect(flat.news()).toEqual(['armed']);
  });

  it('takes a doubtful value for nothing that is closed', async () => {
    const flat = new Flat();
    flat.allClosed();
    flat.line(2.2, 'uncertain');
    expect(await flat.tryToArm()).toBe('zonesNotClosed, glass unknown');
  });

  it('without an exit delay needs the way out to be closed, too', async () => {
    const flat = new Flat({ exitS: 0 });
    flat.allClosed();
    flat.poll({ door: true });
    expect(await flat.tryToArm()).toBe('zonesNotClosed, door open');
  });

  it('by force leaves out what is open until the home is disarmed, and says so', async () => {
    const flat = new Flat();
    flat.allClosed();
    flat.poll({ window: true });
    expect(await flat.tryToArm('away', true)).toBe('done');
    expect(flat.news()).toEqual(['armed', 'zoneBypassed window']);
    flat.poll({ window: false });
    expect(flat.poll({ window: true })).toEqual([]);
    flat.disarm();
    flat.poll({ window: false });
    flat.arm();
    expect(flat.poll({ window: true })).toEqual([`raise ${INTRUSION} window B`]);
  });

  it('by force does not leave out what may not be, nor what cannot be read: found open, that is an intrusion', async () => {
    const flat = new Flat();
    flat.allClosed();
    flat.poll({ cellar: true });
    expect(await flat.tryToArm('away', true)).toBe('zonesNotClosed, cellar open');
    flat.poll({ cellar: false, window: true });
    flat.poll({ window: null });
    expect(await flat.tryToArm('away', true)).toBe('done');
    flat.news();
    expect(flat.poll({ window: true })).toEqual([`raise ${INTRUSION} window B late`]);
  });

  it('of an armed home changes nothing in the same mode, and is refused in another', async () => {
    const flat = Flat.armed();
    flat.poll({ door: true });
    expect(await flat.tryToArm('away')).toBe('done');
    expect(await flat.tryToArm('stay')).toBe('disarmFirst');
    expect(flat.wait(ENTRY_S * 1000)).toContain(`raise ${INTRUSION} door B`);
  });

  it('to stay leaves out the followers', () => {
    const flat = Flat.armed('stay');
    expect(flat.poll({ hall: true })).toEqual([]);
    expect(flat.poll({ window: true })).toEqual([`raise ${INTRUSION} window B`]);
  });
});

describe('an armed home', () => {
  it('raises an intrusion for an instant zone and for a follower at once', () => {
    const flat = Flat.armed();
    expect(flat.poll({ window: true, hall: true })).toEqual([
      `raise ${INTRUSION} hall B`,
      `raise ${INTRUSION} window B`,
    ]);
    flat.poll({ window: false, hall: false });
    expect(flat.wait(5_000)).toEqual([`clear ${INTRUSION} hall E`, `clear ${INTRUSION} window E`]);
  });

  it('raises one for what the module has counted between two polls, and counts an opening once', () => {
    const flat = Flat.armed();
    expect(flat.count('window', 1)).toEqual([`raise ${INTRUSION} window B`]);
    expect(flat.poll({ window: false })).toEqual([]);
    expect(flat.wait(5_000)).toEqual([`clear ${INTRUSION} window E`]);
    expect(flat.poll({ window: true })).toEqual([`raise ${INTRUSION} window B`]);
    expect(flat.count('window', 1)).toEqual([]);
    expect(flat.count('window', 2)).toEqual([`raiseAgain ${INTRUSION} window B`]);
  });

  it('stays an intrusion while a zone is open that was counted before its level was read', () => {
    const flat = Flat.armed();
    expect(flat.count('window', 1)).toEqual([`raise ${INTRUSION} window B`]);
    expect([flat.poll({ window: true }), flat.count('window', 0), flat.wait(20_000)]).toEqual([[], [], []]);
    flat.poll({ window: false });
    expect(flat.wait(5_000)).toEqual([`clear ${INTRUSION} window E`]);
  });

  it('takes an opening that was counted just before it was armed, and is read after it, for an intrusion', () => {
    const flat = new Flat();
    flat.allClosed();
    flat.count('window', 1);
    flat.arm();
    expect(flat.poll({ window: true })).toEqual([`raise ${INTRUSION} window B`]);
  });

  it('is not calmed by a zone that cannot be read, nor by one whose line is cut', () => {
    const flat = Flat.armed();
    flat.poll({ window: true });
    flat.poll({ window: null });
    expect(flat.wait(60_000).filter((line) => line.startsWith('clear'))).toEqual([]);
    flat.line(4.4);
    flat.line(10);
    expect(flat.wait(10_000)).toContain('raise input.lineFault glass B');
    expect(flat.ledger.row('flat--home-intrusion--glass').letter).toBe('B');
  });

  it('takes a door that is opened after a poll that failed for somebody who comes home', () => {
    const flat = Flat.armed();
    flat.poll({ door: null });
    expect(flat.poll({ door: true })).toEqual(['entryBegan door']);
  });

  it('takes what it finds open after its module was offline for an intrusion', () => {
    const flat = Flat.armed();
    flat.state('io', 'offline');
    expect(flat.poll({ door: true, hall: false, window: true })).toEqual([
      `raise ${INTRUSION} door B late`,
      `raise ${INTRUSION} window B late`,
    ]);
  });

  it('says nothing new of an intrusion that is as it was before its module was offline', () => {
    const flat = Flat.armed();
    flat.poll({ window: true });
    flat.state('io', 'offline');
    expect(flat.poll({ window: true })).toEqual([]);
  });
});

describe('the exit delay', () => {
  it('lets people out, and guards the windows meanwhile', () => {
    const flat = new Flat();
    flat.allClosed();
    flat.arm();
    expect(flat.poll({ door: true, hall: true })).toEqual([]);
    expect(flat.count('door', 2)).toEqual([]);
    expect(flat.poll({ window: true })).toEqual([`raise ${INTRUSION} window B`]);
    flat.poll({ door: false, hall: false });
    expect(flat.wait(EXIT_S * 1000).filter((line) => line.startsWith('entry'))).toEqual([]);
    expect(flat.poll({ door: true })).toEqual(['entryBegan door']);
  });

  it('gives time to disarm where something was counted at its end, and is read to be open after it', () => {
    const flat = new Flat();
    flat.allClosed();
    flat.arm();
    flat.count('door', 1);
    expect(flat.wait(EXIT_S * 1000)).toEqual([]);
    expect(flat.poll({ door: true })).toEqual(['entryBegan door']);
  });

  it('gives time to disarm where something is left open', () => {
    const flat = new Flat();
    flat.allClosed();
    flat.arm();
    flat.poll({ hall: true });
    expect(flat.wait(EXIT_S * 1000)).toEqual(['entryBegan hall leftOpen']);
    expect(flat.wait(ENTRY_S * 1000)).toEqual([`raise ${INTRUSION} hall B`]);
  });
});

describe('the entry delay', () => {
  it('ends in nothing where the home is disarmed, and the journal has what was opened', () => {
    const flat = Flat.armed();
    expect(flat.poll({ door: true })).toEqual(['entryBegan door']);
    expect(flat.poll({ hall: true })).toEqual(['entryJoined hall']);
    flat.wait(ENTRY_S * 1000 - 10);
    expect(flat.disarm()).toEqual(['disarmed']);
    const [disarmed] = flat.ledger.observations.flatMap(({ events = [] }) => events).slice(-1);
    expect(disarmed).toMatchObject({ domain: 'home', source: 'flat', data: { by: 'li', entered: ['door', 'hall'] } });
    expect(flat.wait(60_000)).toEqual([]);
  });

  it('ends in an intrusion of all that has tripped, closed again or not', () => {
    const flat = Flat.armed();
    flat.poll({ door: true });
    flat.poll({ hall: true, door: false });
    expect(flat.wait(ENTRY_S * 1000)).toEqual([`raise ${INTRUSION} door B`, `raise ${INTRUSION} hall B`]);
    flat.poll({ door: false, hall: true });
    expect(flat.wait(5_000)).toEqual([`clear ${INTRUSION} door E`]);
  });

  it('does not hold back other zones, and becomes no longer', () => {
    const flat = Flat.armed();
    flat.poll({ door: true });
    flat.wait(ENTRY_S * 1000 - 5_000);
    flat.poll({ door: false });
    expect(flat.poll({ door: true, window: true })).toEqual([`raise ${INTRUSION} window B`]);
    expect(flat.wait(5_000)).toEqual([`raise ${INTRUSION} door B`]);
  });

  it('begins again for a door that opens again, as often as it does', () => {
    const flat = Flat.armed();
    for (const times of [1, 2, 3]) {
      expect(flat.poll({ door: true })).toEqual(['entryBegan door']);
      flat.poll({ door: false });
      expect(flat.wait(ENTRY_S * 1000)).toContain(`raise ${INTRUSION} door B`);
      flat.poll({ door: false });
      expect(flat.wait(5_000)).toEqual([`clear ${INTRUSION} door E`]);
      expect(flat.ledger.row('flat--home-intrusion--door').count).toBe(times);
    }
  });

  it('of no seconds is none', () => {
    const flat = Flat.armed('away', { entryS: 0 });
    expect(flat.poll({ door: true })).toEqual([`raise ${INTRUSION} door B`]);
  });
});

describe('disarming', () => {
  it('ends the condition; the alarm stays for a person', () => {
    const flat = Flat.armed();
    flat.poll({ window: true });
    expect(flat.disarm()).toEqual(['disarmed']);
    expect(flat.wait(5_000)).toEqual([`clear ${INTRUSION} window E`]);
    expect(flat.disarm()).toEqual([]);
  });

  it('under duress looks the same but for the alarm, which is latched', () => {
    const [calm, forced] = [Flat.armed(), Flat.armed()];
    const data = (flat: Flat) => flat.ledger.observations.flatMap(({ events = [] }) => events);
    calm.disarm();
    expect(forced.disarm(true)).toEqual(['disarmed', 'raise home.duress B', 'clear home.duress E']);
    expect(data(forced)).toEqual(data(calm));
    expect(forced.ledger.row('flat--home-duress')).toMatchObject({ priority: 1, source: 'flat' });
  });

  it('under duress is told of a home that was not armed, and each time', () => {
    const flat = new Flat();
    expect(flat.disarm(true)).toEqual(['raise home.duress B', 'clear home.duress E']);
    expect(flat.disarm(true)).toEqual(['raise home.duress B', 'clear home.duress E']);
  });
});

describe('the keyswitch', () => {
  it('arms without what is open, and disarms', () => {
    const flat = new Flat();
    flat.allClosed();
    flat.poll({ window: true });
    expect(flat.key(true)).toEqual(['armed', 'zoneBypassed window']);
    expect(flat.key(true)).toEqual([]);
    expect(flat.key(null)).toEqual([]);
    flat.wait(60_000);
    flat.poll({ door: true });
    expect(flat.key(false)).toEqual(['disarmed']);
    expect(flat.mode).toBe('disarmed');
  });

  it('does not arm in spite of what may not be left out, and says so', () => {
    const flat = new Flat();
    flat.allClosed();
    flat.poll({ cellar: true });
    expect(flat.key(true)).toEqual(['armingRefused']);
    expect(flat.mode).toBe('disarmed');
  });

  it('that is turned in the poll that shows the window closed, or the door opened, is turned in the order of people', () => {
    const flat = new Flat({ exitS: 0 });
    flat.allClosed();
    flat.poll({ window: true });
    expect(flat.key(true, { window: false })).toEqual(['armed']);
    expect(flat.key(false, { window: true })).toEqual(['disarmed']);
  });

  it('that is off when it is first read disarms nothing', () => {
    const flat = Flat.armed();
    expect(flat.key(false)).toEqual([]);
    expect(flat.mode).toBe('away');
  });

  it('that was turned while the gateway was down is obeyed', () => {
    const flat = new Flat();
    flat.allClosed();
    flat.key(true);
    flat.wait(60_000);
    flat.restart();
    expect(flat.key(false)).toEqual(['disarmed']);
  });
});

describe('after a restart', () => {
  it('an armed home is armed, and what it finds open or counted is an intrusion', () => {
    const flat = Flat.armed();
    flat.restart();
    expect(flat.mode).toBe('away');
    expect(flat.poll({ door: true, window: false })).toEqual([`raise ${INTRUSION} door B late`]);
    expect(flat.count('window', 1, true)).toEqual([`raise ${INTRUSION} window B late`]);
  });

  it('what was an intrusion and still is says nothing new', () => {
    const flat = Flat.armed();
    flat.poll({ window: true });
    flat.restart();
    const told = flat.poll({ window: true });
    expect(told.filter((line) => line.startsWith('raise '))).toEqual([]);
  });

  it('what was left out still is', () => {
    const flat = new Flat();
    flat.allClosed();
    flat.poll({ window: true });
    flat.arm('away', true);
    flat.restart();
    expect(flat.poll({ window: true })).toEqual([]);
  });

  it('an entry delay runs again, once, and is over at the second restart', () => {
    const flat = Flat.armed();
    flat.poll({ door: true });
    flat.wait(20_000);
    expect(flat.restart()).toEqual(['entryBegan door restarted']);
    flat.poll({ door: true });
    expect(flat.wait(20_000)).toEqual([]);
    expect(flat.restart()).toEqual([`raise ${INTRUSION} door B late`]);
  });

  it('an entry delay that runs again can be ended by disarming', () => {
    const flat = Flat.armed();
    flat.poll({ door: true });
    flat.restart();
    expect(flat.disarm()).toEqual(['disarmed']);
    flat.poll({ door: true });
    expect(flat.wait(60_000)).toEqual([]);
  });

  it('an exit delay runs again, once', () => {
    const flat = new Flat();
    flat.allClosed();
    flat.arm();
    flat.restart();
    expect(flat.poll({ door: true })).toEqual([]);
    flat.restart();
    expect(flat.poll({ door: true })).toEqual([`raise ${INTRUSION} door B late`]);
  });
});

describe('a changed configuration', () => {
  it('leaves an armed home armed, and its zones as they are', () => {
    const flat = Flat.armed();
    expect(flat.reconfigure({ entryS: 10 })).toEqual([]);
    expect(flat.poll({ door: true })).toEqual(['entryBegan door']);
    expect(flat.wait(10_000)).toEqual([`raise ${INTRUSION} door B`]);
  });

  it('disarms a home that has no zones any more', () => {
    const flat = Flat.armed();
    flat.poll({ door: true });
    expect(flat.reconfigure(null)).toEqual(['disarmed']);
    expect(flat.mode).toBe('not guarded');
    expect(flat.wait(60_000)).toEqual([]);
    flat.reconfigure({});
    expect(flat.mode).toBe('disarmed');
  });
});
