/** Every field type, by the name that definitions use. The order is the one a designer offers. */
import { address } from './address.ts';
import { attachment } from './attachment.ts';
import { autoNumber } from './auto-number.ts';
import { boolean } from './boolean.ts';
import { checklist } from './checklist.ts';
import { creditCode } from './credit-code.ts';
import { date } from './date.ts';
import { dateTime } from './date-time.ts';
import { decimal } from './decimal.ts';
import { department } from './department.ts';
import { duration } from './duration.ts';
import { email } from './email.ts';
import type { FieldType } from './field-type.ts';
import { formula } from './formula.ts';
import { geoPoint } from './geo-point.ts';
import { image } from './image.ts';
import { integer } from './integer.ts';
import { json } from './json.ts';
import { lines } from './lines.ts';
import { longText } from './long-text.ts';
import { lunarDate } from './lunar-date.ts';
import { lookup } from './lookup.ts';
import { manyToMany } from './many-to-many.ts';
import { money } from './money.ts';
import { multiSelect } from './multi-select.ts';
import { percent } from './percent.ts';
import { phone } from './phone.ts';
import { rating } from './rating.ts';
import { reference } from './reference.ts';
import { region } from './region.ts';
import { richText } from './rich-text.ts';
import { rollup } from './rollup.ts';
import { score } from './score.ts';
import { select } from './select.ts';
import { tags } from './tags.ts';
import { text } from './text.ts';
import { timeSpan } from './time-span.ts';
import { url } from './url.ts';
import { user } from './user.ts';
import { users } from './users.ts';

export const FIELD_TYPES = {
  text,
  longText,
  richText,
  integer,
  decimal,
  percent,
  money,
  boolean,
  date,
  dateTime,
  timeSpan,
  lunarDate,
  duration,
  select,
  multiSelect,
  tags,
  email,
  phone,
  url,
  region,
  address,
  geoPoint,
  user,
  users,
  department,
  reference,
  manyToMany,
  lines,
  attachment,
  image,
  autoNumber,
  formula,
  rollup,
  lookup,
  score,
  rating,
  checklist,
  json,
  creditCode,
} as const satisfies Record<string, FieldType>;

export type FieldTypeName = keyof typeof FIELD_TYPES;
