import { PairRows } from "@/components/ui/pair-rows";
import type { SettingDraft } from "@/lib/new-topic";

type Props = {
  settings: readonly SettingDraft[];
  error: string | undefined;
  onChange: (settings: readonly SettingDraft[]) => void;
};

/** Any other setting of the new topic, by its Kafka name. */
export function SettingRows({ settings, error, onChange }: Props) {
  return (
    <div>
      <p className="mb-1 text-xs text-ink-muted">Other settings</p>
      <PairRows pairs={settings} onChange={onChange} noun="setting" />
      {error && (
        <p role="alert" className="mt-1 text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
