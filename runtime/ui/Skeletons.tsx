/** Grey shapes where data will stand, sized like the data, so nothing jumps when it comes. */
const WIDTHS = [72, 48, 60, 36, 80, 54, 66, 42];

export function Bone({ width, height = 12 }: { width: number | string; height?: number }) {
  return <span className="bone" style={{ width, height }} />;
}

export function RowsSkeleton({ rows = 12, columns = 6, height = 44 }: { rows?: number; columns?: number; height?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="bone-row" style={{ height }}>
          {Array.from({ length: columns }, (_, column) => (
            <span key={column} className="bone-cell">
              <Bone width={`${WIDTHS[(row + column * 3) % WIDTHS.length] ?? 60}%`} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

export function BlockSkeleton({ lines = 6 }: { lines?: number }) {
  return (
    <div className="bone-block" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="bone-pair">
          <Bone width={80} height={10} />
          <Bone width={`${WIDTHS[line % WIDTHS.length] ?? 60}%`} height={16} />
        </div>
      ))}
    </div>
  );
}

export function ShellSkeleton() {
  return (
    <div className="shell" aria-busy="true">
      <div className="sidebar bone-sidebar">
        {Array.from({ length: 8 }, (_, line) => (
          <Bone key={line} width={`${WIDTHS[line % WIDTHS.length] ?? 60}%`} height={14} />
        ))}
      </div>
      <div className="shell-main">
        <div className="page-head">
          <Bone width={180} height={20} />
        </div>
        <RowsSkeleton />
      </div>
    </div>
  );
}
