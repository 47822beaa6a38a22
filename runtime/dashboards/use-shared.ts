/** The shared filters of a dashboard, kept in the address: `period=thisQuarter&owner=a,b`; an empty value holds nothing back. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { SharedValue } from '#engine/charts/chart-request.ts';
import { parsePeriod, printPeriod } from '#engine/charts/period.ts';
import type { DashboardDefinition } from '#engine/dashboards/definitions.ts';
import { type SharedValues, sharedValues } from '#engine/dashboards/shared-values.ts';
import { useApp } from '../app/session.tsx';

export function useShared(dashboard: DashboardDefinition) {
  const { user } = useApp();
  const [params, setParams] = useSearchParams();
  const text = params.toString();
  const given = useMemo((): SharedValues => {
    const own = new URLSearchParams(text);
    const values: Record<string, SharedValue> = {};
    for (const filter of dashboard.filters ?? []) {
      const written = own.get(filter.name);
      if (written === null) continue;
      const period = filter.period ? parsePeriod(written) : undefined;
      if (period) values[filter.name] = { period };
      else if (filter.values) values[filter.name] = { is: written.split(',').filter((value) => value !== '') };
    }
    return values;
  }, [text, dashboard]);
  const shared = useMemo(() => sharedValues(dashboard, given, user.id), [dashboard, given, user.id]);
  const set = useCallback(
    (name: string, value: SharedValue) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          next.set(name, 'period' in value ? printPeriod(value.period) : value.is.join(','));
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  const reset = useCallback(() => setParams({}, { replace: true }), [setParams]);
  return { given, shared, set, reset, changed: Object.keys(given).length > 0 };
}
