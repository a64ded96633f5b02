import type { WantedChange } from "@/components/changes/change-context";

/** The question before a broker's registration is forgotten. */
export function unregistration(broker: number): WantedChange {
  return {
    kind: "unregister-broker",
    input: { broker },
    title: `Unregister broker ${broker}?`,
    description: "For a broker that does not come back. One that is started registers by itself.",
    confirm: `Unregister broker ${broker}`,
    pending: "Unregistering…",
    isDanger: true,
  };
}
