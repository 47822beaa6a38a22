/** What the shared filters of a dashboard are set to: as given, else as the dashboard begins. `$me` is whoever reads it. */
import type { SharedValue } from '../charts/chart-request.ts';
import type { DashboardDefinition } from './definitions.ts';

export type SharedValues = Readonly<Record<string, SharedValue>>;

/** A filter that is given as an empty list of values holds nothing back. */
export function sharedValues({ filters = [] }: DashboardDefinition, given: SharedValues, me: string): SharedValues {
  const values: Record<string, SharedValue> = {};
  for (const filter of filters) {
    const own = given[filter.name];
    if (filter.period) values[filter.name] = own && 'period' in own ? own : { period: filter.period };
    else {
      const is = (own && 'is' in own ? own.is : (filter.values?.default ?? [])).map((value) => (value === '$me' ? me : value));
      if (is.length > 0) values[filter.name] = { is };
    }
  }
  return values;
}
