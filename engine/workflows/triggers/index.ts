/** The registry of trigger types: one line each. */
import type { TriggerType } from '../trigger-type.ts';
import { called } from './called.ts';
import { dateReached } from './date-reached.ts';
import { formSubmitted } from './form-submitted.ts';
import { manual } from './manual.ts';
import { recordCreated } from './record-created.ts';
import { recordDeleted } from './record-deleted.ts';
import { recordMeets } from './record-meets.ts';
import { recordUpdated } from './record-updated.ts';
import { schedule } from './schedule.ts';
import { webhook } from './webhook.ts';

export const TRIGGER_TYPES = { recordCreated, recordUpdated, recordMeets, recordDeleted, dateReached, schedule, manual, formSubmitted, webhook, called } as const satisfies Record<string, TriggerType>;
export type TriggerTypeName = keyof typeof TRIGGER_TYPES;

/** Of a trigger in checked definitions. */
export function triggerTypeOf(trigger: { readonly type: string }): TriggerType {
  return TRIGGER_TYPES[trigger.type as TriggerTypeName];
}
