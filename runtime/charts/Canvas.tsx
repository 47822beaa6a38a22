/** A drawing on a canvas that follows the size of its place and tells what was clicked. */
import type { EChartsOption, EChartsType } from 'echarts';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { init } from './echarts.ts';

export interface CanvasHandle {
  /** A picture of what is shown, as a data URL. */
  picture(background: string): string;
}

export interface Clicked {
  readonly seriesIndex: number;
  readonly dataIndex: number;
  readonly data: unknown;
}

interface CanvasProps {
  readonly options: EChartsOption;
  readonly label: string;
  readonly onClick: (clicked: Clicked) => void;
  readonly ref?: Ref<CanvasHandle>;
}

export function Canvas({ options, label, onClick, ref }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const clicked = useRef(onClick);
  clicked.current = onClick;

  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const made = init(element, null, { renderer: 'canvas' }) as unknown as EChartsType;
    chart.current = made;
    made.on('click', (event) => clicked.current({ seriesIndex: event.seriesIndex ?? 0, dataIndex: event.dataIndex, data: event.data }));
    let frame = 0;
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => made.resize());
    });
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => chart.current?.setOption(options, { notMerge: true }), [options]);
  useImperativeHandle(ref, () => ({ picture: (background) => chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background }) ?? '' }), []);

  return <div ref={place} className="chart-canvas" role="img" aria-label={label} />;
}
