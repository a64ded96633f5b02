import type { ReactNode } from "react";

type Props = { icon: ReactNode; title: string; children: ReactNode; actions?: ReactNode };

/** Says why nothing is here and what to do next; the action is the one most people want. */
export function EmptyState({ icon, title, children, actions }: Props) {
  return (
    <div className="grid flex-1 place-content-center justify-items-center gap-1 px-8 py-10 text-center">
      <span className="mb-2 grid size-9 place-items-center rounded-xl text-ink-faint shadow-button [&>svg]:size-4">
        {icon}
      </span>
      <h2 className="font-medium">{title}</h2>
      <p className="max-w-80 text-ink-muted">{children}</p>
      {actions && <div className="mt-3 flex gap-2">{actions}</div>}
    </div>
  );
}
