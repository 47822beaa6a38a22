/** Cell and input of every field type: one line a type, in the order of the engine's registry. */
import type { FieldTypeName } from '#engine/fields/index.ts';
import { BooleanCell, MultiSelectCell, SelectCell, TagsCell } from './cells/ChoiceCell.tsx';
import { FilesCell, ImagesCell } from './cells/FilesCell.tsx';
import { EmailCell, PhoneCell, UrlCell } from './cells/LinkCell.tsx';
import { MarkdownCell } from './cells/MarkdownCell.tsx';
import { DecimalCell, DurationCell, IntegerCell, MoneyCell, PercentCell, RatingCell, ScoreCell } from './cells/NumberCell.tsx';
import { ChecklistCell, ComputedCell, GeoPointCell, JsonCell, LinesCell, RegionCell } from './cells/OtherCell.tsx';
import { DepartmentCell, ReferenceCell, ReferencesCell, UserCell, UsersCell } from './cells/ReferenceCell.tsx';
import { CodeCell, TextCell } from './cells/TextCell.tsx';
import { DateCell, DateTimeCell, LunarDateCell, TimeSpanCell } from './cells/TimeCell.tsx';
import type { FieldComponents } from './field-components.ts';
import { lazyInput } from './lazy-input.tsx';

const basic = () => import('./inputs/basic.ts');
const records = () => import('./inputs/records.ts');
const composite = () => import('./inputs/composite.ts');

const Computed = lazyInput(async () => (await basic()).ComputedInput);
const Files = lazyInput(async () => (await composite()).FilesInput);
const Numeric = lazyInput(async () => (await basic()).NumberInput);
const Reference = lazyInput(async () => (await records()).ReferenceInput);
const References = lazyInput(async () => (await records()).ReferencesInput);
const Text = lazyInput(async () => (await basic()).TextInput);
const LongText = lazyInput(async () => (await basic()).LongTextInput);

export const FIELD_COMPONENTS: Readonly<Record<FieldTypeName, FieldComponents>> = {
  text: { Cell: TextCell, Input: Text, column: { width: 150 } },
  longText: { Cell: TextCell, Input: LongText, column: { width: 260 }, wide: true },
  richText: { Cell: MarkdownCell, Input: lazyInput(async () => (await composite()).MarkdownInput), column: { width: 260 }, wide: true },
  integer: { Cell: IntegerCell, Input: Numeric, column: { width: 110, align: 'right' }, sums: true },
  decimal: { Cell: DecimalCell, Input: Numeric, column: { width: 120, align: 'right' }, sums: true },
  percent: { Cell: PercentCell, Input: Numeric, column: { width: 100, align: 'right' } },
  money: { Cell: MoneyCell, Input: lazyInput(async () => (await basic()).MoneyInput), column: { width: 140, align: 'right' }, sums: true },
  boolean: { Cell: BooleanCell, Input: lazyInput(async () => (await basic()).BooleanInput), column: { width: 90 } },
  date: { Cell: DateCell, Input: lazyInput(async () => (await basic()).DateInput), column: { width: 120 } },
  dateTime: { Cell: DateTimeCell, Input: lazyInput(async () => (await basic()).DateTimeInput), column: { width: 168 } },
  timeSpan: { Cell: TimeSpanCell, Input: lazyInput(async () => (await basic()).TimeSpanInput), column: { width: 220 } },
  lunarDate: { Cell: LunarDateCell, Input: lazyInput(async () => (await basic()).LunarDateInput), column: { width: 150 } },
  duration: { Cell: DurationCell, Input: Numeric, column: { width: 120, align: 'right' }, sums: true },
  select: { Cell: SelectCell, Input: lazyInput(async () => (await basic()).SelectInput), column: { width: 140 } },
  multiSelect: { Cell: MultiSelectCell, Input: lazyInput(async () => (await basic()).MultiSelectInput), column: { width: 180 }, unsortable: true },
  tags: { Cell: TagsCell, Input: lazyInput(async () => (await basic()).TagsInput), column: { width: 180 }, unsortable: true },
  email: { Cell: EmailCell, Input: lazyInput(async () => (await basic()).EmailInput), column: { width: 200 } },
  phone: { Cell: PhoneCell, Input: lazyInput(async () => (await basic()).PhoneInput), column: { width: 140 } },
  url: { Cell: UrlCell, Input: lazyInput(async () => (await basic()).UrlInput), column: { width: 200 } },
  region: { Cell: RegionCell, Input: lazyInput(async () => (await composite()).RegionInput), column: { width: 180 } },
  address: { Cell: TextCell, Input: Text, column: { width: 260 }, wide: true },
  geoPoint: { Cell: GeoPointCell, Input: lazyInput(async () => (await composite()).GeoPointInput), column: { width: 170 }, unsortable: true },
  user: { Cell: UserCell, Input: Reference, column: { width: 130 } },
  users: { Cell: UsersCell, Input: References, column: { width: 180 }, unsortable: true },
  department: { Cell: DepartmentCell, Input: Reference, column: { width: 130 } },
  reference: { Cell: ReferenceCell, Input: Reference, column: { width: 180 } },
  manyToMany: { Cell: ReferencesCell, Input: References, column: { width: 200 }, unsortable: true },
  lines: { Cell: LinesCell, Input: lazyInput(async () => (await import('./inputs/LinesInput.tsx')).LinesInput), column: { width: 100 }, unsortable: true, wide: true },
  attachment: { Cell: FilesCell, Input: Files, column: { width: 180 }, unsortable: true, wide: true },
  image: { Cell: ImagesCell, Input: Files, column: { width: 120 }, unsortable: true },
  autoNumber: { Cell: CodeCell, Input: Computed, column: { width: 140 } },
  formula: { Cell: ComputedCell, Input: Computed, column: { width: 140 } },
  rollup: { Cell: ComputedCell, Input: Computed, column: { width: 150 }, sums: true },
  lookup: { Cell: ComputedCell, Input: Computed, column: { width: 150 } },
  score: { Cell: ScoreCell, Input: Numeric, column: { width: 130 } },
  rating: { Cell: RatingCell, Input: lazyInput(async () => (await basic()).RatingInput), column: { width: 120 } },
  checklist: { Cell: ChecklistCell, Input: lazyInput(async () => (await composite()).ChecklistInput), column: { width: 110 }, unsortable: true, wide: true },
  json: { Cell: JsonCell, Input: lazyInput(async () => (await composite()).JsonInput), column: { width: 180 }, unsortable: true, wide: true },
  creditCode: { Cell: CodeCell, Input: Text, column: { width: 190 } },
};
