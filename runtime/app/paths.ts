/** Addresses, written in one place. */
export const tablePath = (table: string): string => `/tables/${table}`;
export const recordPagePath = (table: string, id: string): string => `/tables/${table}/records/${id}`;
/** On a record's page: the record it is to be merged with. */
export const MERGE_PARAM = 'merge';
export const mergePath = (table: string, id: string, twin: string): string => `${recordPagePath(table, id)}?${MERGE_PARAM}=${encodeURIComponent(twin)}`;
export const importPath = (table: string): string => `/tables/${table}/import`;
export const binPath = (table: string): string => `/tables/${table}/bin`;
export const dashboardPath = (dashboard: string): string => `/dashboard/${dashboard}`;
export const INBOX_PATH = '/inbox';
