/** A plan in sentences: each change with its counts, what depends on it, what would break. */
import type { ChangeClass, DataEffect, Plan, PlannedChange } from '#engine/changes/plan.ts';
import type { Label } from '#engine/errors.ts';
import { sayIssues, type Terminal, words } from './words.ts';

const CLASSES: Readonly<Record<ChangeClass, Label>> = {
  safe: words('安全，不丢失任何数据', 'safe, nothing is lost'),
  lossy: words('有损失，需要确认', 'lossy, to be confirmed'),
  blocked: words('不能发布', 'blocked'),
};
const SIGNS = { add: '+', remove: '-', change: '~' } as const;

export function sayPlan(terminal: Terminal, plan: Plan): void {
  const { say } = terminal;
  if (plan.changes.length === 0 && plan.issues.length === 0) {
    say(words(`与当前第 ${plan.base} 版没有差别。`, `No difference from version ${plan.base}, which is live.`));
    return;
  }
  const kind = CLASSES[plan.class];
  say(words(`与当前第 ${plan.base} 版相比有 ${plan.changes.length} 项更改：${kind['zh-CN']}。`, `${counted(plan.changes.length, 'change')} against version ${plan.base}, which is live: ${kind.en}.`));
  for (const change of plan.changes) sayChange(terminal, change);
  if (plan.issues.length > 0) {
    say(words(`定义有 ${plan.issues.length} 个问题：`, `The definitions have ${counted(plan.issues.length, 'problem')}:`));
    sayIssues(terminal, plan.issues);
  }
  const broken = plan.scenarios.filter(({ passed }) => !passed);
  if (plan.scenarios.length > 0) say(words(`${plan.scenarios.length} 个场景中有 ${broken.length} 个不再成立。`, `${broken.length} of ${counted(plan.scenarios.length, 'scenario')} would no longer hold.`));
  for (const { label, problem } of broken) say(words(`  ${label['zh-CN']}：${problem?.['zh-CN'] ?? ''}`, `  ${label.en}: ${problem?.en ?? ''}`));
  if (plan.rowsWritten > 0) say(words(`将改写 ${plan.rowsWritten} 行，约 ${plan.seconds} 秒。`, `${counted(plan.rowsWritten, 'row')} will be written, in about ${counted(plan.seconds, 'second')}.`));
}

function sayChange({ say }: Terminal, { action, path, label, class: kind, notes, effect, dependents, properties }: PlannedChange): void {
  const which = properties.map(({ name }) => name).filter(Boolean).join(', ');
  const tail = which === '' ? '' : ` (${which})`;
  const mark = kind === 'safe' ? '' : ` [${kind}]`;
  say(words(`${SIGNS[action]} ${path}  ${label['zh-CN']}${tail}${mark}`, `${SIGNS[action]} ${path}  ${label.en}${tail}${mark}`));
  for (const note of notes) say(indented(note));
  if (effect && effect.records > 0) say(indented(effectWords(effect)));
  for (const sample of effect?.samples.slice(0, 3) ?? []) {
    const after = sample.after === null ? words(`转换失败${sample.reason ? `，${sample.reason['zh-CN']}` : ''}`, `fails${sample.reason ? `, ${sample.reason.en}` : ''}`) : words(sample.after, sample.after);
    say(indented(words(`${sample.title}：${sample.before} → ${after['zh-CN']}`, `${sample.title}: ${sample.before} → ${after.en}`)));
  }
  for (const dependent of dependents) say(indented(words(`被用于：${dependent.label['zh-CN']}`, `used by: ${dependent.label.en}`)));
}

function effectWords({ records, filled, converted, altered, failed }: DataEffect): Label {
  const outcome = converted + altered + failed === 0 ? words('', '') : words(`：${converted} 个不变，${altered} 个有改动，${failed} 个失败`, `: ${converted} as they are, ${altered} altered, ${failed} failing`);
  return words(`${records} 条记录中 ${filled} 条有值${outcome['zh-CN']}。`, `${filled} of ${counted(records, 'record')} hold a value${outcome.en}.`);
}

const indented = (label: Label): Label => words(`    ${label['zh-CN']}`, `    ${label.en}`);

/** `1 change`, `2 changes`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
