import { Badge } from "@/components/ui/badge";

const tones: Readonly<Record<string, "neutral" | "accent" | "info">> = {
  consumer: "neutral",
  streams: "accent",
  share: "info",
};

/** Which protocol a group speaks; share and streams groups behave unlike the others, so they stand out a little. */
export function ProtocolBadge({ protocol }: { protocol: string }) {
  return <Badge tone={tones[protocol] ?? "outline"}>{protocol}</Badge>;
}
