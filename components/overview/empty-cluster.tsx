"use client";
import { Layers, Plus } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/feedback/empty-state";
import { useCluster } from "@/components/live/live-provider";
import { useLoadSampleData } from "@/components/overview/sample-data";
import { Button, buttonLook } from "@/components/ui/button";
import { topicsPath } from "@/lib/url";

/** A cluster in which nobody made a topic yet. */
export function EmptyCluster() {
  const cluster = useCluster();
  const load = useLoadSampleData();
  return (
    <EmptyState
      icon={<Layers />}
      title="No topics in this cluster yet"
      actions={
        <>
          <Button variant="primary" onClick={load}>
            Load sample data…
          </Button>
          <Link href={`${topicsPath(cluster)}?create=true`} className={buttonLook({})}>
            <Plus />
            Create topic
          </Link>
        </>
      }
    >
      Connect an application, create a topic, or let the console make a small shop: orders, payments and page views,
      with a group that falls behind. It goes away with one click.
    </EmptyState>
  );
}
