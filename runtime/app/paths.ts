/** Addresses, written in one place. */
export const tablePath = (table: string): string => `/tables/${table}`;
export const recordPagePath = (table: string, id: string): string => `/tables/${table}/records/${id}`;
export const importPath = (table: string): string => `/tables/${table}/import`;
export const binPath = (table: string): string => `/tables/${table}/bin`;
export const dashboardPath = (dashboard: string): string => `/dashboard/${dashboard}`;
export const INBOX_PATH = '/inbox';
