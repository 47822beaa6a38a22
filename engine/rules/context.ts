import type { SpecialName } from './rule.ts';
import { toLocalDate } from './time.ts';

/** Who asks and when: the values behind `$me`, `$today` and their like. */
export interface RuleContext {
  readonly me: string;
  readonly myDepartment: string | null;
  readonly mySubordinates: readonly string[];
  readonly myDepartments?: readonly string[];
  readonly myDepartmentTree?: readonly string[];
  readonly myJuniors?: readonly string[];
  readonly openDepartments?: readonly string[];
  /** Whom a share must name to reach the actor: `user:…`, `department:…`, `role:…`. */
  readonly shareKeys?: readonly string[];
  /** Ids of records the actor is asked to decide about. */
  readonly asked?: readonly string[];
  /** ISO UTC. */
  readonly now: string;
  readonly timeZone: string;
}

/** Never null: "no department" is '' and equals nothing that is stored, so a rule cannot open by two things being absent. */
export function specialValue(name: SpecialName, context: RuleContext): string | readonly string[] {
  switch (name) {
    case '$me': return context.me;
    case '$myDepartment': return context.myDepartment ?? '';
    case '$mySubordinates': return context.mySubordinates;
    case '$myDepartments': return context.myDepartments ?? [];
    case '$myDepartmentTree': return context.myDepartmentTree ?? [];
    case '$juniors': return context.myJuniors ?? [];
    case '$openDepartments': return context.openDepartments ?? [];
    case '$asked': return context.asked ?? [];
    case '$now': return context.now;
    case '$today': return toLocalDate(context.now, context.timeZone);
  }
}
