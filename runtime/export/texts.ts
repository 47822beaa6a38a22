import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../app/i18n/index.ts';

const zh = {
  title: (table: string) => `导出${table}`, content: '内容', current: '当前列表', selected: (n: string) => `所选 ${n} 条`, format: '格式', xlsx: 'Excel', csv: 'CSV', pdf: 'PDF', columns: '列',
  shown: (n: number) => `显示的列（${n}）`, all: '全部字段', style: '样式', plain: '普通', card: '客户档案', cardHint: '合并标题、居中、带边框，适合打印和存档。', encoding: '编码', utf8: 'UTF-8（Excel 可直接打开）', utf8Plain: 'UTF-8 无 BOM', gb18030: 'GB18030', delimiter: '分隔符', comma: '逗号', semicolon: '分号', tab: '制表符',
  filter: '筛选', search: (q: string) => `搜索“${q}”`, presetHint: '按这份导出自己的条件和列。', note: '每次导出都会记入审计。', start: '导出', cancel: '取消导出', close: '关闭', running: (done: string, total: string) => `已写入 ${done} / ${total} 条`, keeps: '关闭窗口不会中断导出。',
  done: (n: string) => `已导出 ${n} 条`, again: '重新下载', kept: '文件保留一天，仅您本人可以下载。', cancelled: '已取消，没有留下文件。', pdfLimit: 'PDF 最多 5,000 条。', another: '再导出一份',
};
export type ExportTexts = typeof zh;
const en: ExportTexts = {
  title: (table) => `Export: ${table}`, content: 'What', current: 'This list', selected: (n) => `The ${n} selected`, format: 'Format', xlsx: 'Excel', csv: 'CSV', pdf: 'PDF', columns: 'Columns',
  shown: (n) => `As shown (${n})`, all: 'All fields', style: 'Style', plain: 'Plain', card: 'Customer card', cardHint: 'Merged title, centred, with borders: for print and files.', encoding: 'Encoding', utf8: 'UTF-8 (opens in Excel)', utf8Plain: 'UTF-8 without BOM', gb18030: 'GB18030', delimiter: 'Delimiter', comma: 'Comma', semicolon: 'Semicolon', tab: 'Tab',
  filter: 'Filter', search: (q) => `Search "${q}"`, presetHint: 'With the conditions and columns of its own.', note: 'Every export is noted in the audit.', start: 'Export', cancel: 'Cancel the export', close: 'Close', running: (done, total) => `${done} of ${total} written`, keeps: 'Closing this window does not stop it.',
  done: (n) => `${n} records exported`, again: 'Download again', kept: 'The file is kept for a day, for you alone.', cancelled: 'Cancelled; no file was left.', pdfLimit: 'A PDF holds at most 5,000 records.', another: 'Export another',
};
const TEXTS: Readonly<Record<Locale, ExportTexts>> = { 'zh-CN': zh, en };

export function useExportTexts(): ExportTexts {
  return TEXTS[useLocale()];
}
