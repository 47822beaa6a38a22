import { createContext } from 'react';

/** Messages of a form by JSON pointer, for inputs with places of their own (the cells of child lines). */
export const FormIssuesContext = createContext<ReadonlyMap<string, string>>(new Map());
