import type { StreamEnvironment } from "@/lib/stream/stream-connection";

/** The stream over the browser's own EventSource and fetch. */
export const browserStream: StreamEnvironment = {
  open(onData, onLoss) {
    const source = new EventSource("/api/stream");
    source.addEventListener("message", (event: MessageEvent<string>) => onData(event.data));
    source.addEventListener("error", onLoss);
    return source;
  },
  async subscribe(streamId, set) {
    const response = await fetch(`/api/stream/${encodeURIComponent(streamId)}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(set),
    });
    return response.ok;
  },
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
