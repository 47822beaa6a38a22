import type { Locale } from '../errors.ts';
import type { RuleContext } from '../rules/context.ts';

/** Who acts. Required everywhere; there is no "nobody, so everything is allowed". */
export interface Actor {
  readonly userId: string;
  readonly departmentId: string | null;
  /** Ids of all users below this one, the actor excluded. */
  readonly subordinateIds: readonly string[];
  readonly roles: readonly string[];
  readonly locale: Locale;
  /** Every right on every table: a system owner, or the product itself (`systemActor`). */
  readonly unrestricted: boolean;
  /** What a workflow asks them to decide about: they may read these records while it waits. Absent: nothing. */
  readonly asked?: { readonly tables: readonly string[]; readonly records: readonly string[] };
}

/** The product's own hand: loading a template, repairing, migrating. Grep for it. */
export const systemActor: Actor = {
  userId: 'system',
  departmentId: null,
  subordinateIds: [],
  roles: [],
  locale: 'zh-CN',
  unrestricted: true,
};

export function ruleContextOf(actor: Actor, now: string, timeZone: string): RuleContext {
  return { me: actor.userId, myDepartment: actor.departmentId, mySubordinates: actor.subordinateIds, ...(actor.asked && { asked: actor.asked.records }), now, timeZone };
}

/** The product's own hand in the name of a person: taking back an import they made. Grep for it. */
export function elevated(actor: Actor): Actor {
  return { ...actor, unrestricted: true };
}
