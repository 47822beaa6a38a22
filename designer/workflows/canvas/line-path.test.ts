import { expect, test } from 'vitest';
import { linePath } from './line-path.ts';

test('a line straight down has no corners; its label stands above the card it leads to', () => {
  const { path, label } = linePath({ x: 0, y: 0 }, { x: 0, y: 80 }, []);
  expect(path).toBe('M 0 0 L 0 80');
  expect(label.x).toBe(0);
  expect(label.y).toBeGreaterThan(30);
});

test('a line aside turns twice, and its label stands where it comes down again', () => {
  const { path, label } = linePath({ x: 0, y: 0 }, { x: 200, y: 80 }, []);
  expect(path.match(/Q/g)).toHaveLength(2);
  expect(label.x).toBe(200);
});

test('a long line passes the rows between where it was led', () => {
  const { path } = linePath({ x: 0, y: 0 }, { x: 0, y: 400 }, [{ x: 300, y: 200 }]);
  expect(path).toContain('300');
  expect(path.match(/Q/g)).toHaveLength(4);
});
