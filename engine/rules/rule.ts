/** A JSON Logic tree, as it stands in definitions and in requests. `true` means "always". */
export type Rule = RuleValue | { readonly [operator: string]: Rule | readonly Rule[] };
export type RuleValue = string | number | boolean | null | readonly RuleValue[];

/** What a value is to a rule. `list` is a list of texts; `reference` and `option` compare as texts. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'dateTime' | 'option' | 'list' | 'reference' | 'none';

/** The names that stand for the actor and the moment: `{ "var": "$me" }`. */
export const SPECIAL_VALUES = {
  $me: 'reference',
  $myDepartment: 'reference',
  $mySubordinates: 'list',
  /** The actor's departments: the main one and further ones. */
  $myDepartments: 'list',
  /** Those, and all below them. */
  $myDepartmentTree: 'list',
  /** Users of lower rank than the actor. */
  $juniors: 'list',
  /** Departments whose people see one another whatever their rank. */
  $openDepartments: 'list',
  /** Records somebody is asked to decide about, while they are asked. */
  $asked: 'list',
  $today: 'date',
  $now: 'dateTime',
} as const satisfies Record<string, ValueKind>;
export type SpecialName = keyof typeof SPECIAL_VALUES;
