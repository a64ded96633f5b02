"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useEffect, useState } from "react";
import { problemOf } from "@/lib/problem";

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The console is often on this computer: it answers with no network too.
        networkMode: "always",
        retry: (failures, error) => failures < 1 && problemOf(error).retryable,
      },
      mutations: { networkMode: "always" },
    },
  });
}

/** What every page stands on: theme, address state, query cache. The document says `data-awake` once it hears keys and clicks. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [client] = useState(makeClient);
  useEffect(() => {
    document.documentElement.dataset.awake = "";
  }, []);
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce ? { nonce } : {})}
    >
      <NuqsAdapter>
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
