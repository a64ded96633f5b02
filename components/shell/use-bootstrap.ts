"use client";
import { createContext, useContext } from "react";
import { programWithLogin, withLogin } from "@/lib/cli/login";
import type { ClusterLogin } from "@/lib/contracts/clusters";

/** The bootstrap servers of the cluster that is shown. */
export const BootstrapContext = createContext<readonly string[]>([]);

/** The bootstrap servers for commands that people take to a terminal. */
export function useBootstrap(): readonly string[] {
  return useContext(BootstrapContext);
}

/** How clients log in to the cluster that is shown. */
export const LoginContext = createContext<ClusterLogin | null>(null);

/** Makes a command or a program log in where the cluster asks for it, as those do that come from the server. */
export function useLogin(): { command: (text: string) => string; program: (text: string) => string } {
  const login = useContext(LoginContext);
  return { command: (text) => withLogin(text, login), program: (text) => programWithLogin(text, login) };
}
