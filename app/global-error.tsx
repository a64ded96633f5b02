"use client";
import "./globals.css";
import { LastResort } from "@/components/feedback/last-resort";
import { Button } from "@/components/ui/button";

// Stands in for the whole document, so it brings its own.
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <LastResort
          title="The console met a fault of its own"
          actions={
            <Button variant="primary" onClick={reset}>
              Try again
            </Button>
          }
        >
          {error.digest ? `digest ${error.digest}` : error.message}
        </LastResort>
      </body>
    </html>
  );
}
