"use client";
import { ChangeDialog } from "@/components/changes/change-dialog";
import type { WantedChange } from "@/components/changes/change-context";
import { usePlannedChange } from "@/components/changes/use-planned-change";

/** The dialog of a change whose input is known: what it would do, and the button that does it. */
export function WantedChangeDialog({ wanted, onClose }: { wanted: WantedChange; onClose: () => void }) {
  const { kind, input, onMade, ...words } = wanted;
  const { plan, mutation } = usePlannedChange(kind, input, (made) => {
    onClose();
    onMade?.(made);
  });
  return <ChangeDialog {...words} plan={plan} mutation={mutation} onClose={onClose} />;
}
