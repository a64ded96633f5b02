"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { ChangingContext, type MakeChange, type WantedChange } from "@/components/changes/change-context";

const WantedChangeDialog = dynamic(
  () => import("@/components/changes/wanted-change-dialog").then((module) => module.WantedChangeDialog),
  { ssr: false },
);

/** Holds the one dialog in which a page's changes are planned and made. */
export function ChangeProvider({ makeChange, children }: { makeChange: MakeChange; children: ReactNode }) {
  const [wanted, ask] = useState<WantedChange>();
  return (
    // The compiler keeps the value while its parts are the same.
    // oxlint-disable-next-line react/jsx-no-constructed-context-values
    <ChangingContext value={{ ask, makeChange }}>
      {children}
      {wanted && (
        <WantedChangeDialog key={JSON.stringify(wanted.input)} wanted={wanted} onClose={() => ask(undefined)} />
      )}
    </ChangingContext>
  );
}
