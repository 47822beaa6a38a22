import Type, { type Static } from 'typebox';
import type { SharedValues } from '#engine/dashboards/shared-values.ts';
import { readDashboard } from '../../records/read-dashboard.ts';
import type { Answer, Call } from '../endpoint.ts';
import { SharedValuesSchema } from './charts.ts';

export const DashboardRequestSchema = Type.Object({ shared: Type.Optional(SharedValuesSchema) }, { additionalProperties: false });

export async function showDashboard({ workspace, actor, params, body }: Call): Promise<Answer> {
  const { shared = {} } = body as Static<typeof DashboardRequestSchema>;
  return { body: await readDashboard(workspace, actor, params.name ?? '', shared as SharedValues) };
}
