/** Texts of the preview of files, in both languages; they load with it. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '../app/i18n/index.ts';

const zh = {
  download: '下载', close: '关闭', previous: '上一个文件', next: '下一个文件', zoomIn: '放大', zoomOut: '缩小', fit: '适合窗口', noPreview: '这种文件不能预览，请下载后打开', noPdf: '此浏览器不能在页面中显示 PDF',
  open: '打开', truncated: '只显示开头部分，完整内容请下载', empty: '文件是空的', failed: '无法读取这个文件', loading: '正在读取…', of: '{{n}} / {{all}}', none: '还没有文件', noneHint: '这条记录和相关记录的附件会显示在这里。',
};
export type FileTexts = typeof zh;
const en: FileTexts = {
  download: 'Download', close: 'Close', previous: 'Previous file', next: 'Next file', zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'Fit', noPreview: 'Files of this kind have no preview; download it to open it', noPdf: 'This browser cannot show PDF inside a page',
  open: 'Open', truncated: 'Only the beginning is shown; download it for the rest', empty: 'The file is empty', failed: 'This file cannot be read', loading: 'Reading…', of: '{{n}} of {{all}}', none: 'No files yet', noneHint: 'Files of this record and of those related to it appear here.',
};
const TEXTS: Readonly<Record<Locale, FileTexts>> = { 'zh-CN': zh, en };

export function useFileTexts(): FileTexts {
  return TEXTS[useLocale()];
}
