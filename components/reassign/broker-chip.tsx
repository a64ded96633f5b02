import { Badge } from "@/components/ui/badge";

/** A broker in a list of replicas: struck through where it goes, in accent where it comes. */
export function BrokerChip({ id, tone }: { id: number; tone?: "from" | "to" }) {
  return (
    <Badge
      tone={tone === "to" ? "accent" : "neutral"}
      className={tone === "from" ? "line-through decoration-ink-faint" : ""}
    >
      {tone === "from" && <span className="sr-only">no more </span>}
      {tone === "to" && <span className="sr-only">new </span>}
      {id}
    </Badge>
  );
}
