/**
 * Definitions: the JSON an administrator or a template writes. These schemas are what editors complete
 * (`app.schema.json`, `table.schema.json` beside this file are printed from them) and what `buildModel` checks first.
 * A field's own settings stand beside the common ones; they come from its field type, so they are not listed here.
 */
import type { PanelDefinition } from '../panels/definitions.ts';
import Type, { type Static, type TSchema } from 'typebox';
import { LabelSchema, NAME_PATTERN, Name, OptionSchema } from '../fields/definition-parts.ts';
import { EncryptedSchema } from './encrypted-definition.ts';
import { FieldRightSchema, GrantSchema, LevelSchema, LevelVariantSchema } from './grant-definition.ts';
import { HandOverSchema, TransferAlongSchema } from './hand-over-definition.ts';
import { ProfileSchema } from './profile-definition.ts';
import { PublicFormSchema } from './public-form-definition.ts';
import { labelled, type SettingEditor, type SettingHints } from '../fields/settings.ts';
import type { DashboardDefinition } from '../dashboards/definitions.ts';
import type { WorkflowDefinition } from '../workflows/definitions.ts';

export { NAME_PATTERN, OptionSchema };

const RoleName = Type.String({ pattern: '^[a-z][A-Za-z0-9_]{0,47}$' });
const RuleSchema = Type.Unsafe<import('../rules/rule.ts').Rule>({ description: 'A JSON Logic tree.' });
const Flag = Type.Literal(true);
const strict = { additionalProperties: false } as const;
/** A field, or a path over references: `customer.owner.name`. */
const FieldPath = Type.String({ pattern: '^[$a-z][A-Za-z0-9_]*(\\.[a-z][A-Za-z0-9_]*){0,4}$' });
const SortKey = Type.String({ pattern: '^-?[a-z][A-Za-z0-9_.]*$', description: '`-updated_at` sorts downwards.' });

export const ValidationSchema = Type.Object({ rule: RuleSchema, message: LabelSchema }, strict);

/** The schema with what the designer's form shows of it. */
function setting<Schema extends TSchema>(schema: Schema, zh: string, en: string, group: SettingHints['x-group'], editor?: SettingEditor): Schema {
  return { ...schema, ...labelled(zh, en, { 'x-group': group, ...(editor && { 'x-editor': editor }) }) };
}

/** Settings every field may have. Settings of its type stand beside them. */
export const FieldCommonSchema = Type.Object({
  name: Name,
  label: LabelSchema,
  type: Type.String(),
  help: Type.Optional(setting(LabelSchema, '帮助', 'Help', 'basic', 'label')),
  required: Type.Optional(setting(Flag, '必填', 'Required', 'value')),
  unique: Type.Optional(setting(Flag, '不允许重复', 'Unique', 'value')),
  index: Type.Optional(setting(Flag, '建索引（常用于筛选和排序）', 'Indexed (often filtered or sorted by)', 'access')),
  readOnly: Type.Optional(setting(Flag, '只读', 'Read-only', 'value')),
  hidden: Type.Optional(setting(Type.Literal(true, { description: 'A helper for rules and indexes; no screen shows it.' }), '在界面上隐藏', 'Hidden on every screen', 'basic')),
  searchable: Type.Optional(setting(Flag, '可以被全局搜索', 'Found by the search', 'access')),
  sensitive: Type.Optional(
    setting(Type.Literal(true, { description: 'Masked for every grant without `sensitive: true`.' }), '敏感：未授权的人看到掩码', 'Sensitive: masked for whom it is not granted', 'access'),
  ),
  allowNumbers: Type.Optional(
    setting(Type.Literal(true, { description: 'ID and card numbers are not looked for here: tracking numbers, serials of a bank.' }), '允许长编号：不检查身份证号和银行卡号', 'Long numbers allowed: not searched for ID and card numbers', 'access'),
  ),
  encrypted: Type.Optional(EncryptedSchema),
  default: Type.Optional(setting(Type.Unknown({ description: 'A value, or { "rule": … } computed when a record is created.' }), '默认值', 'Default', 'value', 'value')),
  visible: Type.Optional(setting(RuleSchema, '满足条件时才显示', 'Shown only if', 'rules', 'rule')),
  requiredWhen: Type.Optional(setting(RuleSchema, '满足条件时必填', 'Required if', 'rules', 'rule')),
  readOnlyWhen: Type.Optional(setting(RuleSchema, '满足条件时只读', 'Read-only if', 'rules', 'rule')),
  validate: Type.Optional(setting(Type.Array(ValidationSchema), '校验', 'Checks', 'rules', 'checks')),
  aliases: Type.Optional(setting(Type.Array(Type.String(), { description: 'Other headings an import may hold.' }), '导入时的其他列名', 'Other headings an import may hold', 'basic', 'texts')),
});

const ViewCommonSchema = Type.Object({
  name: Name,
  label: LabelSchema,
  type: Type.String(),
  filter: Type.Optional(setting(RuleSchema, '筛选', 'Filter', 'basic', 'rule')),
  sort: Type.Optional(setting(Type.Array(SortKey), '排序', 'Sort', 'basic', 'sort')),
  roles: Type.Optional(setting(Type.Array(RoleName), '谁能看到', 'Who sees it', 'access', 'roles')),
});

const SectionSchema = Type.Object(
  {
    name: Name,
    label: LabelSchema,
    fields: Type.Array(Type.Union([Name, Type.Object({ text: LabelSchema }, strict)]), { description: 'Field names, and text blocks between them.' }),
    columns: Type.Optional(Type.Integer({ minimum: 1, maximum: 3, description: 'On a desk; a phone has one. 2 when absent.' })),
    folded: Type.Optional(Flag),
    visible: Type.Optional(RuleSchema),
  },
  strict,
);
const FormSchema = Type.Object(
  {
    name: Name,
    label: LabelSchema,
    roles: Type.Optional(Type.Array(RoleName, { description: 'Only for these roles. Of the forms that fit, the first is used.' })),
    when: Type.Optional(RuleSchema),
    sections: Type.Optional(Type.Array(SectionSchema)),
    tabs: Type.Optional(Type.Array(Type.Object({ name: Name, label: LabelSchema, sections: Type.Array(SectionSchema) }, strict))),
    public: Type.Optional(PublicFormSchema),
  },
  strict,
);

export const PageSchema = Type.Object(
  {
    header: Type.Optional(Type.Array(FieldPath, { description: 'Key facts under the title.' })),
    stage: Type.Optional(Type.String({ description: 'The select field drawn as a path.' })),
    panels: Type.Optional(Type.Array(Type.Unsafe<PanelDefinition>({ type: 'object' }), { maxItems: 6, description: 'What matters most of other tables, in one look.' })),
    related: Type.Optional(
      Type.Array(
        Type.Object(
          {
            table: Name,
            field: Type.String({ description: 'The reference of that table which points here.' }),
            label: Type.Optional(LabelSchema),
            columns: Type.Array(FieldPath),
            sort: Type.Optional(Type.Array(SortKey)),
          },
          strict,
        ),
      ),
    ),
    timeline: Type.Optional(
      Type.Array(
        Type.Object(
          {
            table: Name,
            field: Type.String({ description: 'The reference of that table which points here.' }),
            date: FieldPath,
            title: FieldPath,
            content: Type.Optional(FieldPath),
            actor: Type.Optional(FieldPath),
          },
          strict,
        ),
      ),
    ),
  },
  strict,
);

const ActionSchema = Type.Object(
  {
    name: Name,
    label: LabelSchema,
    icon: Type.Optional(Type.String()),
    table: Type.String({ description: 'The table a record is created in.' }),
    form: Type.Optional(Type.String()),
    visible: Type.Optional({ ...RuleSchema, description: 'Offered on records for which it holds; on all when absent.' }),
    values: Type.Record(Type.String(), RuleSchema, { description: 'Values of the new record, as rules over this one.' }),
    lines: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object({ from: Name, values: Type.Record(Type.String(), RuleSchema) }, strict),
        { description: 'Rows of a `lines` field of the new record, one for each row of a `lines` field of this one, as rules over that row.' },
      ),
    ),
  },
  strict,
);

const EffectSchema = Type.Object(
  {
    name: Name,
    on: Type.Array(Type.Union([Type.Literal('create'), Type.Literal('update')]), { minItems: 1 }),
    when: Type.Optional(RuleSchema),
    create: Type.Optional(Type.Object({ table: Name, values: Type.Record(Type.String(), RuleSchema) }, strict)),
    update: Type.Optional(
      Type.Object(
        {
          reference: Type.String(),
          values: Type.Optional(Type.Record(Type.String(), RuleSchema)),
          add: Type.Optional(Type.Record(Type.String(), RuleSchema, { description: 'Added to what stands there when it is written.' })),
        },
        strict,
      ),
    ),
    asProduct: Type.Optional(Type.Literal(true, { description: 'Done by the product itself: whoever writes needs no right there, and read-only fields may be set.' })),
  },
  { ...strict, description: 'Changes another record in the same transaction, as the same actor: a create, or an update of a referenced record. Rules may read what stood before: `$before.stage`.' },
);

const StampSchema = Type.Object(
  { field: Name, when: RuleSchema, value: RuleSchema },
  { ...strict, description: 'A value the product sets when a rule comes to hold; a rule that reads `$before` sets it each time it holds.' },
);
const FollowSchema = Type.Object(
  { field: Name, rollup: Name },
  { ...strict, description: 'While the field is empty or equal to the roll-up as it was, it takes the new one.' },
);
const UniqueSchema = Type.Object(
  {
    fields: Type.Array(FieldPath, { minItems: 1, maxItems: 6 }),
    when: Type.Optional(RuleSchema),
    emptyCounts: Type.Optional(Type.Literal(true, { description: 'Two empty values are the same; otherwise a record with one is apart.' })),
    message: Type.Optional(LabelSchema),
  },
  { ...strict, description: 'No two living records for which the rule holds are the same in all of these fields.' },
);

const DuplicateSchema = Type.Object(
  {
    fields: Type.Array(Name, { minItems: 1 }),
    level: Type.Union([Type.Literal('same'), Type.Literal('similar')]),
    message: LabelSchema,
    in: Type.Optional(
      Type.Object({ table: Name, fields: Type.Array(Name, { minItems: 1 }) }, { ...strict, description: 'Another table to look in: its fields, in the order of those here.' }),
    ),
    foreign: Type.Optional(
      Type.Array(Name, { minItems: 1, maxItems: 5, description: 'What is shown of a record that one may not see: enough to know whom to ask. Nothing when absent.' }),
    ),
  },
  { ...strict, description: 'Records alike in all of these fields are pointed out while typing and on import.' },
);

const ExportSchema = Type.Object(
  {
    name: Name,
    label: LabelSchema,
    columns: Type.Array(FieldPath, { minItems: 1, maxItems: 100 }),
    filter: Type.Optional(RuleSchema),
    sort: Type.Optional(Type.Array(SortKey)),
    roles: Type.Optional(Type.Array(RoleName, { description: 'Only for these roles, beside their right to export.' })),
  },
  { ...strict, description: 'A file people take out again and again: which columns of which records, in which order.' },
);

export const TableSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    name: Name,
    label: LabelSchema,
    pluralLabel: Type.Optional(Type.Unsafe<Static<typeof LabelSchema>>({ ...LabelSchema, description: 'What many of them are called: "Customers". Absent: as one.' })),
    description: Type.Optional(LabelSchema),
    icon: Type.Optional(Type.String()),
    group: Type.Optional(Type.String()),
    titleField: Type.String(),
    fields: Type.Array(Type.Unsafe<FieldDefinition>({ type: 'object' }), { minItems: 1, maxItems: 500 }),
    indexes: Type.Optional(Type.Array(Type.Array(FieldPath, { minItems: 1 }))),
    duplicates: Type.Optional(Type.Array(DuplicateSchema)),
    validate: Type.Optional(Type.Array(ValidationSchema)),
    unique: Type.Optional(Type.Array(UniqueSchema)),
    invariants: Type.Optional(Type.Array(ValidationSchema, { description: 'Rules that hold after roll-ups are brought up to date, whichever record was written.' })),
    stamps: Type.Optional(Type.Array(StampSchema)),
    follows: Type.Optional(Type.Array(FollowSchema)),
    appendOnly: Type.Optional(Type.Union([Type.Literal(true), Type.Array(Name)], { description: 'Records are added, never changed or deleted by anybody; a list names fields that may change all the same.' })),
    forms: Type.Optional(Type.Array(FormSchema)),
    views: Type.Optional(Type.Array(Type.Unsafe<ViewDefinition>({ type: 'object' }))),
    page: Type.Optional(PageSchema),
    exports: Type.Optional(Type.Array(ExportSchema)),
    actions: Type.Optional(Type.Array(ActionSchema)),
    effects: Type.Optional(Type.Array(EffectSchema)),
    sharing: Type.Optional(
      Type.Union(
        [Type.Literal('private'), Type.Literal('publicRead'), Type.Literal('publicWrite'), Type.Literal('publicDelete'), Type.Literal('strict')],
        { description: 'Takes part in the permission levels. private: as the level says; public…: all may read, write, delete; strict: owners of a record only. Absent: only whom `permissions` names.' },
      ),
    ),
    inherits: Type.Optional(Type.String({ description: 'A reference: who may read the record behind it reads this one, too.' })),
    shareAlong: Type.Optional(Type.Array(Name, { description: 'Tables inheriting from this one that go along when a record is shared, unless it is said otherwise.' })),
    transferAlong: Type.Optional(Type.Array(TransferAlongSchema, { description: 'What belongs to a record and passes to its new owner: open opportunities, plans, tasks.' })),
    handOver: Type.Optional(HandOverSchema),
    permissions: Type.Optional(Type.Record(RoleName, GrantSchema)),
  },
  strict,
);

export const AppSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    name: Name,
    label: LabelSchema,
    description: Type.Optional(LabelSchema),
    version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
    settings: Type.Optional(
      Type.Object(
        {
          timeZone: Type.Optional(Type.String()),
          currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
          locale: Type.Optional(Type.Union([Type.Literal('zh-CN'), Type.Literal('en')])),
          fiscalYearStart: Type.Optional(Type.Integer({ minimum: 1, maximum: 12, description: 'The month in which the fiscal year begins. 1 when absent.' })),
          ownerDepartment: Type.Optional(Type.Union([Type.Literal('keep'), Type.Literal('follow')], { description: 'Whose department a record belongs to when its owner moves: the one it was made in, or the new one. `keep` when absent.' })),
          dualControl: Type.Optional(
            Type.Union([Type.Literal('on'), Type.Literal('off')], { description: 'Whether giving somebody a level above 5 waits for a second person. When absent: from five users on.' }),
          ),
          secondFactor: Type.Optional(Type.Union([Type.Literal('optional'), Type.Literal('required')], { description: 'Whether everybody must sign in with a second factor. `optional` when absent.' })),
          sensitiveNumbers: Type.Optional(
            Type.Union([Type.Literal('block'), Type.Literal('mask'), Type.Literal('warn')], { description: 'What becomes of resident ID and bank card numbers that somebody enters. `block` when absent.' }),
          ),
        },
        strict,
      ),
    ),
    navigation: Type.Array(
      Type.Object({ name: Name, label: LabelSchema, icon: Type.Optional(Type.String()), tables: Type.Array(Name) }, strict),
    ),
    home: Type.Optional(
      Type.Array(Type.Object({ table: Name, view: Name }, strict), { description: 'Views the home page begins with: what waits for a person.' }),
    ),
    options: Type.Optional(Type.Record(Type.String(), Type.Array(OptionSchema))),
    workbench: Type.Optional({ ...Name, description: 'The dashboard that is the home page; without one home shows the views above.' }),
    profiles: Type.Optional(Type.Array(ProfileSchema, { description: 'Of a template: parts of it that may be installed for themselves, smallest first.' })),
    levels: Type.Optional(Type.Record(Type.String({ pattern: '^[1-8]$' }), LevelSchema, { description: 'Levels that differ from the built-in ones.' })),
    levelVariants: Type.Optional(Type.Array(LevelVariantSchema)),
    roles: Type.Array(
      Type.Object(
        {
          name: RoleName,
          label: LabelSchema,
          description: Type.Optional(LabelSchema),
          owner: Type.Optional(Type.Literal(true, { description: 'The system owner: every right on every table.' })),
          level: Type.Optional(Type.Integer({ minimum: 1, maximum: 9, description: 'Permission level: what the role may do with tables that take part in levels.' })),
          levelVariant: Type.Optional({ ...Name, description: 'The variant of that level which the role follows.' }),
          audit: Type.Optional(Type.Literal(true, { description: 'Reads the audit, with what it may not see left out.' })),
          workbench: Type.Optional({ ...Name, description: 'The dashboard this role begins with, in place of the home page of all.' }),
        },
        strict,
      ),
      { minItems: 1 },
    ),
  },
  strict,
);

export type OptionDefinition = Static<typeof OptionSchema>;
export type FieldDefinition = Static<typeof FieldCommonSchema> & { [setting: string]: unknown };
export type ViewDefinition = Static<typeof ViewCommonSchema> & { [setting: string]: unknown };
export type SectionDefinition = Static<typeof SectionSchema>;
export type FormDefinition = Static<typeof FormSchema>;

/** The fields of a section in order, without the text blocks between them. */
export function sectionFields(section: SectionDefinition): string[] {
  return section.fields.filter((entry) => typeof entry === 'string');
}

export type PageDefinition = Static<typeof PageSchema>;
export type ActionDefinition = Static<typeof ActionSchema>;
export type StampDefinition = Static<typeof StampSchema>;
export type FollowDefinition = Static<typeof FollowSchema>;
export type UniqueDefinition = Static<typeof UniqueSchema>;
export type ExportDefinition = Static<typeof ExportSchema>;
export type EffectDefinition = Static<typeof EffectSchema>;
export type DuplicateDefinition = Static<typeof DuplicateSchema>;
export type FieldRightName = Static<typeof FieldRightSchema>;
export type LevelDefinition = Static<typeof LevelSchema>;
export type LevelVariantDefinition = Static<typeof LevelVariantSchema>;
export type GrantDefinition = Static<typeof GrantSchema>;
export type TransferAlong = NonNullable<Static<typeof TableSchema>['transferAlong']>[number];
export type HandOverDefinition = NonNullable<Static<typeof TableSchema>['handOver']>;
export type SharingMode = NonNullable<Static<typeof TableSchema>['sharing']>;
export type TableDefinition = Static<typeof TableSchema>;
export type AppDefinition = Static<typeof AppSchema>;
export { FieldRightSchema, GrantSchema, LevelSchema, ViewCommonSchema };

/** A whole app as it is loaded from a template folder or from the database. */
export interface Definitions {
  readonly app: AppDefinition;
  readonly tables: readonly TableDefinition[];
  /** Absent where there are none: definitions from before workflows. */
  readonly workflows?: readonly WorkflowDefinition[];
  /** Absent where there are none. */
  readonly dashboards?: readonly DashboardDefinition[];
}
