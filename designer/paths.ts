/** Addresses inside the designer. */
export const DESIGNER = '/designer';
export const PUBLISH = `${DESIGNER}/publish`;
export const DIAGRAM = `${DESIGNER}/diagram`;

export function tablePath(table: string): string {
  return `${DESIGNER}/tables/${table}`;
}

export function fieldPath(table: string, field: string): string {
  return `${tablePath(table)}/fields/${field}`;
}

export function formPath(table: string, form?: string): string {
  return `${tablePath(table)}/forms${form ? `/${form}` : ''}`;
}

export function viewPath(table: string, view?: string): string {
  return `${tablePath(table)}/views${view ? `/${view}` : ''}`;
}

export function pagePath(table: string): string {
  return `${tablePath(table)}/page`;
}

export function optionsPath(list?: string): string {
  return `${DESIGNER}/options${list ? `/${list}` : ''}`;
}

/**
 * Where a path into the definitions is edited: `/tables/customer/fields/level`, `/tables/customer/forms/0/sections/1`.
 * Things are named there by name or by number.
 */
export function editorPath(path: string, nameAt: (table: string, list: string, index: number) => string | undefined): string {
  const [, root, table, list, key] = path.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (root === 'workflows') return table ? `${DESIGNER}/workflows/edit/${table}${list === 'nodes' && key ? `?node=${key}` : list === 'trigger' ? '?node=$trigger' : ''}` : `${DESIGNER}/workflows`;
  if (root === 'dashboards') return `${DESIGNER}/dashboards${table ? `/${table}${list === 'cards' && key ? `?card=${key}` : ''}` : ''}`;
  if (root === 'app') return table === 'options' ? optionsPath(list) : table === 'roles' ? `${DESIGNER}/roles` : `${DESIGNER}/app`;
  if (root !== 'tables' || !table) return DESIGNER;
  const name = key === undefined ? undefined : /^\d+$/.test(key) ? nameAt(table, list ?? '', Number(key)) : key;
  if (list === 'fields') return name ? fieldPath(table, name) : tablePath(table);
  if (list === 'forms') return formPath(table, name);
  if (list === 'views') return viewPath(table, name);
  if (list === 'page') return pagePath(table);
  if (list === 'permissions') return `${DESIGNER}/roles`;
  return tablePath(table);
}
