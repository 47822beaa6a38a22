/** Texts of boards, in both languages; loaded with them. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../../app/i18n/index.ts';

const zh = {
  notSet: '未填写', open: '打开记录', fold: '折叠这一列', unfold: '展开“{{name}}”', add: '在“{{name}}”新建', moveTo: '移到…', moved: '已移到“{{name}}”', refused: '没有移动：{{why}}', undo: '撤销', days: '{{n}} 天', since: '在此停留 {{n}} 天', marked: '需要关注', empty: '把卡片拖到这里', confirm: '移到“{{name}}”还需要填写', columns: '选择列', total: '{{n}} 张', noGroup: '这个看板没有可用的列，请在设计器里选择分列的字段。', more: '更多',
  drag: '按空格拿起卡片，用左右方向键换列，再按空格放下，Esc 取消。', picked: '已拿起“{{name}}”', over: '在“{{name}}”上方', dropped: '已放到“{{name}}”', cancelled: '已取消',
};
export type BoardTexts = typeof zh;
const en: BoardTexts = {
  notSet: 'Not set', open: 'Open the record', fold: 'Fold this column', unfold: 'Unfold “{{name}}”', add: 'New in “{{name}}”', moveTo: 'Move to…', moved: 'Moved to “{{name}}”', refused: 'Not moved: {{why}}', undo: 'Undo', days: '{{n}} d', since: '{{n}} days in this column', marked: 'Needs attention', empty: 'Drop cards here', confirm: 'Moving to “{{name}}” still needs', columns: 'Choose a column', total: '{{n}} cards', noGroup: 'This board has no columns to show; choose a field for them in the designer.', more: 'More',
  drag: 'Space picks a card up, left and right arrows change its column, space drops it, Esc cancels.', picked: 'Picked up “{{name}}”', over: 'Over “{{name}}”', dropped: 'Dropped in “{{name}}”', cancelled: 'Cancelled',
};
const TEXTS: Readonly<Record<Locale, BoardTexts>> = { 'zh-CN': zh, en };

export function useBoardTexts(): BoardTexts {
  return TEXTS[useLocale()];
}
