import { createContext, useContext } from 'react';

interface ShellActions {
  readonly openSearch: () => void;
  readonly openHelp: () => void;
  readonly openMenu: () => void;
}

const outside = () => undefined;
export const ShellContext = createContext<ShellActions>({ openSearch: outside, openHelp: outside, openMenu: outside });

export function useShell(): ShellActions {
  return useContext(ShellContext);
}
