import type { TableModel } from '#engine/model/app-model.ts';
import type { DashboardDefinition } from '#engine/dashboards/definitions.ts';
import { useApp } from './session.tsx';

/** Tables of the navigation that one may read, in its order, each once. */
export function useNavigationTables(): readonly TableModel[] {
  const { model, access } = useApp();
  const names = [...new Set(model.navigation.flatMap((group) => group.tables))];
  return names.flatMap((name) => {
    const table = model.tables[name];
    return table && access[name]?.read ? [table] : [];
  });
}

export function useCreatableTables(): readonly TableModel[] {
  const { access } = useApp();
  return useNavigationTables().filter((table) => access[table.name]?.create);
}

/** The dashboard one begins with: of the first of one's roles that has one, else the one of all. Undefined: none that one may see. */
export function useHomeDashboard(): DashboardDefinition | undefined {
  const { model, me } = useApp();
  const names = [...model.roles.filter(({ name }) => me.roles.includes(name)).map(({ workbench }) => workbench), model.workbench];
  return names.map((name) => (name === undefined ? undefined : model.dashboards[name])).find(Boolean);
}
