"use client";
import { LastResort } from "@/components/feedback/last-resort";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: Props) {
  const details = [error.message, error.digest && `digest ${error.digest}`, location.href].filter(Boolean).join("\n");
  return (
    <LastResort
      title="The console met a fault of its own"
      actions={
        <>
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
          <CopyButton variant="outline" text={details} label="Copy details">
            Copy details
          </CopyButton>
        </>
      }
    >
      Nothing was changed in the cluster by it.
      {error.digest && <p className="mt-2 font-mono text-xs">digest {error.digest}</p>}
    </LastResort>
  );
}
