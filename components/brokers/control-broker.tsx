"use client";
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useContext, useState } from "react";
import type { ControlBrokerInput } from "@/lib/contracts/brokers";
import type { Result } from "@/lib/result";

const ControlBrokerDialog = dynamic(
  () => import("@/components/brokers/control-broker-dialog").then((module) => module.ControlBrokerDialog),
  { ssr: false },
);

/** The server action that stops or starts a broker; the page passes it in. */
export type ControlBroker = (input: ControlBrokerInput) => Promise<Result<{ readonly jobId: number }>>;

/** A broker and what should become of it. */
export type Wanted = Pick<ControlBrokerInput, "broker" | "command">;

const WantedContext = createContext<(wanted: Wanted) => void>(() => {});

/** Asks to stop or start a broker; the dialog does the rest. */
export function useControlBroker(): (wanted: Wanted) => void {
  return useContext(WantedContext);
}

/** Holds the one dialog of a page that stops and starts brokers. */
export function ControlBrokerProvider({
  controlBroker,
  children,
}: {
  controlBroker: ControlBroker;
  children: ReactNode;
}) {
  const [wanted, setWanted] = useState<Wanted>();
  return (
    <WantedContext value={setWanted}>
      {children}
      {wanted && (
        <ControlBrokerDialog
          key={`${wanted.command} ${wanted.broker}`}
          wanted={wanted}
          controlBroker={controlBroker}
          onClose={() => setWanted(undefined)}
        />
      )}
    </WantedContext>
  );
}
