import { type Problem, problem } from "../../lib/problem.ts";

/** Reading shows what a cluster holds; writing changes it. */
export type Access = "read" | "write";

/** Who acts. Every use case is told, authorises it and says in the journal that it was this one. */
export type Actor = {
  /** Shown in the journal. */
  readonly name: string;
  readonly access: readonly Access[];
};

/** Whoever sits at this machine's own console: the border lets nobody else in. */
export const localUser: Actor = { name: "local user", access: ["read", "write"] };

/** Why the actor may not, or undefined when it may. */
export function refusalOf(actor: Actor, access: Access, title: string): Problem | undefined {
  if (actor.access.includes(access)) return undefined;
  return problem({
    code: "not-authorised",
    title,
    detail: `${actor.name} may not ${access === "write" ? "change" : "see"} this cluster in this console.`,
    suggestion: "Ask whoever runs the console.",
    facts: [
      ["needs", access],
      ["as", actor.name],
    ],
  });
}
