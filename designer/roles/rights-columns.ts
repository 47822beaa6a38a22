/** The columns of a matrix of rights: which records by scope, then what is allowed or not. */
export const ROW_ACTIONS = ['read', 'update', 'delete', 'share', 'transfer', 'merge'] as const;
export const FLAGS = ['create', 'import', 'export', 'sensitive', 'reveal'] as const;
