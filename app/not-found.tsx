import type { Metadata } from "next";
import Link from "next/link";
import { LastResort } from "@/components/feedback/last-resort";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <LastResort
      title="There is nothing at this address"
      actions={
        <Button variant="primary" asChild>
          <Link href="/">To the topics</Link>
        </Button>
      }
    >
      The cluster in it may have another name in this console, or the link is mistyped.
    </LastResort>
  );
}
