"use client";
import { useState } from "react";
import { useAskForChange } from "@/components/changes/change-context";
import { isQuota, keysFor, quotaWords } from "@/components/quotas/quota-words";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segments } from "@/components/ui/segments";
import type { QuotaEntityInput, QuotaList } from "@/lib/contracts/operations";

type Quota = QuotaList["quotas"][number];
type Type = "user" | "client-id" | "both" | "ip";

const types = [
  { value: "user", label: "User" },
  { value: "client-id", label: "Client id" },
  { value: "both", label: "Both" },
  { value: "ip", label: "Address" },
] as const;

const help = "Empty: the default for all that have no own.";

function typeOf(entity: QuotaEntityInput | undefined): Type {
  if (entity?.ip !== undefined) return "ip";
  if (entity?.user !== undefined && entity["client-id"] !== undefined) return "both";
  return entity?.["client-id"] !== undefined ? "client-id" : "user";
}

type Names = { readonly user: string; readonly "client-id": string; readonly ip: string };

function entityOf(type: Type, names: Names): QuotaEntityInput {
  const named = (part: keyof Names) => (names[part].trim() === "" ? null : names[part].trim());
  if (type === "both") return { user: named("user"), "client-id": named("client-id") };
  return { [type]: named(type) };
}

/** Sets quotas of a user, a client id or an address; an empty field is no quota. */
export function QuotaDialog({ quota, onClose }: { quota: Quota | undefined; onClose: () => void }) {
  const change = useAskForChange();
  const [type, setType] = useState<Type>(typeOf(quota?.entity));
  const [names, setNames] = useState<Names>({
    user: quota?.entity.user ?? "",
    "client-id": quota?.entity["client-id"] ?? "",
    ip: quota?.entity.ip ?? "",
  });
  const entity = entityOf(type, names);
  const keys = keysFor(entity);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      keys.map((key) => [
        key,
        quota?.values[key] === undefined ? "" : String(quota.values[key] / quotaWords[key].factor),
      ]),
    ),
  );
  const wrong = keys.filter((key) => !isQuota(typed[key] ?? ""));
  const values = Object.fromEntries(
    keys.flatMap((key): (readonly [string, number | null])[] => {
      const text = (typed[key] ?? "").trim();
      if (text === "") return quota?.values[key] === undefined ? [] : [[key, null]];
      return [[key, Number(text) * quotaWords[key].factor]];
    }),
  );
  const parts: readonly (keyof Names)[] = type === "both" ? ["user", "client-id"] : [type];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={quota === undefined ? "Set a quota" : "Change quotas"}
        description="Clients above it are delayed by the broker, not refused."
      >
        <div className="min-h-0 space-y-4 overflow-auto px-5 pb-4">
          {quota === undefined && <Segments label="Whom it is for" options={types} value={type} onChoose={setType} />}
          <div className="grid grid-cols-2 gap-4">
            {parts.map((part) => (
              <Field
                key={part}
                label={{ user: "User", "client-id": "Client id", ip: "Address or host" }[part]}
                help={help}
              >
                {(control) => (
                  <Input
                    {...control}
                    value={names[part]}
                    disabled={quota !== undefined}
                    onChange={(event) => setNames({ ...names, [part]: event.target.value })}
                    inputClassName="font-mono"
                  />
                )}
              </Field>
            ))}
          </div>
          <div className="grid grid-cols-2 gap-4">
            {keys.map((key) => (
              <Field
                key={key}
                label={quotaWords[key].label}
                note={quotaWords[key].unit}
                help={quotaWords[key].help}
                error={wrong.includes(key) ? "Write a number above 0." : undefined}
              >
                {(control) => (
                  <Input
                    {...control}
                    inputMode="decimal"
                    placeholder="no limit"
                    value={typed[key] ?? ""}
                    onChange={(event) => setTyped({ ...typed, [key]: event.target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
        </div>
        <DialogFooter>
          <span className="flex-1" />
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button
            variant="primary"
            disabled={wrong.length > 0 || Object.keys(values).length === 0}
            onClick={() => {
              onClose();
              change({
                kind: "change-quotas",
                input: { entity, values },
                title: "Change quotas?",
                confirm: "Change quotas",
                pending: "Changing…",
                hasDiff: true,
              });
            }}
          >
            Review…
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
