"use client";
import { useState } from "react";
import { LastResort } from "@/components/feedback/last-resort";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: Props) {
  const [isCopied, setCopied] = useState(false);
  const details = [error.message, error.digest && `digest ${error.digest}`, location.href].filter(Boolean).join("\n");
  return (
    <LastResort
      title="The console met a fault of its own"
      actions={
        <>
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
          {/* Without an icon: this page is part of every first load. */}
          <Button onClick={() => void copyText(details).then(setCopied)}>{isCopied ? "Copied" : "Copy details"}</Button>
        </>
      }
    >
      Nothing was changed in the cluster by it.
      {error.digest && <p className="mt-2 font-mono text-xs">digest {error.digest}</p>}
    </LastResort>
  );
}
