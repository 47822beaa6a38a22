/**
 * Rows of one file that are alike: the same values in the fields of a duplicate rule, or a title that differs only in
 * spelling, form of organisation or a place left out. They are pointed out, never merged. Server only.
 */
import type { Label } from '../errors.ts';
import type { TableModel } from '../model/app-model.ts';
import { companyCore, companyKey } from '../records/company-name.ts';
import { mayBeSameRegion } from '../records/company-regions.ts';
import type { RowReading } from './read-row.ts';

export interface Repeat {
  readonly row: number;
  readonly earlierRow: number;
  readonly title: string;
  readonly level: 'same' | 'similar';
  readonly message: Label;
}

interface Seen {
  readonly row: number;
  readonly title: string;
  readonly region: string;
}

/** Call the answer with the rows in order; it gives the earlier row that this one repeats, or null. */
export function repeatFinder(table: TableModel): (reading: RowReading) => Repeat | null {
  // A table without duplicate rules may well hold equal titles: two contacts called 王芳 are two people.
  if (table.duplicates.length === 0) return () => null;
  const rules = table.duplicates.filter(({ fields }) => fields.every((field) => !table.fields[field]?.computed));
  const byRule = new Map<string, Seen>();
  const byKey = new Map<string, Seen>();
  const byCore = new Map<string, Seen[]>();

  return ({ row, values }) => {
    const titleValue = values[table.titleField];
    const title = typeof titleValue === 'string' ? titleValue : '';
    const { core, region, branch, masked } = companyCore(title);
    const seen: Seen = { row, title, region };
    const comparable = title !== '' && !masked && !branch;
    const key = comparable ? companyKey(title) : '';
    const same = comparable ? byKey.get(key) : undefined;
    const similar = comparable ? byCore.get(core)?.find((other) => mayBeSameRegion(other.region, region)) : undefined;
    let repeat = same ? toRepeat(seen, same, 'same') : similar ? toRepeat(seen, similar, 'similar') : null;
    for (const [index, rule] of rules.entries()) {
      const parts = rule.fields.map((field) => values[field] ?? null);
      if (parts.some((part) => part === null)) continue;
      const ruleKey = JSON.stringify([index, ...parts.map((part) => (typeof part === 'string' ? companyKey(part) : part))]);
      const earlier = byRule.get(ruleKey);
      if (earlier) repeat ??= { ...toRepeat(seen, earlier, rule.level), message: rule.message };
      else byRule.set(ruleKey, seen);
    }
    if (comparable) {
      if (!same) byKey.set(key, seen);
      byCore.set(core, [...(byCore.get(core) ?? []), seen]);
    }
    return repeat;
  };
}

function toRepeat({ row, title }: Seen, earlier: Seen, level: 'same' | 'similar'): Repeat {
  return {
    row,
    earlierRow: earlier.row,
    title: title || earlier.title,
    level,
    message: {
      'zh-CN': `与第 ${earlier.row} 行“${earlier.title}”${level === 'same' ? '相同' : '相似'}`,
      en: `${level === 'same' ? 'The same as' : 'Similar to'} “${earlier.title}” in row ${earlier.row}`,
    },
  };
}
