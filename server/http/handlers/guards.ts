/** Who may ask at all: the designer's endpoints begin with one of these. */
import { AppError } from '#engine/errors.ts';
import { isAdministrator, mayDesign } from '#engine/permissions/levels.ts';
import type { Call } from '../endpoint.ts';

/** Keys, runs and what else shows records of everybody: the system owner's alone, whatever other roles say. */
export function ownerOnly({ actor }: Call): void {
  if (!actor.unrestricted) throw new AppError('forbidden', { 'zh-CN': '只有系统所有者可以这样做', en: 'Only a system owner may do this' });
}

export function administratorsOnly({ actor }: Call): void {
  if (!isAdministrator(actor)) throw new AppError('forbidden', { 'zh-CN': '只有应用管理员可以这样做', en: 'Only an app administrator may do this' });
}

/** Opens the designer; how far somebody may go there is told by the plan of what they draft. */
export function designersOnly({ actor }: Call): void {
  if (!mayDesign(actor)) throw new AppError('forbidden', { 'zh-CN': '只有 7 级及以上的用户可以更改定义', en: 'Only users of level 7 and above may change definitions' });
}
