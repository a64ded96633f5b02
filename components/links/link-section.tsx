import type { ReactNode } from "react";

type Props = {
  title: string;
  /** Where the service is. */
  place?: string | undefined;
  children: ReactNode;
};

/** One service of those beside the cluster, under its heading. */
export function LinkSection({ title, place, children }: Props) {
  return (
    <section aria-label={title} className="@container border-b pb-3">
      <div className="flex h-10 items-center gap-3 px-6">
        <h2 className="font-medium">{title}</h2>
        {place !== undefined && <span className="min-w-0 truncate font-mono text-xs text-ink-faint">{place}</span>}
      </div>
      {children}
    </section>
  );
}

/** A service has nothing of the topic, is not set, or is away: in words, in place of its rows. */
export function LinkNote({ children }: { children: ReactNode }) {
  return <p className="max-w-160 px-6 pb-2 text-ink-muted">{children}</p>;
}

/** What a person types, inside a note. */
export function LinkCode({ children }: { children: ReactNode }) {
  return <code className="font-mono text-mono text-ink">{children}</code>;
}
