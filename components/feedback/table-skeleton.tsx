/** Holds the table's own shape, so that nothing moves when the rows come; shown only after a moment. */
export function TableSkeleton({ rows = 12 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="min-h-0 flex-1 overflow-hidden">
      <div className="after-a-moment">
        {Array.from({ length: rows }, (_, i) => (
          // Placeholders have no identity.
          // oxlint-disable-next-line react/no-array-index-key
          <div
            key={i}
            className="grid h-9 grid-cols-[minmax(0,1fr)_72px_44px] items-center gap-5 border-b border-line/70 px-6"
          >
            <span className="h-2.5 skeleton" style={{ width: `${20 + ((i * 37) % 42)}%` }} />
            <span className="h-3 w-full skeleton" />
            <span className="ml-auto h-2.5 w-10 skeleton" />
          </div>
        ))}
      </div>
    </div>
  );
}
