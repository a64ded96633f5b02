"use client";
import { createContext, useContext } from "react";

/** The bootstrap servers of the cluster that is shown. */
export const BootstrapContext = createContext<readonly string[]>([]);

/** The bootstrap servers for commands that people take to a terminal. */
export function useBootstrap(): readonly string[] {
  return useContext(BootstrapContext);
}
