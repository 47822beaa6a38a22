/** A small app for the tests of this folder: customers, their contacts, their follow-ups. */
import type { AppModel } from '../model/app-model.ts';
import { requireModel } from '../model/build-model.ts';
import type { FieldDefinition, TableDefinition } from '../model/definitions.ts';

function field(name: string, zh: string, type: string, settings: Record<string, unknown> = {}): FieldDefinition {
  return { name, label: { 'zh-CN': zh, en: name }, type, ...settings };
}

function table(name: string, zh: string, titleField: string, fields: FieldDefinition[], more: Partial<TableDefinition> = {}): TableDefinition {
  return { name, label: { 'zh-CN': zh, en: name }, titleField, fields, ...more };
}

const label = (zh: string, en: string) => ({ 'zh-CN': zh, en });

export const testModel: AppModel = requireModel({
  app: { name: 'test', label: label('测试', 'Test'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('所有者', 'Owner'), owner: true }] },
  tables: [
    table(
      'customer',
      '客户',
      'name',
      [
        field('customer_no', '客户编号', 'autoNumber', { pattern: 'C{yyyy}{MM}{dd}{seq:3}', reset: 'day' }),
        field('name', '客户名称', 'text', { required: true, pinyin: true, aliases: ['公司名称', '单位名称'] }),
        field('customer_type', '客户类型', 'select', {
          options: [
            { value: 'potential', label: label('潜在客户', 'Potential') },
            { value: 'deal', label: label('成交客户', 'Customer'), aliases: ['已成交'] },
          ],
        }),
        field('revenue', '年营收', 'money'),
        field('region', '地区', 'region'),
        field('first_contact', '首次接触时间', 'date'),
        field('credit_code', '统一社会信用代码', 'creditCode'),
        field('primary_contact', '主要联系人', 'reference', { table: 'contact', onDelete: 'null' }),
        field('contact_name', '联系人', 'lookup', { path: 'primary_contact.name' }),
        field('last_activity', '最近跟进时间', 'rollup', { table: 'activity', field: 'customer', function: 'max', of: 'time.start', result: 'dateTime' }),
      ],
      { duplicates: [{ fields: ['credit_code'], level: 'same', message: label('代码相同', 'Same code') }] },
    ),
    table('contact', '联系人', 'name', [
      field('name', '姓名', 'text', { required: true }),
      field('customer', '客户', 'reference', { table: 'customer', required: true, onDelete: 'cascade' }),
      field('title', '职位', 'text'),
      field('mobile', '手机', 'phone', { aliases: ['联系方式', '电话'] }),
      field('email', '邮箱', 'email'),
    ]),
    table('activity', '跟进记录', 'content', [
      field('customer', '客户', 'reference', { table: 'customer', required: true, onDelete: 'cascade' }),
      field('time', '沟通时间', 'timeSpan', { required: true }),
      field('content', '沟通内容', 'longText', { required: true, aliases: ['跟进记录摘要'] }),
    ]),
  ],
});
