import type { Metadata } from "next";
import { LastResort } from "@/components/feedback/last-resort";
import { buttonLook } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <LastResort
      title="There is nothing at this address"
      actions={
        // A plain link: this page is part of every first load, and the router's would weigh 4 KB there once more.
        // oxlint-disable-next-line nextjs/no-html-link-for-pages
        <a href="/" className={buttonLook({ variant: "primary" })}>
          To the overview
        </a>
      }
    >
      The cluster in it may have another name in this console, or the link is mistyped.
    </LastResort>
  );
}
