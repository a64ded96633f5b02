"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { ChangeMade, MakeChangeInput } from "@/lib/contracts/changes";
import type { Result } from "@/lib/result";

/** The server action that makes changes; the layout passes it in, since components know no routes. */
export type MakeChange = (input: MakeChangeInput) => Promise<Result<ChangeMade>>;

/** A change that a person asks for: its kind and input, and the words of its dialog. */
export type WantedChange = {
  readonly kind: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** The button: "Delete 3 topics". */
  readonly confirm: string;
  /** While it is made: "Deleting…" */
  readonly pending: string;
  readonly isDanger?: boolean;
  /** Before and after are more than a word: show them. */
  readonly hasDiff?: boolean;
  /** What must be typed as consent, when the plan says that something is lost for good. */
  readonly typed?: string;
  /** What can still be done before that, offered below it. */
  readonly rescue?: ReactNode;
  readonly onMade?: (made: ChangeMade) => void;
};

/** What the shell offers to whoever changes something. */
export type Changing = { readonly ask: (wanted: WantedChange) => void; readonly makeChange: MakeChange };

export const ChangingContext = createContext<Changing | undefined>(undefined);

function useChanging(): Changing {
  const changing = useContext(ChangingContext);
  if (changing === undefined) throw new Error("There is no ChangeProvider around this component");
  return changing;
}

/** Opens the dialog of a change: its plan, and the button that makes it. */
export function useAskForChange(): Changing["ask"] {
  return useChanging().ask;
}

/** The action itself, for dialogs with a form of their own. */
export function useMakeChange(): MakeChange {
  return useChanging().makeChange;
}
