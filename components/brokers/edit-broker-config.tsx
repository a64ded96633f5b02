"use client";
import { useState } from "react";
import { EditConfigDialog } from "@/components/configs/edit-config-dialog";
import { Segments } from "@/components/ui/segments";
import type { ConfigEntry } from "@/lib/contracts/configs";

const scopes = [
  { value: "one", label: "This broker" },
  { value: "all", label: "All brokers" },
] as const;

type Props = { broker: number; entry: ConfigEntry; onClose: () => void };

/** Changes a setting while brokers run: of one of them, or of all that have no own value. */
export function EditBrokerConfig({ broker, entry, onClose }: Props) {
  const [scope, setScope] = useState<(typeof scopes)[number]["value"]>("one");
  const isOne = scope === "one";
  return (
    <EditConfigDialog
      key={scope}
      of={isOne ? `broker ${broker}` : "all brokers"}
      entry={entry}
      own={isOne ? ["dynamic-broker"] : ["dynamic-default-broker"]}
      kind="change-broker-configs"
      inputOf={(value) => ({ broker: isOne ? broker : null, values: { [entry.name]: value } })}
      above={<Segments label="Whose value" options={scopes} value={scope} onChoose={setScope} />}
      onClose={onClose}
    />
  );
}
