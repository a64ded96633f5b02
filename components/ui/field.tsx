import { type ReactNode, useId } from "react";

/** What a field's control must carry. */
export type FieldControl = { id: string; "aria-describedby"?: string; "aria-invalid"?: true };

type Props = {
  label: ReactNode;
  /** What is known of the field, at the right of its name. */
  note?: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/** A field with its name above and, below it, what is wrong or what it means. */
export function Field({ label, note, help, error, className, children }: Props) {
  const id = useId();
  const below = error ?? help;
  return (
    <div className={className ?? "min-w-0"}>
      <div className="mb-1 flex items-center justify-between gap-2 text-xs text-ink-muted">
        <label htmlFor={id}>{label}</label>
        {note && <span className="truncate text-ink-faint">{note}</span>}
      </div>
      {children({
        id,
        ...(below ? { "aria-describedby": `${id}-below` } : {}),
        ...(error ? { "aria-invalid": true } : {}),
      })}
      {below && (
        <p
          id={`${id}-below`}
          role={error ? "alert" : undefined}
          className={error ? "mt-1 text-xs text-bad" : "mt-1 text-xs text-ink-faint"}
        >
          {below}
        </p>
      )}
    </div>
  );
}
