import type { SchemaColumn } from '#engine/schema/database-schema.ts';

export const text = (name: string): SchemaColumn => ({ name, type: 'text' });
export const json = (name: string): SchemaColumn => ({ name, type: 'json' });
export const whole = (name: string): SchemaColumn => ({ name, type: 'bigint' });
