import type { TableModel } from '#engine/model/app-model.ts';
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
