import { QueryClient } from '@tanstack/react-query';
import { isProblem } from './problem.ts';

/** A refusal stays a refusal; only a lost connection is tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 5 * 60_000,
      retry: (failures, error) => failures < 2 && (!isProblem(error) || error.status === 0 || error.status >= 502),
      refetchOnWindowFocus: false,
    },
  },
});
