/** The schema of `people`: docs/shifts.md. */
import { z } from 'zod';
import { id, text } from './schema-fields.ts';

/** What people are here, and what it is called. */
export const ROLES = { guard: '值班员', supervisor: '班长', engineer: '工程人员', manager: '项目经理' } as const;

export type Role = keyof typeof ROLES;

export const roleSchema = z.enum(Object.keys(ROLES) as [Role, ...Role[]]);

export const personSchema = z.strictObject({
  id: id.describe('What `by` says of who decides, notes and signs'),
  name: text.describe('As it is printed'),
  roles: z.array(roleSchema).default([]).describe('What the person may do: `resetRoles` of the alarm types'),
});

export type Person = z.infer<typeof personSchema>;
