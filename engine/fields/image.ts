/** Pictures: attachments that are shown. */
import { attachment, fileSettings } from './attachment.ts';
import type { FieldType } from './field-type.ts';

export const image: FieldType = {
  ...attachment,
  label: { 'zh-CN': '图片', en: 'Images' },
  settings: fileSettings('image/*'),
};
