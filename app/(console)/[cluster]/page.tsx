import { redirect } from "next/navigation";
import { overviewPath } from "@/lib/url";

export default async function ClusterPage({ params }: PageProps<"/[cluster]">) {
  redirect(overviewPath(decodeURIComponent((await params).cluster)));
}
