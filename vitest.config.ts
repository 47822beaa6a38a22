import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['engine/**/*.test.ts', 'server/**/*.test.ts', 'runtime/**/*.test.ts', 'designer/**/*.test.ts', 'runtime/**/*.test.tsx', 'e2e/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'dist/**'],
    globalSetup: ['server/testing/start-postgres.ts'],
    // The CRM template with its samples takes its time to install on two busy cores.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
