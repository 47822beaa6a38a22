import type { Locale } from '../errors.ts';
import type { RuleContext } from '../rules/context.ts';

/** Who acts. Required everywhere; there is no "nobody, so everything is allowed". */
export interface Actor {
  readonly userId: string;
  readonly departmentId: string | null;
  /** Ids of all users below this one, the actor excluded. */
  readonly subordinateIds: readonly string[];
  readonly roles: readonly string[];
  /** The highest permission level of their roles; 0: none of them has one. */
  readonly level?: number;
  /** Where they stand among the others; absent in tests of rules that do not ask. */
  readonly place?: Place;
  readonly locale: Locale;
  /** Every right on every table: a system owner, or the product itself (`systemActor`). */
  readonly unrestricted: boolean;
  /** Does what the definition says, in somebody's name: fields that people only read may be set. */
  readonly writesReadOnly?: true;
  /** An administrator who looks through this user's eyes: reads only. */
  readonly viewedBy?: string;
  /** What a workflow asks them to decide about: they may read these records while it waits. Absent: nothing. */
  readonly asked?: { readonly tables: readonly string[]; readonly records: readonly string[] };
}

/** An actor's place in the organisation, as rules ask for it. */
export interface Place {
  readonly rank: number;
  readonly departments: readonly string[];
  readonly departmentTree: readonly string[];
  /** Users of lower rank. */
  readonly juniors: readonly string[];
  readonly openDepartments: readonly string[];
  /** Whom a share must name to reach them: `user:…`, `department:…` (and those above), `role:…`. */
  readonly shareKeys: readonly string[];
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
  const { place } = actor;
  return {
    me: actor.userId,
    myDepartment: actor.departmentId,
    mySubordinates: actor.subordinateIds,
    ...(place && {
      myDepartments: place.departments,
      myDepartmentTree: place.departmentTree,
      myJuniors: place.juniors,
      openDepartments: place.openDepartments,
      shareKeys: place.shareKeys,
    }),
    ...(actor.asked && { asked: actor.asked.records }),
    now,
    timeZone,
  };
}

/** The product's own hand in the name of a person: taking back an import they made. Grep for it. */
export function elevated(actor: Actor): Actor {
  return { ...actor, unrestricted: true };
}
