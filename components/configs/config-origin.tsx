import type { ReactNode } from "react";
import { sourceWords } from "@/components/configs/config-words";
import type { ConfigEntry, ConfigSource } from "@/lib/contracts/configs";

type Props = { entry: ConfigEntry; own: readonly ConfigSource[]; children?: ReactNode };

/** Where a config's value comes from, and where it would come from without a value of its own: most specific first. */
export function ConfigOrigin({ entry, own, children }: Props) {
  const isSet = own.includes(entry.source);
  const synonyms = entry.synonyms.filter(({ source }) => !own.includes(source));
  // Kafka names no synonym of a value that nobody set.
  const inherited = synonyms.length === 0 && !isSet ? [entry] : synonyms;
  return (
    <div className="rounded-lg bg-tray px-3 py-2 text-xs shadow-hairline">
      <div className="flex items-center justify-between gap-3">
        <span className="text-ink-muted">{isSet ? "Set here. Without it:" : "Not set here. It has:"}</span>
        {children}
      </div>
      <ul aria-label="Where it would come from" className="mt-1 space-y-0.5">
        {inherited.map(({ name, value, source }, index) => (
          <li key={`${source} ${name}`} className={index === 0 ? "flex gap-2" : "flex gap-2 text-ink-muted"}>
            <span className="min-w-0 flex-1 truncate font-mono">
              {name} = {value ?? "not set"}
            </span>
            <span>{sourceWords[source]}</span>
          </li>
        ))}
        {inherited.length === 0 && <li className="text-ink-muted">The cluster does not tell.</li>}
      </ul>
    </div>
  );
}
