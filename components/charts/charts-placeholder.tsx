/** Holds the place of the charts, so that nothing moves when they come. */
export function ChartsPlaceholder() {
  return (
    <div role="status" aria-label="Loading" className="grid grid-cols-1 gap-px border-b bg-line @3xl:grid-cols-2">
      {["traffic", "topics", "lag", "latency"].map((chart) => (
        <div key={chart} className="h-58 bg-canvas px-6 pt-4">
          <span className="block h-3 w-32 skeleton after-a-moment" />
        </div>
      ))}
    </div>
  );
}
