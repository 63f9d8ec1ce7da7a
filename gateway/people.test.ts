import { describe, expect, it } from 'vitest';
import { definition } from './alarms/testing/site.ts';
import { decisionRefusal, isSamePerson, standsIn, supplyPersonRefusal, unknownPerson } from './people.ts';

const people = [
  { id: 'li', name: '李明', roles: ['guard'] as const },
  { id: 'wang', name: '王芳', roles: ['guard', 'engineer'] as const },
].map((person) => ({ ...person, roles: [...person.roles] }));

const lift = definition('lift-1', 'lift.carAlarm', { kind: 'deviceState', state: 'offline' });
const alarms = [{ ...lift, settings: { ...lift.settings, resetRoles: ['engineer' as const] } }];
const { alarm } = lift;

describe('unknownPerson', () => {
  it('lets anybody be anybody where the site names nobody', () => {
    expect(unknownPerson([], 'whoever')).toBeNull();
  });

  it('refuses whom the site does not name, with whom it seems to mean', () => {
    expect(unknownPerson(people, 'li')).toBeNull();
    expect(unknownPerson(people, 'wnag')).toMatchObject({
      code: 'unknownPerson',
      message: `wnag is nobody of this site's people (did you mean "wang"?)`,
    });
  });
});

describe('decisionRefusal', () => {
  it('lets those reset who have one of the roles of the type', () => {
    expect(decisionRefusal({ people, alarms }, { verb: 'reset', alarm, by: 'wang' })).toBeNull();
    expect(decisionRefusal({ people, alarms }, { verb: 'reset', alarm, by: 'li' })).toMatchObject({
      code: 'roleMissing',
      message: `${alarm} is reset by: engineer (工程人员)`,
    });
  });

  it('asks for no role where none is set, for anything but a reset, and where the site names nobody', () => {
    expect(decisionRefusal({ people, alarms: [lift] }, { verb: 'reset', alarm, by: 'li' })).toBeNull();
    expect(decisionRefusal({ people, alarms }, { verb: 'ack', alarm, by: 'li' })).toBeNull();
    expect(decisionRefusal({ people: [], alarms }, { verb: 'reset', alarm, by: 'whoever' })).toBeNull();
  });

  it('refuses every decision of whom the site does not name', () => {
    expect(decisionRefusal({ people, alarms }, { verb: 'ack', alarm, by: 'zhao' })?.code).toBe('unknownPerson');
  });
});

it('lets a supervisor and a manager stand in for those on duty, and nobody else', () => {
  const of = (...roles: ('guard' | 'supervisor' | 'manager')[]) => [{ id: 'li', name: '李明', roles }];
  expect([of('supervisor'), of('guard', 'manager')].map((some) => standsIn(some, 'li'))).toEqual([true, true]);
  expect([standsIn(of('guard'), 'li'), standsIn(of('manager'), 'wang'), standsIn([], 'li')]).toEqual(
    Array(3).fill(false),
  );
});

describe('supplyPersonRefusal', () => {
  const supply = { allow: [], confirmMin: 10, roles: ['engineer' as const] };

  it("lets those cut a home's supply who have one of the roles of the site", () => {
    expect(supplyPersonRefusal({ people, supply }, 'wang')).toBeNull();
    expect(supplyPersonRefusal({ people, supply }, 'li')).toMatchObject({
      code: 'roleMissing',
      message: "a home's supply is cut and given back by: engineer (工程人员)",
    });
    expect(supplyPersonRefusal({ people, supply }, 'zhao')?.code).toBe('unknownPerson');
  });

  it('asks for no role where the site names none, and of nobody where it names nobody', () => {
    expect(supplyPersonRefusal({ people, supply: { ...supply, roles: [] } }, 'li')).toBeNull();
    expect(supplyPersonRefusal({ people: [], supply }, 'whoever')).toBeNull();
  });
});

it('knows a person whatever the letters that a name is written in', () => {
  expect([isSamePerson('li', 'LI'), isSamePerson('li', ' ｌｉ'), isSamePerson('li', 'lin')]).toEqual([
    true,
    true,
    false,
  ]);
});
