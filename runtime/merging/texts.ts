/** Texts of merging duplicates, in both languages; they load with the dialog. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../app/i18n/index.ts';

const zh = {
  title: '合并 {{n}} 条{{table}}', stays: '保留这一条', stay: '保留“{{name}}”', goes: '并入后移到回收站', points: '{{n}} 条关联记录', pointsNone: '没有关联记录', all: '全部保留', empty: '空',
  nothingDiffers: '没有需要选择的字段：填写的内容都不冲突。', single: '只在一条里填写的字段（{{n}}），会一并保留', same: '相同的字段（{{n}}）', moves: '会转到保留的记录：{{list}}。', movesNone: '没有需要转移的关联记录。', undoHint: '合并后 {{n}} 天内可以撤销。',
  merge: '合并到“{{name}}”', merged: '已合并到“{{name}}”', mergedDoubled: '已合并到“{{name}}”；{{n}} 条重复的关联记录进了回收站', undo: '撤销', cancel: '取消', open: '打开', locked: '您没有修改这个字段的权限，保留记录自己的值优先', none: '这些记录不能合并：您需要能修改保留的一条，并能删除其余各条。',
  undone: '已撤销合并，{{n}} 条记录恢复', kept: '之后改过、保持不变：{{list}}', left: '未能放回：{{list}}', comma: '、', count: '{{label}} {{n}}',
  withTitle: '把“{{name}}”与哪条{{table}}合并？', search: '搜索{{table}}', suggested: '可能重复', found: '搜索结果', nothing: '没有找到可能重复的{{table}}', nothingHint: '输入名称、拼音或编号搜索。', noHit: '没有找到“{{q}}”', next: '比较并合并', most: '一次最多合并 {{n}} 条',
};
export type MergeTexts = typeof zh;
const en: MergeTexts = {
  title: 'Merge {{n}} {{table}}', stays: 'Keep this one', stay: 'Keep “{{name}}”', goes: 'Goes to the recycle bin', points: '{{n}} related', pointsNone: 'Nothing related', all: 'Keep all', empty: 'Empty',
  nothingDiffers: 'Nothing to choose: what is filled in does not contradict.', single: 'Fields filled in only one of them ({{n}}); these are kept', same: 'Fields that are the same ({{n}})', moves: 'Moves to the record that stays: {{list}}.', movesNone: 'Nothing has to move.', undoHint: 'You can take this back for {{n}} days.',
  merge: 'Merge into “{{name}}”', merged: 'Merged into “{{name}}”', mergedDoubled: 'Merged into “{{name}}”; {{n}} related records that it had already went to the bin', undo: 'Undo', cancel: 'Cancel', open: 'Open', locked: 'You may not change this field; the value of the record that stays comes first', none: 'These records cannot be merged: you need to be able to change the one that stays and to delete the others.',
  undone: 'The merge was taken back; {{n}} restored', kept: 'changed since, left as they are: {{list}}', left: 'could not be put back: {{list}}', comma: ', ', count: '{{label}} {{n}}',
  withTitle: 'Merge “{{name}}” with which {{table}}?', search: 'Search {{table}}', suggested: 'Possible duplicates', found: 'Found', nothing: 'No possible duplicates among {{table}}', nothingHint: 'Search by name, pinyin or number.', noHit: 'Nothing found for “{{q}}”', next: 'Compare and merge', most: 'At most {{n}} can be merged at once',
};
const TEXTS: Readonly<Record<Locale, MergeTexts>> = { 'zh-CN': zh, en };

export function useMergeTexts(): MergeTexts {
  return TEXTS[useLocale()];
}
