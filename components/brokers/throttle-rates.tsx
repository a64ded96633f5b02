"use client";
import { Input } from "@/components/ui/input";
import { type BrokerRates, isRate } from "@/components/brokers/throttle-words";

type Props = {
  rates: BrokerRates;
  onChange: (rates: BrokerRates) => void;
};

const sides = [
  { side: "leader", label: "sends" },
  { side: "follower", label: "takes" },
  { side: "directories", label: "moves on its disks" },
] as const;

/** Rates of each broker, in MB/s as somebody writes them; an empty one is no throttle. */
export function ThrottleRates({ rates, onChange }: Props) {
  return (
    <table className="w-full text-xs tabular-nums">
      <caption className="sr-only">MB/s of each broker</caption>
      <thead>
        <tr className="text-left text-ink-muted">
          <th className="py-1 font-normal">Broker</th>
          {sides.map(({ side, label }) => (
            <th key={side} className="py-1 font-normal">
              {label}, MB/s
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Object.entries(rates).map(([broker, own]) => (
          <tr key={broker}>
            <th scope="row" className="py-0.5 text-left font-medium">
              {broker}
            </th>
            {sides.map(({ side, label }) => (
              <td key={side} className="py-0.5">
                <Input
                  aria-label={`Broker ${broker} ${label}`}
                  aria-invalid={!isRate(own[side]) || undefined}
                  inputMode="decimal"
                  placeholder="none"
                  value={own[side]}
                  onChange={(event) => onChange({ ...rates, [broker]: { ...own, [side]: event.target.value } })}
                  className="h-6 w-28"
                  inputClassName="text-xs"
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
