"use client";
import { createContext, useContext } from "react";

/** What pages may ask of the shell around them. */
export type ShellActions = { readonly openSidebar: () => void };

export const ShellContext = createContext<ShellActions>({ openSidebar: () => {} });

export function useShell(): ShellActions {
  return useContext(ShellContext);
}
